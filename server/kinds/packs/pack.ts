/**
 * A pack narrows or fits a column to a trade: parameters, methods, forms, data sets, and which rules it
 * sets aside and why. It is data; it never adds a step (model.md §4).
 */
import type { StepName } from "../grid/steps.ts";
import type { Parameters } from "../parameters.ts";

export type SetAside = { readonly rule: string; readonly why: string };

export type Pack = {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** Columns it may be used with; `any` for all. */
  readonly columns: readonly string[] | "any";
  readonly parameters: Partial<Parameters>;
  /** Optional steps that the pack switches off. */
  readonly leavesOut: readonly StepName[];
  /** Rules that do not hold under this pack, each with its reason; shown wherever the lot is shown. */
  readonly setsAside: readonly SetAside[];
  /** Only in a sandbox; production refuses it. */
  readonly sandboxOnly: boolean;
};
