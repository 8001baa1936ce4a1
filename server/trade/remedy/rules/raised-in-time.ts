/**
 * 对招标文件有异议的，应当在投标截止时间10日前提出。对开标有异议的，应当在开标现场提出。对评标结果有异议的，应当在中标候选人公示期间提出。
 * 投标人或者其他利害关系人认为招标投标活动不符合法律、行政法规规定的，可以自知道或者应当知道之日起10日内向有关行政监督部门投诉。就本条例第二十二条、第四十四条、第五十四条规定事项投诉的，应当先向招标人提出异议，异议答复期间不计算在前款规定的期限内。
 *
 * Law     招标投标法实施条例 第二十二条 (CON-019), 第四十四条 (CON-048), 第五十四条 (CON-068), 第六十条 (CON-069)
 * Refuses "remedy.opening-over", "remedy.publicity-over"; "remedy.late" and "remedy.objection-first" are marked,
 *         and whoever receives the objection or complaint decides on its admission
 */
import { finding, type Moment, rule } from "../../../kernel/index.ts";

export const documentObjectionIsInTime = rule<{ raisedAt: Moment; bidDeadline: Moment }>("remedy.late", {
  ruleId: "CON-019",
  check: ({ raisedAt, bidDeadline }, values) => values.limit({ from: raisedAt, to: bidDeadline }),
  message: ({ measured, required }) => `距投标截止仅 ${String(measured)} 日，对招标文件的异议应当在截止 ${String(required)} 日前提出。`,
  messageEn: "An objection to the document is raised ten days before the deadline.",
  whatToDo: "仍可提出，由招标人决定是否受理；也可以向行政监督部门反映。",
});

export const openingObjectionIsOnTheSpot = rule<{ openingRuns: boolean }>("remedy.opening-over", {
  ruleId: "CON-048",
  check: ({ openingRuns }) => finding(openingRuns, {}),
  message: "对开标的异议应当在开标现场当场提出，开标已经结束。",
  messageEn: "An objection to the opening is raised during the opening.",
  whatToDo: "认为开标违法的，可以自知道之日起 10 日内向行政监督部门投诉。",
});

export const resultObjectionIsInPublicity = rule<{ publicityRuns: boolean; endedAt: string | null }>("remedy.publicity-over", {
  ruleId: "CON-068",
  check: ({ publicityRuns, endedAt }) => finding(publicityRuns, { endedAt }),
  message: "对评标结果的异议应当在中标候选人公示期间提出。",
  messageEn: "An objection to the result is raised while the candidates are public.",
  whatToDo: "公示期已满的，可以自知道之日起 10 日内向行政监督部门投诉。",
});

export const complaintIsInTime = rule<{ knownOn: Moment; filedAt: Moment }>("remedy.late", {
  ruleId: "CON-069",
  check: ({ knownOn, filedAt }, values) => values.limit({ from: knownOn, to: filedAt }),
  message: ({ latestOn }) => `投诉应当自知道或者应当知道之日起 10 日内提出（不计异议答复期间），最迟 ${String(latestOn)}。`,
  messageEn: "A complaint is filed within ten days of knowing, the time of the answer not counted.",
  whatToDo: "仍可提交，由行政监督部门决定是否受理。",
});

export const objectionComesFirst = rule<{ about: string; hasObjected: boolean }>("remedy.objection-first", {
  ruleId: "CON-069",
  applies: ({ about }) => about !== "other",
  check: ({ hasObjected }, values) => finding(!values.flag("objectionFirst") || hasObjected, { hasObjected }),
  message: "就招标文件、开标、评标结果投诉的，应当先向招标人提出异议。",
  messageEn: "In these matters an objection to the buyer comes before a complaint.",
  whatToDo: "请先提出异议；仍可提交投诉，由行政监督部门决定是否受理。",
});
