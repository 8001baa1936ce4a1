/** Draw: verifiable chance (随机抽取) for whoever needs it, by draw-v1. The only door of this stage. */

export { type Draw, type DrawContributor, type DrawList, type DrawState, type DrawWay, drawOf } from "./draw.ts";
export { type DrawTerms, drawTermsShape, listDraw, type PrepareWish, prepareDraw } from "./prepare-draw.ts";
export type { DrawPurpose, Purposes } from "./purpose.ts";
export { type CoefficientPorts, coefficientPurpose } from "./purposes/coefficient.ts";
export { type TiePorts, tieOrder, tiePurpose } from "./purposes/tie.ts";
export { coefficientDrawIsRevealed, drawnCoefficients, drawRecord, drawsOf, standingDraw, substitute } from "./record.ts";
export { drawStage } from "./stage.ts";
