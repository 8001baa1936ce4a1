import type { K } from "../../server/kernel/k.ts"; export const v: K = 1;
