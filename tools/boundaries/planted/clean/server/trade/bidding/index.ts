import { a } from "../../../formats/a.ts"; import { issue } from "../tendering/index.ts"; export const bid = a + issue;
