/**
 * 投标文件中有含义不明确的内容、明显文字或者计算错误，评标委员会认为需要投标人作出必要澄清、说明的，应当书面通知该投标人。投标人的澄清、说明应当采用书面形式，并不得超出投标文件的范围或者改变投标文件的实质性内容。评标委员会不得暗示或者诱导投标人作出澄清、说明，不得接受投标人主动提出的澄清、说明。
 *
 * The list of leading phrases is the platform's own and finds only the crude cases; every question and
 * answer is in the report.
 *
 * Law     招标投标法实施条例 第五十二条 (CON-060)
 * Refuses "evaluation.leading-question" { phrases }, "evaluation.unsolicited-clarification", "evaluation.substance-changed"
 */
import { finding, rule } from "../../../kernel/index.ts";

const leading = [
  "是否同意",
  "能否降",
  "可否降",
  "是否愿意",
  "建议贵",
  "请改为",
  "请更正为",
  "请补充承诺",
  "是否承诺",
  "优惠",
  "让利",
  "只要贵公司",
  "应理解为",
];

export const questionDoesNotLead = rule<{ text: string }>("evaluation.leading-question", {
  ruleId: "CON-060",
  check({ text }) {
    const phrases = leading.filter((phrase) => text.includes(phrase));
    return finding(phrases.length === 0, { phrases });
  },
  message: ({ phrases }) => `评标委员会不得暗示或者诱导投标人作出澄清：${String(phrases)}。`,
  messageEn: "The committee may not suggest or lead a bidder to an answer.",
  whatToDo: "请只指出投标文件中含义不明确或者明显错误之处，由投标人自行说明。",
});

export const clarificationWasAsked = rule<{ asked: boolean; inTime: boolean }>("evaluation.unsolicited-clarification", {
  ruleId: "CON-060",
  check: ({ asked, inTime }, values) => finding(values.flag("unsolicitedAllowed") || (asked && inTime), { asked, inTime }),
  message: "评标委员会不接受投标人主动提出或者逾期提交的澄清、说明。",
  messageEn: "A clarification that was not asked for, or comes after its time, is not accepted.",
  whatToDo: "只有收到评标委员会的书面澄清通知后，才能在规定时间内答复。",
});

export const substanceStays = rule<{ changesSubstance: boolean }>("evaluation.substance-changed", {
  ruleId: "CON-060",
  check: ({ changesSubstance }) => finding(!changesSubstance, {}),
  message: "澄清、说明不得超出投标文件的范围或者改变投标文件的实质性内容。",
  messageEn: "A clarification may not change the substance of the bid.",
  whatToDo: "请仅就所问事项说明，不得变更报价、工期、质量等实质性内容。",
});
