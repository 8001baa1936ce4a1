/** A planted breach: never run. */
export const x = 1;
