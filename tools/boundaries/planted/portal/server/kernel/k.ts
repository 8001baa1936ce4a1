export type K = 1;
