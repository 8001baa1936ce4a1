import { table } from "../deposit/views.ts"; export const bid = table;
