/** The only door of kinds: procedures, the guards of their grid, and what the mechanisms take and give. */
export { type ColumnStep, columns } from "./grid/columns.ts";
export type { StepName } from "./grid/steps.ts";
export { guardGrid } from "./guards.ts";
export * from "./methods/index.ts";
export type { Pack, SetAside } from "./packs/index.ts";
export type { ParameterName, Parameters } from "./parameters.ts";
export { enabledColumns, type KindProcedure, procedureById } from "./procedure.ts";
