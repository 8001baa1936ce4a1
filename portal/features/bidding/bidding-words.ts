/** Adds the words of these pages where one of them is opened: a visitor's first page does not carry them. */
import { addWords } from "../../words/index.ts";
import { bidding } from "../../words/zh-CN/bidding.ts";

addWords(bidding);
