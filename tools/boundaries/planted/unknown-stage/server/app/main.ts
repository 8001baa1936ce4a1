import { x } from "../trade/misc/index.ts"; export const main = x;
