/**
 * 评标委员会成员有回避事由、擅离职守或者因健康等原因不能继续评标的，应当及时更换。
 *
 * Law      招标投标法实施条例 第四十八条; the time to answer a call is the pool's (expert-pool.md §6).
 * Refuses  "committee.replace-too-early" { now, earliestAt }
 */
import { finding, type Instant, instantText, rule } from "../../../kernel/index.ts";

export interface ReplaceFacts {
  now: Instant;
  /** End of the time to answer for a call, begin of the evaluation for somebody who accepted. */
  earliestAt: Instant;
}

export const hadTimeToCome = rule<ReplaceFacts>("committee.replace-too-early", {
  law: "招标投标法实施条例#第四十八条",
  check: ({ now, earliestAt }) => finding(now >= earliestAt, { now: instantText(now), earliestAt: instantText(earliestAt) }),
  message: ({ earliestAt }) => `在 ${earliestAt} 之前不能认定其未答复或缺席。`,
  messageEn: ({ earliestAt }) => `Nobody counts as silent or absent before ${earliestAt}.`,
  whatToDo: "请等待到该时刻；成员本人可以随时谢绝或退出。",
});
