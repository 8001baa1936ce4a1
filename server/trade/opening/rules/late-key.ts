/** The window for keys has an end, the same for all; the very end is in time. */
import { finding, type Instant, instantText, rule } from "../../../kernel/index.ts";

export interface WindowFacts {
  arrivedAt: Instant;
  end: Instant;
  reached: boolean;
}

/** 电子招标投标办法 第三十条、第三十一条：投标人应当在规定的时间内解密；未解密的按原因视为撤销或者撤回。 */
export const lateKey = rule<WindowFacts>("opening.key-late", {
  ruleId: "CON-046",
  check: ({ arrivedAt, end, reached }) =>
    finding(arrivedAt <= end && !reached, { arrivedAt: instantText(arrivedAt), end: instantText(end) }),
  message: ({ end }) => `解密时限（${end}）已过。`,
  messageEn: ({ end }) => `The window for decryption ended at ${end}.`,
  whatToDo: "如因平台原因未能解密，请立即在开标大厅向交易中心提出，由交易中心与招标人认定原因。",
});
