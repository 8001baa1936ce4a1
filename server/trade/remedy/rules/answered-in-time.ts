/**
 * 招标人应当自收到异议之日起3日内作出答复；作出答复前，应当暂停招标投标活动。
 * 行政监督部门应当自收到投诉之日起3个工作日内决定是否受理投诉，并自受理投诉之日起30个工作日内作出书面处理决定。
 *
 * Law     招标投标法实施条例 第二十二条、第五十四条 (CON-020), 第六十一条 (CON-070, CON-071)
 * Records "remedy.answer-late", "remedy.acceptance-late", "remedy.decision-late" as overdue; a late answer is still an answer
 */
import { type Moment, rule } from "../../../kernel/index.ts";

type Times = { from: Moment; to: Moment };

export const answerIsInTime = rule<Times>("remedy.answer-late", {
  ruleId: "CON-020",
  check: (times, values) => values.limit(times),
  messageEn: "An objection is answered within three days.",
  whatToDo: "逾期答复将记录在案。",
});

export const acceptanceIsInTime = rule<Times>("remedy.acceptance-late", {
  ruleId: "CON-070",
  check: (times, values) => values.limit(times),
  messageEn: "Whether a complaint is accepted is decided within three working days.",
  whatToDo: "逾期决定将记录在案。",
});

export const decisionIsInTime = rule<Times>("remedy.decision-late", {
  ruleId: "CON-071",
  check: (times, values) => values.limit(times),
  messageEn: "A complaint is decided within thirty working days of its acceptance.",
  whatToDo: "逾期决定将记录在案。",
});
