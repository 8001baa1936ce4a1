import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { securityIsBounded, type TermsFacts, termsFollowTheBid } from "./terms-follow-the-bid.ts";

const base: TermsFacts = { deviations: [], priceFen: 100_000n, securityFen: 10_000n };

ruleTable(termsFollowTheBid, base, [
  ["price, period, quality and manager as in the bid (实施条例 第五十七条)", {}, passes],
  ["a lower price, agreed after the award", { deviations: ["价款"] }, refused({ terms: ["价款"] })],
]);

ruleTable(securityIsBounded, base, [
  ["ten per cent to the fen (第五十八条)", {}, passes],
  ["one fen above", { securityFen: 10_001n }, refused({ maxFen: "10000", maxPercent: 10 })],
]);
