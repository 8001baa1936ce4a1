/** Entry: who may come in — registration, holders of rights, qualification, numbers. The only door of this stage. */
export { entrantsOf, entryStream } from "./registration.ts";
export { entryStage } from "./stage.ts";
