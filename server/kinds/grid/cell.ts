/**
 * One cell of the grid: in which passes a step occurs. `1` pass number, `1?` optional, `1!` a gate in
 * this procedure though a duty in general, `1~` rolling (per party, not per lot).
 */
import type { Domain } from "../../../law/rule.ts";
import type { StepName } from "./steps.ts";

export type Occurrence = {
  readonly pass: number;
  readonly optional: boolean;
  readonly gate: boolean;
  readonly rolling: boolean;
};

/** One column as data: a procedure is this, its routes and its parameters. */
export type ColumnData = {
  readonly code: string;
  /** Name of the procedure without its version: `construction.open`. */
  readonly key: string;
  readonly domain: Domain;
  readonly name: { readonly zh: string; readonly en: string };
  readonly cells: { readonly [Name in StepName]?: string };
};

/** @throws Error when the text is no cell or its passes do not rise. */
export function parseCell(text: string): readonly Occurrence[] {
  if (!/^(?:[1-9][?!~]*)+$/.test(text)) throw new Error(`not a cell of the grid: ${text}`);
  const occurrences = [...text.matchAll(/([1-9])([?!~]*)/g)].map(([, pass, marks = ""]) => ({
    pass: Number(pass),
    optional: marks.includes("?"),
    gate: marks.includes("!"),
    rolling: marks.includes("~"),
  }));
  for (const [index, occurrence] of occurrences.entries()) {
    const before = occurrences[index - 1];
    if (before && before.pass >= occurrence.pass) throw new Error(`the passes of a cell must rise: ${text}`);
  }
  return occurrences;
}
