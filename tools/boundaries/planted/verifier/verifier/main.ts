import { k } from "../server/kernel/k.ts"; export const v = k;
