/** Until the deadline a bidder may take its bid back without loss; after it there is only revocation. */
import { finding, instantText, rule } from "../../../kernel/index.ts";
import type { LateFacts } from "./late.ts";

/** 招标投标法 第二十九条：投标人在截止时间前，可以补充、修改或者撤回已提交的投标文件。 */
export const revokeOnly = rule<LateFacts>("bid.revoke-only", {
  ruleId: "CON-038",
  check: ({ arrivedAt, deadline }) =>
    finding(arrivedAt <= deadline, { arrivedAt: instantText(arrivedAt), deadline: instantText(deadline) }),
  message: ({ deadline }) => `截止时间（${deadline}）已过，投标文件不能再撤回，只能撤销。`,
  messageEn: ({ deadline }) => `After the deadline (${deadline}) a bid cannot be withdrawn, only revoked.`,
  whatToDo: "撤销投标文件的，招标人可以不退还投标保证金；请先了解后果。",
});
