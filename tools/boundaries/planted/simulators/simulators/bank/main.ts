import { k } from "../pool/pool.ts"; export const v = k;
