/**
 * 澄清或者修改的内容可能影响投标文件编制的，应当在投标截止时间至少十五日前通知；不足十五日的，应当顺延.
 *
 * Law      招标投标法 第二十三条; 实施条例 第二十一条 (CON-017).
 * Unit     calendar days before the deadline that holds after the amendment.
 * Refuses  "amendment.too-late-without-extension" {measured, required, earliestOn}: the earliest lawful new deadline.
 */
import { type Instant, rule } from "../../../kernel/index.ts";

export interface AmendmentFacts {
  affectsBids: boolean;
  sentAt: Instant;
  /** The deadline that would hold: the new one if the amendment moves it. */
  bidDeadlineAt: Instant;
}

export const bidsHaveTimeToFollow = rule<AmendmentFacts>("amendment.too-late-without-extension", {
  ruleId: "CON-017",
  applies: ({ affectsBids }) => affectsBids,
  check: ({ sentAt, bidDeadlineAt }, values) => values.limit({ from: sentAt, to: bidDeadlineAt }),
  message: (data) => `该修改可能影响投标文件编制，距投标截止仅 ${data.measured} 日，不足 ${data.required} 日。`,
  messageEn: (data) => `The amendment may affect bids and leaves ${data.measured} days; the law asks ${data.required}.`,
  whatToDo: (data) => `请将投标截止时间顺延至 ${data.earliestOn} 或者以后。`,
});
