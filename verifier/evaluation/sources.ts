/** What an evaluation is held against: the shown lines of the record, and what draws and openings have proven. */
import type { ShownLine } from "../../formats/record-line.ts";

export type DrawnCoefficient = { id: string; value: string };

export type EvaluationSources = {
  lines: ReadonlyMap<number, ShownLine>;
  coefficients: readonly DrawnCoefficient[];
  /** Digests of the bids that the openings of the package opened; undefined where it holds no opening. */
  openedBids: ReadonlySet<string> | undefined;
};
