/** Keys of the word list; apart from the list's use, so that a language can name them. */

import type { account } from "./zh-CN/account.ts";
import type { bidding } from "./zh-CN/bidding.ts";
import type { desks } from "./zh-CN/desks.ts";
import type { draws } from "./zh-CN/draws.ts";
import type { evidence } from "./zh-CN/evidence.ts";
import type { library } from "./zh-CN/library.ts";
import type { replay } from "./zh-CN/replay.ts";
import type { sandbox } from "./zh-CN/sandbox.ts";
import type { verify } from "./zh-CN/verify.ts";
import type { zhCN } from "./zh-CN.ts";

/** A key of the word list. */
export type WordKey =
  | keyof typeof zhCN
  | keyof typeof account
  | keyof typeof bidding
  | keyof typeof desks
  | keyof typeof draws
  | keyof typeof evidence
  | keyof typeof library
  | keyof typeof replay
  | keyof typeof sandbox
  | keyof typeof verify;
