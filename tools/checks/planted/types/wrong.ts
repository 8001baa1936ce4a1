export const fen: bigint = 1;
