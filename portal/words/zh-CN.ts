/** The Chinese words of the portal, joined from the lists of its areas. */
import { acts } from "./zh-CN/acts.ts";
import { choiceWords } from "./zh-CN/choices.ts";
import { halls } from "./zh-CN/halls.ts";
import { publicPages } from "./zh-CN/public-pages.ts";
import { shell } from "./zh-CN/shell.ts";
import { workbench } from "./zh-CN/workbench.ts";

/** Every key with its Chinese text. */
export const zhCN = { ...shell, ...publicPages, ...choiceWords, ...halls, ...workbench, ...acts } as const;
