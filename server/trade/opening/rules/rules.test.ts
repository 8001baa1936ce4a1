import { doesNotApply, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { earlyKey } from "./early-key.ts";
import { lateKey } from "./late-key.ts";
import { type AnswerFacts, answeredOnTheSpot, onTheSpot } from "./on-the-spot.ts";
import { tooFew } from "./too-few.ts";

// 招标投标法 第二十八条、实施条例 第四十四条
ruleTable(tooFew, { bidders: 3, excepted: false }, [
  ["three bidders are enough", {}, passes],
  ["two are not", { bidders: 2 }, refused({ bidders: 2, required: 3 })],
  ["an exception on record sets it aside", { bidders: 2, excepted: true }, doesNotApply],
]);

// 电子招标投标办法 第二十八条
ruleTable(earlyKey, { frozen: true }, [
  ["after the freeze a key may come", {}, passes],
  ["before the freeze none may", { frozen: false }, refused({ frozen: false })],
]);

// 电子招标投标办法 第三十一条
const end = Date.parse("2026-11-23T01:30:00.000Z");
ruleTable(lateKey, { arrivedAt: end, end, reached: false }, [
  ["the very end is in time", {}, passes],
  ["one millisecond later is late", { arrivedAt: end + 1 }, refused({ end: "2026-11-23T01:30:00.000Z" })],
  ["a window that was closed stays closed", { reached: true }, refused()],
]);

// 招标投标法实施条例 第四十四条
ruleTable(onTheSpot, { onTheSpot: true }, [
  ["after the read-out", {}, passes],
  ["after the close", { onTheSpot: false }, refused()],
]);
ruleTable<AnswerFacts>(answeredOnTheSpot, { unanswered: [] }, [
  ["all are answered", {}, passes],
  ["one is not", { unanswered: ["ab"] }, refused({ unanswered: ["ab"] })],
]);
