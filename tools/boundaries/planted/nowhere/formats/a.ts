import { b } from "./gone.ts"; import { c } from "./c.ts"; export const a = b + c;
