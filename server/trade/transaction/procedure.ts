/**
 * What the stages know of a procedure: an interface. The columns, routes, packs and methods behind
 * it are data in `server/kinds` and are handed in; no stage asks which kind it is.
 */
export type StepSort = "G" | "W" | "P" | "D";

export interface ProcedureStep {
  name: string;
  /** Gate, window, prepared, duty (model.md §4). */
  sort: StepSort;
  optional: boolean;
  rolling: boolean;
}

export type Route = { to: "next" } | { to: "pass"; pass: number } | { to: "complete" } | { to: "fail"; cause: string };

export interface Procedure {
  /** Column and pack: `CO` or `CO+replay-foreign`. */
  id: string;
  column: string;
  pack: string;
  version: number;
  name: { zh: string; en: string };
  /** Steps of one pass, in the order of time. */
  steps(pass: number): readonly ProcedureStep[];
  /** Where a lot goes after the outcome of a gate of this pass. `next` = the following step. */
  route(pass: number, step: string, outcome: string): Route;
  /** A value or switch that the kind or pack decides. @throws when nobody declared it. */
  parameter<Value>(name: string): Value;
  /** A mechanism by name: scoring method, benchmark, draw purpose. @throws when the kind may not use it. */
  method<Mechanism>(name: string): Mechanism;
}
