/** A kind may ask which kind it is. */
export const isMine = (kind: string) => kind === "construction";
