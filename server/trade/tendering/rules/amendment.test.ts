import { instantAt } from "../../../kernel/index.ts";
import { doesNotApply, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { type AmendmentFacts, bidsHaveTimeToFollow } from "./amendment.ts";

const amendment: AmendmentFacts = {
  affectsBids: true,
  sentAt: instantAt("2026-03-07", "16:00"),
  bidDeadlineAt: instantAt("2026-03-22", "09:00"),
};

ruleTable(bidsHaveTimeToFollow, amendment, [
  ["the 15th day before is enough (招标投标法 第二十三条)", {}, passes],
  [
    "the 14th is not, and the earliest new deadline is told",
    { sentAt: instantAt("2026-03-08", "00:00") },
    refused({ measured: 14, required: 15, earliestOn: "2026-03-23" }),
  ],
  [
    "an amendment that does not affect bids is free (实施条例 第二十一条)",
    { affectsBids: false, sentAt: instantAt("2026-03-21") },
    doesNotApply,
  ],
]);
