/** A planted breach: never run. */
export type TendererId = string;
