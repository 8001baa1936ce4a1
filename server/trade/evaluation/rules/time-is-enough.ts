/**
 * 超过三分之一的评标委员会成员认为评标时间不够的，招标人应当适当延长。
 *
 * Law     招标投标法实施条例 第四十八条 (CON-057)
 * Refuses "evaluation.time-asked-for" { asking, seats, until }
 */
import { compare, exact, finding, rule } from "../../../kernel/index.ts";

export interface TimeFacts {
  /** Seats that ask for more time. */
  asking: number;
  seats: number;
  /** Has the time that was asked for passed? */
  timeOver: boolean;
  until: string | null;
}

export const timeIsEnough = rule<TimeFacts>("evaluation.time-asked-for", {
  ruleId: "CON-057",
  check({ asking, seats, timeOver, until }, values) {
    const isMore = seats > 0 && compare(exact(asking, seats), values.ratio("shareNumerator", "shareDenominator")) > 0;
    return finding(!isMore || timeOver, { asking, seats, until });
  },
  message: ({ until }) => `超过三分之一的成员认为评标时间不够，评标时间已延长至 ${String(until)}。`,
  messageEn: "More than a third of the committee asked for more time; the evaluation is extended.",
  whatToDo: "请待延长的时间届满，或者由申请的成员撤回申请后再汇总。",
});
