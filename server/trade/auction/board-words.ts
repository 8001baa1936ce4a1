/** The words of a hall for what happens in it; an admission is told to nobody, because it would count the bidders. */
import { formatYuan } from "../../kernel/index.ts";
import type { EventFields } from "../../record/index.ts";

type Words = { zh: string; en: string };

const words: Readonly<Record<string, (data: EventFields) => Words>> = {
  "auc.started": () => ({ zh: "竞价开始", en: "The auction has begun" }),
  "auc.advanced": ({ racing }) =>
    racing
      ? { zh: "报价相同，进入加赛一轮", en: "Equal offers: one more round among them" }
      : { zh: "进入下一阶段", en: "The next phase begins" },
  "auc.paused": ({ cause, reason }) =>
    cause === "failover"
      ? { zh: "平台切换，竞价暂停", en: "The platform changes over: paused" }
      : { zh: `竞价暂停：${reason}`, en: `Paused: ${reason}` },
  "auc.resumed": () => ({ zh: "竞价恢复，倒计时重新开始", en: "Resumed: the countdown runs again in full" }),
  "auc.excluded": ({ number }) => ({ zh: `${number} 号被取消竞价资格`, en: `Number ${number} was excluded` }),
  "auc.stopped": ({ number }) => ({
    zh: `竞价结束，${number} 号领先，等待优先权人行权`,
    en: `Bidding is over, number ${number} leads; the priority holder is asked`,
  }),
  "auc.matchExtended": () => ({ zh: "平台切换，行权时间重新开始", en: "The platform changed over: the time to match runs again in full" }),
  "auc.matched": ({ priceFen }) => ({
    zh: `优先权人以同等条件行权，成交价 ${formatYuan(BigInt(priceFen))} 元`,
    en: "The priority holder matched the price",
  }),
  "auc.waived": ({ number }) => ({ zh: `优先权人未行权，${number} 号成交`, en: `No match: number ${number} has it` }),
  "auc.ended": ({ number, priceFen }) =>
    number === null
      ? { zh: "无有效报价，流拍", en: "No valid offer: passed in" }
      : { zh: `${number} 号成交，成交价 ${formatYuan(BigInt(priceFen))} 元`, en: `Number ${number} has it` },
  "auc.cancelled": () => ({ zh: "竞价取消", en: "The auction is cancelled" }),
};

export function boardWords(type: string, data: EventFields): Words | undefined {
  return words[type]?.(data);
}
