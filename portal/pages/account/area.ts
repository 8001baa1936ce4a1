/** What every page of the account brings along when it is opened: its words and its styles. */
import "../../ui/styles/account.css";
import { addWords } from "../../words/index.ts";
import { account } from "../../words/zh-CN/account.ts";

addWords(account);
