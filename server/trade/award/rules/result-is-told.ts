/**
 * 中标人确定后，招标人应当向中标人发出中标通知书，并同时将中标结果通知所有未中标的投标人。
 * 依法必须进行招标的项目，招标人应当自确定中标人之日起十五日内，向有关行政监督部门提交招标投标情况的书面报告。
 *
 * Law     招标投标法 第四十五条 (CON-073), 第四十七条 (CON-077)
 * Refuses "award.losers-not-told" { untold }; "award.report-late" is recorded as overdue
 */
import { finding, type Moment, rule } from "../../../kernel/index.ts";

export const losersAreTold = rule<{ bidders: readonly string[]; told: readonly string[] }>("award.losers-not-told", {
  ruleId: "CON-073",
  check({ bidders, told }, values) {
    const untold = bidders.filter((bidder) => !told.includes(bidder));
    return finding(!values.flag("simultaneous") || untold.length === 0, { untold });
  },
  message: ({ untold }) => `发出中标通知书的同时应当通知所有未中标的投标人，未通知：${String(untold)}。`,
  messageEn: "All other bidders are told at the same time as the winner.",
  whatToDo: "请勾选同时通知所有未中标的投标人。",
});

export const reportIsInTime = rule<{ mandatory: boolean; decidedAt: Moment; reportedAt: Moment }>("award.report-late", {
  ruleId: "CON-077",
  applies: ({ mandatory }) => mandatory,
  check: ({ decidedAt, reportedAt }, values) => values.limit({ from: decidedAt, to: reportedAt }),
  message: ({ latestOn }) => `招标投标情况书面报告应当在 ${String(latestOn)} 前提交。`,
  messageEn: "The written report is due within fifteen days of the decision.",
  whatToDo: "逾期提交将记录在案，请说明原因。",
});
