/** The only door of kinds: procedures, their grid and guards, packs and mechanisms. */
export { type Column, type ColumnStep, column, columns, drawGrid } from "./grid/columns.ts";
export { type StepName, type StepSort, steps } from "./grid/steps.ts";
export { guardGrid } from "./guards.ts";
export * from "./methods/index.ts";
export { type Pack, packs, type SetAside } from "./packs/index.ts";
export type { ParameterName, Parameters } from "./parameters.ts";
export { enabledColumns, type KindProcedure, procedureById, procedureOf } from "./procedure.ts";
export { allWays, type Way } from "./walk.ts";
