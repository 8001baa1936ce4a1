/**
 * The 22 columns of the grid, read: which steps occur in which pass. The order of work is (pass, row).
 * Adding a procedure is adding a column here, its routes and its parameters; no stage is edited.
 */
import { type ColumnData, type Occurrence, parseCell } from "./cell.ts";
import { constructionColumns } from "./columns/construction.ts";
import { procurementColumns } from "./columns/government-procurement.ts";
import { landColumns } from "./columns/land.ts";
import { propertyColumns } from "./columns/property-rights.ts";
import { assetColumns } from "./columns/public-assets.ts";
import { type StepName, type StepSort, steps } from "./steps.ts";

/** A step as it occurs in one pass of one column. */
export type ColumnStep = {
  readonly name: StepName;
  /** The sort in this column: a duty marked `!` is a gate here. */
  readonly sort: StepSort;
  readonly optional: boolean;
  readonly rolling: boolean;
};

export type Column = {
  readonly data: ColumnData;
  readonly code: string;
  /** Pass numbers in order. */
  readonly passes: readonly number[];
  /** Steps of one pass in the order of time; empty for a pass that the column does not have. */
  steps(pass: number): readonly ColumnStep[];
  /** The passes in which the step occurs. */
  occurrences(step: StepName): readonly Occurrence[];
};

/** @throws Error for a cell that is none, or a row that the grid does not have. */
export function readColumn(data: ColumnData): Column {
  const known = new Set<string>(steps.map((step) => step.name));
  const cells = new Map<string, readonly Occurrence[]>();
  for (const [name, text] of Object.entries(data.cells)) {
    if (!known.has(name)) throw new Error(`column ${data.code} has an unknown step ${name}`);
    cells.set(name, parseCell(text));
  }
  const occurrences = (step: StepName) => cells.get(step) ?? [];
  const passes = [...new Set([...cells.values()].flat().map(({ pass }) => pass))].sort((a, b) => a - b);
  const byPass = new Map(passes.map((pass) => [pass, stepsOfPass(pass, occurrences)]));
  return { data, code: data.code, passes, occurrences, steps: (pass) => byPass.get(pass) ?? [] };
}

function stepsOfPass(pass: number, occurrences: (step: StepName) => readonly Occurrence[]): ColumnStep[] {
  return steps.flatMap(({ name, sort }) => {
    const found = occurrences(name).find((occurrence) => occurrence.pass === pass);
    return found ? [{ name, sort: found.gate ? ("G" as const) : sort, optional: found.optional, rolling: found.rolling }] : [];
  });
}

export const columns: readonly Column[] = [constructionColumns, procurementColumns, propertyColumns, assetColumns, landColumns]
  .flat()
  .map(readColumn);

/** @throws Error for a code that no column has. */
export function column(code: string): Column {
  const found = columns.find((candidate) => candidate.code === code);
  if (!found) throw new Error(`no such column: ${code}`);
  return found;
}

const families = [
  ["CO", "CI", "CP", "CE", "CS"],
  ["GO", "GI", "GN", "GC", "GQ", "GS", "FC", "FO", "F2"],
  ["PE", "PC", "PA"],
  ["AB", "AL", "AW", "AT"],
  ["LP"],
];

/** The grid as the text of model.md §4, to be read on one page. */
export function drawGrid(): string {
  const head = drawLine("step", "", (code) => code);
  const rows = steps.map(({ name, sort }) => drawLine(name, sort, (code) => column(code).data.cells[name] ?? "."));
  return `${[head, ...rows].join("\n")}\n`;
}

function drawLine(name: string, sort: string, cellOf: (code: string) => string): string {
  const groups = families.map((codes) => codes.map((code) => cellOf(code).padEnd(4)).join(" "));
  return `${name.padEnd(23)}${sort.padEnd(1)} | ${groups.join(" | ")}`.trimEnd();
}
