/** The proof of a draw: one text in, a verdict out. No network, no server, no clock. */
export { type DrawCode, type DrawVerdict, verifyDraw } from "./verify.ts";
export { runDrawVector } from "./vectors.ts";
