/**
 * 投标保证金不得超过招标项目估算价的百分之二，且不得超过各类标的的金额上限；有效期与投标有效期一致；
 * 不得限定为现金.
 *
 * Law      实施条例 第二十六条 (CON-024), 施工 30 号令 第三十七条 (CON-025), 货物 27 号令 第二十七条 (CON-026),
 *          勘察设计 2 号令 第二十四条 (CON-027), 实施条例 第二十五条 and 第二十六条 (CON-023), 发改法规〔2023〕27 号 (CON-032).
 * Refuses  "document.deposit-too-high", "document.validity", "document.deposit-forced-cash".
 */
import { compareShare, fenText, finding, type RefusalData, rule, yuanText } from "../../../kernel/index.ts";
import type { DocumentFacts } from "./document-facts.ts";

export const depositShareIsLow = rule<DocumentFacts>("document.deposit-too-high", {
  ruleId: "CON-024",
  check: ({ depositFen, estimateFen }, values) => {
    const holds = depositFen === 0n || (estimateFen > 0n && compareShare(depositFen, estimateFen, values.share("maxShare")) <= 0);
    return finding(holds, { depositFen: fenText(depositFen), estimateFen: fenText(estimateFen), maxPercent: values.number("maxShare") });
  },
  message: (data) => `投标保证金超过估算价的 ${data.maxPercent}%。`,
  messageEn: (data) => `The deposit is more than ${data.maxPercent} % of the estimate.`,
  whatToDo: "请降低投标保证金金额。",
});

const caps = [
  { ruleId: "CON-025", objectClass: "works" },
  { ruleId: "CON-026", objectClass: "goods" },
  { ruleId: "CON-027", objectClass: "surveyDesign" },
] as const;

export const depositIsBelowCap = caps.map(({ ruleId, objectClass }) =>
  rule<DocumentFacts>("document.deposit-too-high", {
    ruleId,
    applies: (facts) => facts.objectClass === objectClass,
    check: ({ depositFen }, values) => {
      const maximum = values.fen("maxAmount");
      return finding(depositFen <= maximum, { depositFen: fenText(depositFen), maximumYuan: yuanText(maximum) });
    },
    message: (data: RefusalData) => `投标保证金不得超过 ${data.maximumYuan} 元。`,
    messageEn: (data: RefusalData) => `The deposit may not exceed CNY ${data.maximumYuan}.`,
    whatToDo: "请降低投标保证金金额。",
  }),
);

export const validityBeginsAtDeadline = rule<DocumentFacts>("document.validity", {
  ruleId: "CON-023",
  check: ({ bidValidityFrom, bidValidityDays, depositValidityDays, depositFen }) => {
    // 投标保证金有效期应当与投标有效期一致; without a deposit there is nothing to compare.
    const isSame = depositFen === 0n || depositValidityDays === bidValidityDays;
    return finding(bidValidityFrom === "bidDeadline" && isSame, { bidValidityFrom, bidValidityDays, depositValidityDays });
  },
  whatToDo: "投标有效期自投标截止之日起算，投标保证金有效期应与其相同。",
});

/** Forms of undertaking that the bidder must be free to choose beside money. */
const undertakings = ["3", "4", "5"];

export const cashIsNotForced = rule<DocumentFacts>("document.deposit-forced-cash", {
  ruleId: "CON-032",
  applies: ({ depositFen }) => depositFen > 0n,
  check: ({ depositForms }, values) => {
    const missing = undertakings.filter((form) => !depositForms.includes(form));
    return finding(values.flag("forceCashAllowed") || (missing.length === 0 && depositForms.includes("1")), { missing });
  },
  whatToDo: "投标保证金须同时接受转账、银行保函、保证保险和担保保函，由投标人自主选择。",
});

export const depositRules = [depositShareIsLow, ...depositIsBelowCap, validityBeginsAtDeadline, cashIsNotForced];
