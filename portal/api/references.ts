/** Things that a form may point at: organisations, projects, admissions, people. */
import { queryOptions } from "@tanstack/react-query";
import { find } from "./client.ts";
import type { WirePerson } from "./wire.ts";

/** One thing with its name. */
export type Reference = { readonly id: string; readonly name: string; readonly role?: string };

type Items<T> = { readonly items: readonly T[] };

async function organisations(signal: AbortSignal): Promise<readonly Reference[]> {
  const people = (await find<Items<WirePerson>>("/sandbox/people", signal))?.items ?? [];
  const known = new Map(
    people.map((person) => [
      `${person.organisationId} ${person.role}`,
      { id: person.organisationId, name: person.organisation, role: person.role },
    ]),
  );
  return [...known.values()];
}

async function persons(signal: AbortSignal): Promise<readonly Reference[]> {
  const people = (await find<Items<WirePerson>>("/sandbox/people", signal))?.items ?? [];
  return people.map(({ personId, name, organisation, role }) => ({ id: personId, name: `${name}（${organisation}）`, role }));
}

async function named<T>(path: string, of: (row: T) => Reference, signal: AbortSignal): Promise<readonly Reference[]> {
  return ((await find<Items<T>>(path, signal))?.items ?? []).map(of);
}

type Project = { readonly projectId: string; readonly name: string };
type Admission = { readonly admissionId: string; readonly title: string };

/** Things of one noun; an empty list when the portal knows no list of it. */
export const referencesQuery = (noun: string) =>
  queryOptions({
    queryKey: ["references", noun],
    queryFn: ({ signal }): Promise<readonly Reference[]> => {
      if (noun === "org") return organisations(signal);
      if (noun === "psn" || noun === "per") return persons(signal);
      if (noun === "prj") return named<Project>("/projects", ({ projectId, name }) => ({ id: projectId, name }), signal);
      if (noun === "adm") return named<Admission>("/admissions", ({ admissionId, title }) => ({ id: admissionId, name: title }), signal);
      return Promise.resolve([]);
    },
  });
