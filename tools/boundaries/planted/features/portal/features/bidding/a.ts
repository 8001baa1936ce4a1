import { b } from "../opening/b.ts"; export const a = b;
