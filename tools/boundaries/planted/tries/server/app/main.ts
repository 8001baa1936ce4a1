import { s } from "../../scenarios/s.ts"; export const m = s;
