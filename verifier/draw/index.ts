/** The proof of a draw: one text in, a verdict out. No network, no server, no clock. */

export { runDrawVector } from "./vectors.ts";
export { type DrawCode, type DrawVerdict, verifyDraw } from "./verify.ts";
