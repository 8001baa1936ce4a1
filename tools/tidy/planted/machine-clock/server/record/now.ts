/** A planted breach: never run. */
export const now = () => Date.now();
export const today = () => new Date();
export const dice = () => Math.random();
