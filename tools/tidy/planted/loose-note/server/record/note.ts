/** A planted breach: never run. */
// TODO tidy this up
export const x = 1;
