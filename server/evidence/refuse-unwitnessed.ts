/**
 * What may not begin while the house cannot prove what it does (fail closed: reliability §10, decisions §7).
 * Limits are machine time; a refusal is kept for nobody, so that the same command may come again when
 * witnesses and chain are back. Sealed acts are never refused for it: a bidder's deadline does not wait.
 */
import { type Refusal, refuse } from "../kernel/index.ts";
import type { Standing } from "./standing.ts";

/** Where trades begin: `adm.check` opens the lots of an admission (`lot.open`). */
const newTrades = ["adm.check", "ntc.publish"];
/** Where a trade is decided: draws and awards. An opening that has begun keeps its windows. */
const decisions = ["drw.freeze", "awd.decide", "awd.chooseNext"];

/** Undefined when the act may be decided. */
export function refusalOfStanding({ witnesses, anchor }: Standing, act: string): Refusal | undefined {
  if (witnesses === "closed" && [...newTrades, ...decisions].includes(act)) return unwitnessed(witnesses);
  if (witnesses === "openings wait" && decisions.includes(act)) return unwitnessed(witnesses);
  return anchor === "needs order" && newTrades.includes(act) ? unanchored() : undefined;
}

const wait = "存证恢复后请用同一命令重试；已经发出的行为和回执不受影响。恢复进度见“存证状态”页。";

function unwitnessed(witnesses: string): Refusal {
  return refuse("evidence.not-witnessed", {
    // 电子签名法 第五条：能够可靠地保证自最终形成时起，内容保持完整、未被更改。
    law: "电子签名法",
    article: "第五条",
    message: "存证日志超过规定时限没有得到足够见证方的签名，暂不受理新的交易和决定。",
    messageEn: "The evidence log has lacked enough witnesses for longer than its limit: no new trade and no decision is taken now.",
    data: { witnesses },
    whatToDo: wait,
  });
}

function unanchored(): Refusal {
  return refuse("evidence.not-anchored", {
    law: "电子签名法",
    article: "第五条",
    message: "存证日志超过规定时限没有上链锚定，暂不受理新的交易。",
    messageEn: "The evidence log has not been anchored for longer than its limit: no new trade is taken now.",
    data: {},
    whatToDo: wait,
  });
}
