/** 保证金截止前足额到账方可取得竞买资格（号牌） (AST-016): without a number nobody enters, and no offer can be signed. */
import { finding, rule } from "../../../kernel/index.ts";

export interface EntryFacts {
  hasNumber: boolean;
}

export const numbered = rule<EntryFacts>("auction.not-numbered", {
  ruleId: "AST-016",
  check: ({ hasNumber }) => finding(hasNumber, { hasNumber }),
  message: "您没有本场竞价的号牌。保证金足额到账并审核通过后方可取得号牌。",
  messageEn: "You have no number in this auction: the deposit was not received in full, or you did not register.",
});
