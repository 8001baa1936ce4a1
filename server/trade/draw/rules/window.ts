/**
 * 随机数承诺与揭示以日志时刻为准，逾期不予收录。
 *
 * Law      CON-099; draw-v1 §6.13 (equal is in time), §7. Judged by the place in the log (decisions §2).
 * Refuses  "draw.late" { loggedAt, limit }
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface WindowFacts {
  /** `log.at` of the step. */
  loggedAt: string;
  limit: string;
}

export const isInWindow = rule<WindowFacts>("draw.late", {
  ruleId: "CON-099",
  check: ({ loggedAt, limit }) => finding(loggedAt <= limit, { loggedAt, limit }),
  message: ({ loggedAt, limit }) => `截止 ${limit}，到达日志 ${loggedAt}，不予收录。`,
  messageEn: ({ loggedAt, limit }) => `It reached the log at ${loggedAt}, after ${limit}; nothing of it was recorded.`,
  whatToDo: "抽取照常进行，该单位的随机数以空标记计入并公开列名。",
});
