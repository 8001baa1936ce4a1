/** Adds the words of the desks where one of them is opened: a visitor's first page does not carry them. */
import { addWords } from "./index.ts";
import { desks } from "./zh-CN/desks.ts";

addWords(desks);
