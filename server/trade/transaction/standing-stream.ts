/**
 * A run that begins after a noun's step keeps what stood: an award that is chosen anew rests on the report
 * of the run before. So readers ask for the stream of the latest run that has one.
 */
import { type Queryable, readStream } from "../../record/index.ts";
import type { LotThread } from "./lot.ts";
import type { Procedure } from "./procedure.ts";
import { streamOf } from "./thread.ts";

/** The noun's stream in the latest run of the lot that has one; undefined when no run has. */
export async function standingStream(db: Queryable, prefix: string, lot: Pick<LotThread, "id" | "run">): Promise<string | undefined> {
  for (let run = Math.max(1, lot.run); run >= 1; run -= 1) {
    const stream = streamOf(prefix, lot.id, run);
    if ((await readStream(db, stream)).length > 0) return stream;
  }
  return undefined;
}

/** Steps done in this run that come before a step: what stands when a run begins at that step. */
export function stepsBefore({ done, pass }: Pick<LotThread, "done" | "pass">, procedure: Procedure, step: string): string[] {
  const names = procedure.steps(pass).map(({ name }) => name);
  return names.slice(0, names.indexOf(step)).filter((name) => done.has(name));
}
