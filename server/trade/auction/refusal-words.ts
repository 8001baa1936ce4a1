/** What a refused offer is told: one sentence, the figures, what to do. The record keeps the code alone. */
import { type Refusal, type RefusalData, refuse } from "../../kernel/index.ts";

interface Words {
  zh: string;
  en: string;
  whatToDo?: string;
  ruleId?: string;
}

const words: Readonly<Record<string, Words>> = {
  "auction.not-started": { zh: "竞价尚未开始。", en: "The auction has not begun." },
  "auction.paused": { zh: "竞价暂停中，恢复后将重新计时并通知全体。", en: "The auction is paused.", ruleId: "AST-021" },
  "auction.closed": {
    zh: "竞价已经结束；以服务器时间为准，截止时刻之后到达的报价无效。",
    en: "The auction is over: the server's clock decides.",
    ruleId: "AST-015",
  },
  "auction.not-numbered": {
    zh: "此号牌没有取得竞价资格。保证金足额到账并审核通过后方可取得号牌。",
    en: "This number has no right to bid.",
    ruleId: "AST-016",
  },
  "auction.excluded": { zh: "此号牌已被取消竞价资格。", en: "This number was excluded.", whatToDo: "如有异议，请向中心提出。" },
  "auction.not-in-race": { zh: "本轮仅限报价相同的竞价人参加。", en: "Only those who are equal go on in this round." },
  "auction.own-lead": { zh: "您已是当前最优报价，无须再报。", en: "You are in the lead already." },
  "auction.already-offered": {
    zh: "本轮只能报价一次，报价不得撤回或更改。",
    en: "One offer a round; it cannot be changed.",
    ruleId: "AST-004",
  },
  "auction.too-low": {
    zh: "报价未达到当前价加一个加价幅度。",
    en: "The offer does not reach the current price plus one step.",
    ruleId: "AST-014",
  },
  "auction.below-own-last": { zh: "报价不得劣于您自己的上一次报价。", en: "An offer may not fall behind your own last one." },
  "auction.over-cap": {
    zh: "一次加价超过了公告的最大幅度。",
    en: "The offer goes beyond the announced cap of one raise.",
    ruleId: "AST-014",
  },
  "auction.not-multiple": { zh: "报价须为加价幅度的整数倍。", en: "An offer must lie on the ladder of steps.", ruleId: "AST-014" },
  "auction.not-called-price": { zh: "请按当前显示的价格应价。", en: "Take the price that is being called." },
};

/** @throws Error for a code without words. */
export function refusalWords(code: string, data: RefusalData): Refusal {
  const found = words[code];
  if (!found) throw new Error(`no words for ${code}`);
  const { zh, en, ruleId, whatToDo } = found;
  return refuse(code, { message: zh, messageEn: en, data, ...(ruleId ? { ruleId } : {}), ...(whatToDo ? { whatToDo } : {}) });
}
