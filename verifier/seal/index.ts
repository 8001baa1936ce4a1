/** The proof of a sealed opening: its text and the ciphertexts in, a verdict out. No network, no server, no clock. */

export type { SealCode } from "./codes.ts";
export { sm3 } from "./national.ts";
export { verifyReceipt } from "./receipt.ts";
export { runSealVector } from "./vectors.ts";
export { type Bodies, type OpeningVerdict, verifyCeremony, verifyOpening } from "./verify.ts";
