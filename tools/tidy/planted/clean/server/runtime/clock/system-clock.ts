/** The runtime owns the clock. */
export const now = () => Date.now();
