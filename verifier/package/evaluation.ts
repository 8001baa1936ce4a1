/** The evaluations of a package: held against the record beside them, and against what draws and openings have proven. */
import { checkEvaluations, type DrawnCoefficient, type EvaluationFacts } from "../evaluation/index.ts";
import { readIJson } from "../i-json.ts";
import type { Folder } from "./folder.ts";
import type { OpeningFacts } from "./opening.ts";
import type { RecordFacts } from "./record-chain.ts";

type Beside = { record: RecordFacts | undefined; draws: readonly { path: string }[]; openings: readonly OpeningFacts[] };

/** Every result that the record shows, recomputed; none where the level of the package shows none. */
export function checkEvaluation(folder: Folder, { record, draws, openings }: Beside): EvaluationFacts[] {
  if (record === undefined) return [];
  const proven = draws.map(({ path }) => readIJson(folder.read(path)) as unknown as { result: { coefficients?: DrawnCoefficient[] } });
  const opened = openings.flatMap(({ bids }) => bids.flatMap(({ bidDigest, status }) => (status === "opened" ? [bidDigest] : [])));
  return checkEvaluations({
    lines: record.disclosed,
    coefficients: proven.flatMap(({ result }) => result.coefficients ?? []),
    openedBids: openings.length === 0 ? undefined : new Set(opened),
  });
}
