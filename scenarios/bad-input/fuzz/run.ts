/**
 * The attack on all routes in two states of a lot — open for bids, and after the deadline — with the hash of the record and
 * of every view before and after.
 */
import { buildEdge } from "../../../server/app/http.ts";
import type { TestHouse, TestPerson } from "../../../server/app/testing/test-house.ts";
import { seededRandom } from "../../../server/kernel/index.ts";
import { Attack, type Outcome, routesOf } from "./attack.ts";

export interface FuzzFindings {
  requests: number;
  routes: number;
  /** How often each code was answered. */
  codes: Record<string, number>;
  breaches: string[];
  /** Tables whose content changed though nothing was accepted. */
  changed: string[];
}

export interface FuzzWish {
  house: TestHouse;
  /** A lot that is open for bids until then. */
  lotId: string;
  bidDeadline: string;
  attackers: readonly TestPerson[];
  perRoute: number;
  seed: number;
}

export async function fuzz({ house, lotId, bidDeadline, attackers, perRoute, seed }: FuzzWish): Promise<FuzzFindings> {
  const faults: string[] = [];
  const edge = await buildEdge({ house: house.house, onFault: (error) => faults.push(String((error as Error).stack)) });
  await edge.ready();
  const found: FuzzFindings = { requests: 0, routes: 0, codes: {}, breaches: [], changed: [] };
  try {
    const random = seededRandom(seed, "fuzz");
    const attack = new Attack({ edge, house, people: attackers, lotId }, random);
    const routes = routesOf(edge).filter(({ path }) => path !== "/api/v1/acts/:act");
    found.routes = routes.length + house.house.acts.size;
    for (const state of ["open for bids", "after the deadline"]) {
      if (state !== "open for bids") await house.jumpTo(bidDeadline);
      const before = await contentOf(house);
      for (let k = 0; k < perRoute; k++) {
        await attack.begin();
        for (const route of routes) note(found, await attack.route(route), state);
        for (const name of house.house.acts.keys()) note(found, await attack.act(name), state);
      }
      await house.house.settle();
      const after = await contentOf(house);
      found.changed.push(
        ...Object.keys(after)
          .filter((name) => before[name] !== after[name])
          .map((name) => `${state}: ${name}`),
      );
      found.breaches.push(...faults.splice(0).map((fault) => `${state}: fault ${fault}`));
    }
    return found;
  } finally {
    await edge.close();
  }
}

function note(found: FuzzFindings, { route, status, code, breaches }: Outcome, state: string): void {
  found.requests++;
  const key = code === "" ? String(status) : code;
  found.codes[key] = (found.codes[key] ?? 0) + 1;
  for (const breach of breaches) found.breaches.push(`${state}: ${route}: ${breach}`);
}

/** Kept refusals, sessions, challenges and failures of sign-in may come and go; of everything else the content is hashed. */
const passing = ["record.command", "record.reader", "identity.session", "identity.audit", "identity.challenge", "identity.failure"];

async function contentOf({ house }: TestHouse): Promise<Record<string, string>> {
  const { rows } = await house.pool.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'runtime')",
  );
  const content: Record<string, string> = {};
  for (const { name } of rows.filter((row) => !passing.includes(row.name))) {
    const { rows: hashed } = await house.pool.query<{ hash: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS hash FROM ${name} t`,
    );
    content[name] = hashed[0]?.hash ?? "";
  }
  return content;
}
