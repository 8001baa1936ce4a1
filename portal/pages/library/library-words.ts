/** Brings the words of the library; they come with its pages, not with the entry. */
import { library as english } from "../../words/en/library.ts";
import { addWords } from "../../words/index.ts";
import { library } from "../../words/zh-CN/library.ts";

addWords(library, english);
