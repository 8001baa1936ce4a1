/** Adds the words of the sandbox page where it is opened. */
import { addWords } from "../../words/index.ts";
import { sandbox } from "../../words/zh-CN/sandbox.ts";

addWords(sandbox);
