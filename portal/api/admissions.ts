/** Projects and admissions of the reader's own organisation. */
import { queryOptions } from "@tanstack/react-query";
import { find } from "./client.ts";

/** An admission in the list of its buyer, agent or centre. */
export type AdmissionRow = {
  readonly admissionId: string;
  readonly projectId: string;
  readonly title: string;
  readonly state: string;
  readonly submittedAt: string;
};
/** A project in the list of its buyer. */
export type ProjectRow = { readonly projectId: string; readonly name: string; readonly projectCode: string; readonly registeredAt: string };

/** Admissions that the reader takes part in. */
export const admissionsQuery = queryOptions({
  queryKey: ["admissions"],
  queryFn: async ({ signal }) => (await find<{ items: readonly AdmissionRow[] }>("/admissions", signal))?.items ?? [],
  refetchInterval: 15_000,
});

/** The reader's own projects. */
export const projectsQuery = queryOptions({
  queryKey: ["projects"],
  queryFn: async ({ signal }) => (await find<{ items: readonly ProjectRow[] }>("/projects", signal))?.items ?? [],
  refetchInterval: 15_000,
});
