/** Keys of the word list; apart from the list's use, so that a language can name them. */

import type { account } from "./zh-CN/account.ts";
import type { evidence } from "./zh-CN/evidence.ts";
import type { library } from "./zh-CN/library.ts";
import type { replay } from "./zh-CN/replay.ts";
import type { verify } from "./zh-CN/verify.ts";
import type { zhCN } from "./zh-CN.ts";

/** A key of the word list. */
export type WordKey =
  | keyof typeof zhCN
  | keyof typeof account
  | keyof typeof evidence
  | keyof typeof library
  | keyof typeof replay
  | keyof typeof verify;
