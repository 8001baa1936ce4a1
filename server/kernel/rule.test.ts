import assert from "node:assert/strict";
import { test } from "node:test";
import { type LawRule, rule as rowOf, ruleSetOf } from "../../law/index.ts";
import { declaredClaims, keeps } from "./claim.ts";
import { compareShare } from "./money.ts";
import { apply, enforce, fails, finding, pass, registeredRules, rule, valuesOf } from "./rule.ts";
import { calendarUnavailable, doesNotApply, noticed, passes, refused, ruleTable, testLaw } from "./rule-table.ts";

type Tender = { isMandatory: boolean; offeredOn: string; bidsDueOn: string; depositFen: bigint; estimateFen: bigint; members: number };
const tender: Tender = {
  isMandatory: true,
  offeredOn: "2026-03-01",
  bidsDueOn: "2026-03-21",
  depositFen: 60_000_000n,
  estimateFen: 3_000_000_000n,
  members: 7,
};

/** A copy of the tendering rule, here only to try the form. */
const periodIsLongEnough = rule<Tender>("document.period-too-short", {
  ruleId: "CON-016",
  applies: (facts) => facts.isMandatory,
  check: (facts, values) => values.limit({ from: facts.offeredOn, to: facts.bidsDueOn }),
  whatToDo: (data) => `最早可定于 ${data.earliestOn}`,
});

ruleTable(periodIsLongEnough, tender, [
  ["the 20th day is enough (民法典 201: 3 月 1 日 not counted)", {}, passes],
  ["the 19th day is not", { bidsDueOn: "2026-03-20" }, refused({ measured: 19, required: 20, earliestOn: "2026-03-21" })],
  ["a voluntary tender is free", { bidsDueOn: "2026-03-02", isMandatory: false }, doesNotApply],
]);

const depositShare = rule<Tender>("document.deposit-too-high", {
  ruleId: "CON-024",
  check: (facts, values) =>
    finding(compareShare(facts.depositFen, facts.estimateFen, values.share("maxShare")) <= 0, { depositFen: `${facts.depositFen}` }),
});

ruleTable(depositShare, tender, [
  ["two per cent to the fen is enough", {}, passes],
  ["one fen more is not", { depositFen: 60_000_001n }, refused({ depositFen: "60000001" })],
]);

const waterCommittee = rule<Tender>("committee.size", {
  ruleId: "CON-050",
  check: (facts, values) => finding(facts.members >= values.number("minMembers"), { members: facts.members }),
});

ruleTable(waterCommittee, tender, [
  ["seven members", {}, passes],
  ["a row nobody has confirmed only warns", { members: 5 }, noticed("warned", { members: 5 })],
]);

ruleTable(
  waterCommittee,
  tender,
  [
    ["seven members", {}, passes],
    ["once its owner confirmed it, it refuses", { members: 5 }, refused()],
  ],
  { ...testLaw, confirmed: new Set(["CON-050"]) },
);

const reportInTime = rule<Tender>("award.report-late", {
  ruleId: "CON-070",
  check: (facts, values) => values.limit({ from: facts.offeredOn, to: facts.bidsDueOn }),
});

ruleTable(reportInTime, tender, [
  ["three working days", { bidsDueOn: "2026-03-04" }, passes],
  ["a fourth is overdue, not refused", { bidsDueOn: "2026-03-05" }, noticed("overdue", { latestOn: "2026-03-04" })],
  ["an unknown year is refused, never guessed", { offeredOn: "2031-01-05", bidsDueOn: "2031-01-08" }, calendarUnavailable],
]);

test("a refusal names rule, law, article, figures and what to do", () => {
  const refusal = apply(periodIsLongEnough, { ...tender, bidsDueOn: "2026-03-20" }, testLaw)?.refusal;
  assert.deepEqual(
    { ...refusal, data: undefined },
    {
      refused: true,
      code: "document.period-too-short",
      ruleId: "CON-016",
      law: "招标投标法(2017修正)",
      article: "第24条",
      confidence: undefined,
      data: undefined,
      message: rowOf("CON-016").descriptionZh,
      messageEn: rowOf("CON-016").descriptionEn,
      whatToDo: "最早可定于 2026-03-21",
    },
  );
});

test("a row of medium confidence refuses and says that it is not confirmed", () => {
  const medium: LawRule = { ...rowOf("CON-024"), confidence: "medium" };
  const context = { ...testLaw, ruleSet: ruleSetOf([medium], "2026-11-23") };
  assert.equal(apply(depositShare, { ...tender, depositFen: 1n + tender.depositFen }, context)?.refusal?.confidence, "medium");
});

test("a rule whose row is not in force on the lot's day does not apply", () => {
  assert.equal(apply(depositShare, tender, { ...testLaw, ruleSet: ruleSetOf([], "2026-11-23") }), undefined);
});

test("all rules are decided, the first refusal stands, and every decision carries its figures", () => {
  const outcome = enforce(
    [waterCommittee, depositShare, periodIsLongEnough],
    { ...tender, members: 5, depositFen: 70_000_000n, bidsDueOn: "2026-03-02" },
    testLaw,
  );
  assert.equal(outcome.refusal?.code, "document.deposit-too-high");
  assert.deepEqual(
    outcome.notices.map((notice) => [notice.verdict, notice.refusal.code]),
    [["warned", "committee.size"]],
  );
  assert.deepEqual(
    outcome.decisions.map((decision) => decision.verdict),
    ["warned", "refused", "refused"],
  );
});

test("a demand of the platform itself names its law and reads no values", () => {
  const design = rule<{ ok: boolean }>("act.example", {
    law: "设计原则#—",
    message: "不可。",
    messageEn: "No.",
    check: (facts) => (facts.ok ? pass : fails({ why: "test" })),
  });
  assert.equal(apply(design, { ok: true }, testLaw)?.decision.verdict, "passed");
  assert.equal(apply(design, { ok: false }, testLaw)?.refusal?.law, "设计原则");
  const greedy = rule<object>("act.greedy", { law: "设计原则#—", check: (_, values) => finding(values.number("x") > 0, {}) });
  assert.throws(() => apply(greedy, {}, testLaw), /no values/);
});

test("values of another kind, twice declared rules and rules without a law are faults", () => {
  const values = valuesOf(rowOf("CON-049"), testLaw.calendar);
  assert.deepEqual(values.ratio("minExpertShareNumerator", "minExpertShareDenominator"), { numerator: 2n, denominator: 3n });
  assert.equal(values.flag("odd"), true);
  assert.throws(() => values.text("odd"), /no text/);
  assert.throws(() => values.number("unknown"), /no parameter/);
  assert.throws(() => rule("document.period-too-short", { ruleId: "CON-016", check: () => pass }), /declared twice/);
  assert.throws(() => rule("document.nothing", { check: () => pass }), /neither/);
});

test("rules and claims are found for the index", () => {
  keeps({
    ruleId: "CON-034",
    at: "server/trade/tendering/holder.ts",
    how: "holders are sealed",
    test: "server/trade/tendering/holder.test.ts",
  });
  assert.ok(declaredClaims().some((claim) => claim.ruleId === "CON-034"));
  assert.ok(registeredRules().some((declared) => declared.parts.ruleId === "CON-016"));
});
