/**
 * 撤回投标的，五日内退还；书面合同签订后，最迟五日内退还并付银行同期存款利息.
 *
 * Law      实施条例 第三十五条 (CON-029), 第五十七条 (CON-030).
 * Unit     calendar days from the fact that releases the deposit; a holiday at the end rolls on (民法典 第二百零三条).
 * Marks    "deposit.refund-overdue": a refund that comes late is still paid, and the delay is recorded.
 */
import { type Instant, rule } from "../../../kernel/index.ts";
import type { ReleaseCause } from "../release.ts";

export interface RefundFacts {
  cause: ReleaseCause;
  askedAt: Instant;
  paidAt: Instant;
}

const told = {
  message: "投标保证金未在法定期限内退还。",
  messageEn: "The deposit goes back later than the law allows.",
  whatToDo: "请立即退还，并说明延迟的原因。",
};

export const withdrawnIsRefundedInTime = rule<RefundFacts>("deposit.refund-overdue", {
  ruleId: "CON-029",
  ...told,
  applies: ({ cause }) => cause === "withdrawn",
  check: ({ askedAt, paidAt }, values) => values.limit({ from: askedAt, to: paidAt }),
});

export const contractReleasesInTime = rule<RefundFacts>("deposit.refund-overdue", {
  ruleId: "CON-030",
  ...told,
  applies: ({ cause }) => cause !== "withdrawn",
  check: ({ askedAt, paidAt }, values) => values.limit({ from: askedAt, to: paidAt }),
});

export const refundRules = [withdrawnIsRefundedInTime, contractReleasesInTime];
