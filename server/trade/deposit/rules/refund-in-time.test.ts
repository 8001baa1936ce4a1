import { instantAt } from "../../../kernel/index.ts";
import { doesNotApply, noticed, passes, ruleTable } from "../../../kernel/rule-table.ts";
import { contractReleasesInTime, type RefundFacts, withdrawnIsRefundedInTime } from "./refund-in-time.ts";

const refund: RefundFacts = { cause: "withdrawn", askedAt: instantAt("2026-11-02", "09:00"), paidAt: instantAt("2026-11-09", "23:59") };

ruleTable(withdrawnIsRefundedInTime, refund, [
  [
    "the fifth day is a Saturday, so Monday is in time (实施条例 第三十五条; 民法典 203)",
    { paidAt: instantAt("2026-11-09", "23:59") },
    passes,
  ],
  ["the day after is overdue, and not refused", { paidAt: instantAt("2026-11-10", "00:00") }, noticed("overdue")],
  ["another cause has its own row", { cause: "contractSigned" }, doesNotApply],
]);

ruleTable(contractReleasesInTime, { ...refund, cause: "contractSigned", askedAt: instantAt("2026-11-04", "10:00") }, [
  ["the fifth day after the contract (实施条例 第五十七条)", { paidAt: instantAt("2026-11-09", "18:00") }, passes],
  ["the sixth is overdue", { paidAt: instantAt("2026-11-10", "09:00") }, noticed("overdue", { latestOn: "2026-11-09" })],
]);
