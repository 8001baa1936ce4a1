/**
 * 评标专家的抽取不得过早，以免名单泄露。
 *
 * Law      评标委员会成员的名单在中标结果确定前应当保密 (招标投标法 第三十七条, CON-055); the lead is a setting of
 *          the pool's owner (`expertDrawLeadHours`), not a row of the law.
 * Refuses  "committee.drawn-too-early" { drawnAt, earliestAt, leadHours }
 */
import { finding, type Instant, instantText, rule } from "../../../kernel/index.ts";

export interface LeadFacts {
  /** When shares may be opened: from then on the result can be known. */
  drawnAt: Instant;
  /** When the committee begins, at the earliest: the opening. */
  beginsAt: Instant;
  leadHours: number;
}

export const isDrawnShortlyBefore = rule<LeadFacts>("committee.drawn-too-early", {
  law: "招标投标法#第三十七条",
  check({ drawnAt, beginsAt, leadHours }) {
    const earliest = beginsAt - leadHours * 3_600_000;
    return finding(drawnAt >= earliest, { drawnAt: instantText(drawnAt), earliestAt: instantText(earliest), leadHours });
  },
  message: ({ earliestAt, leadHours }) => `评标专家只能在评标开始前 ${leadHours} 小时内抽取，最早 ${earliestAt}（专家库设定）。`,
  messageEn: ({ earliestAt, leadHours }) =>
    `Experts are drawn within ${leadHours} hours before the evaluation, at ${earliestAt} at the earliest (a setting of the pool).`,
  whatToDo: "请推迟抽取的时间。",
});
