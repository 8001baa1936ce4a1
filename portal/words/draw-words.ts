/** Adds the words of draws where one is shown: a visitor's first page does not carry them. */
import { addWords } from "./index.ts";
import { draws } from "./zh-CN/draws.ts";

addWords(draws);
