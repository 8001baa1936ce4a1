/** Every vector of law/golden.json, by its id. A vector without a check here fails the last test. */
import assert from "node:assert/strict";
import { test } from "node:test";
import golden from "../../law/golden.json" with { type: "json" };
import { allRules, bindingsFor, isCalendarUnavailable, legalCalendar, parameter, rule, ruleSet, settingSwitch } from "../../law/index.ts";
import {
  addWorkingDays,
  boundDay,
  committeeFaults,
  decimalText,
  depositCeiling,
  floorNeedsConsent,
  isCreditCode,
  isIdentityNumber,
  isUnifiedDealCode,
  judgeLimit,
  leastEliminated,
  limitBound,
  parseOffsetTime,
  parseYuan,
  rollForward,
  weightFault,
  yuanText,
} from "../kernel/index.ts";
import { judgeAscending } from "./methods/ascending.ts";
import { comprehensiveEvaluation } from "./methods/comprehensive-evaluation.ts";
import { lowestPriceScores } from "./methods/price-score.ts";

const calendar = legalCalendar();
const law = ruleSet("2026-11-23");
const checked = new Set<string>();

// biome-ignore lint/suspicious/noExplicitAny: the vectors have a form of their own each.
function vector(id: string, check: (input: any, expected: any) => void): void {
  checked.add(id);
  test(`golden ${id}`, () => {
    const found = golden.vectors.find((candidate) => candidate.id === id) ?? assert.fail(`no vector ${id}`);
    check(found.input, found.expected);
  });
}

function boundOf(ruleId: string, from: string): string {
  const bound = limitBound(rule(ruleId), from, calendar);
  return isCalendarUnavailable(bound) ? assert.fail(ruleId) : boundDay(bound);
}

vector("cal-01", (input, expected) => assert.equal(boundOf("CON-016", input.documentOfferStart), expected.earliestBidDeadlineDate));
vector("cal-02", (input, expected) => assert.equal(boundOf("GOV-007", input.noticePublished), expected.noticeEndDate));
vector("cal-03", (input, expected) => assert.equal(boundOf("GOV-047", input.harmKnown), expected.lastChallengeDate));
vector("cal-04", (input, expected) => assert.equal(boundOf("CON-069", input.knownDate), expected.lastComplaintDate));
vector("cal-05", (input, expected) => {
  const earliest = boundOf("CON-067", input.publicityStart);
  assert.equal(earliest, expected.earliestEndDate);
  assert.equal(settingSwitch("lastPublicityDayMustBeWorkingDay", "2026-04-30"), true);
  assert.equal(rollForward(calendar, earliest), expected.withLocalWorkingLastDay);
});
vector("cal-06", (input, expected) => assert.equal(boundOf("PRP-001", input.disclosureStart), expected.earliestEndDate));
vector("cal-07", (input, expected) => {
  const judged = judgeLimit(rule("CON-017"), { from: input.amendmentSent, to: parseOffsetTime(input.bidDeadline) }, calendar);
  assert.ok(!isCalendarUnavailable(judged));
  assert.equal(judged.holds, expected.allowedWithoutExtension);
  assert.equal(boundDay(judged.bound), expected.newEarliestDeadlineDate);
});
vector("cal-08", (input, expected) => assert.equal(boundOf("GOV-014", input.letterOfAwardIssued), expected.latestRefundDate));
vector("cal-09", (input, expected) => {
  assert.equal(expected.error, "calendarUnavailable");
  assert.deepEqual(addWorkingDays(calendar, input.start, input.workingDays), { calendarUnavailable: 2031 });
});

vector("price-01", (input, expected) => {
  const bids = input.bids.map((bid: { bidder: string; price: string; smallMicro: boolean }) => ({
    bidId: bid.bidder,
    priceFen: parseYuan(bid.price),
    smallOrMicro: bid.smallMicro,
  }));
  const { benchmarkYuan, scores } = lowestPriceScores(bids, {
    weightPercent: input.weightPercent,
    deductionPercent: input.smallMicroDeductionPercent,
  });
  assert.equal(decimalText(benchmarkYuan, 2), expected.benchmark);
  for (const { bidId, score, evaluatedYuan } of scores) {
    assert.equal(decimalText(score, 2), expected.priceScore[bidId]);
    assert.equal(decimalText(evaluatedYuan, 2), yuanText(parseYuan(expected.evaluatedPrice[bidId])));
  }
  assert.equal(bids[1].priceFen, parseYuan(expected.contractPriceIfBWins));
});
vector("price-02", (input, expected) => assert.equal(bandText(weightFault(input.weightPercent, rule("GOV-027"))), expected.rule));
vector("price-03", (input, expected) => assert.equal(weightFault(input.weightPercent, rule("GOV-027")) === undefined, expected.valid));
vector("price-04", (input, expected) => assert.equal(bandText(weightFault(input.weightPercent, rule("GOV-064"))), expected.rule));
vector("price-05", (input, expected) => {
  const tree = {
    declared: [
      {
        id: "benchmark",
        op: "mul",
        children: [
          { id: "mean", op: "mean", source: "validBidPrices", drop: [] },
          {
            id: "left",
            op: "sub",
            children: [
              { id: "one", op: "const", value: "1" },
              { id: "K", op: "const", value: input.K },
            ],
          },
        ],
      },
      {
        id: "total",
        op: "sum",
        round: 2,
        children: [
          {
            id: "price",
            op: "benchmarkDeviation",
            round: 2,
            base: "benchmark",
            fullScore: "60",
            perPercentAbove: "1.0",
            perPercentBelow: "0.5",
            floor: "0",
          },
        ],
      },
    ],
    total: "total",
    technical: "price",
    tieBreak: ["lowerPrice", "draw"],
  } as const;
  assert.deepEqual(comprehensiveEvaluation.treeFaults(tree), []);
  const bids = input.prices.map((price: string, index: number) => ({
    bidId: `B${index + 1}`,
    priceFen: parseYuan(price),
    facts: {},
    sheets: [],
  }));
  const { values } = comprehensiveEvaluation.evaluate({ tree, bids, draws: {} });
  assert.equal(values.find(({ id }) => id === "benchmark")?.shown, expected.benchmark);
  for (const { bidId } of bids)
    assert.equal(values.find((value) => value.id === "price" && value.bidId === bidId)?.shown, expected.priceScore[bidId]);
});

for (const id of ["sec-01", "sec-02"]) {
  vector(id, (input, expected) => {
    const ceiling = depositCeiling({ estimateFen: parseYuan(input.estimate), objectClass: input.type }, law);
    assert.deepEqual(
      [ceiling.shareFen, ceiling.capFen, ceiling.maxFen],
      [expected.shareCap, expected.absoluteCap, expected.maxBidSecurity].map(parseYuan),
    );
  });
}

const committeeOf = (members: { kind: string; n: number }[]) => ({
  experts: members.find(({ kind }) => kind === "expert")?.n ?? 0,
  representatives: members.find(({ kind }) => kind === "buyerRepresentative")?.n ?? 0,
});
vector("com-01", (input, expected) =>
  assert.equal(committeeFaults(committeeOf(input.members), rule("CON-049")).length === 0, expected.valid),
);
vector("com-02", (input) => assert.deepEqual(committeeFaults(committeeOf(input.members), rule("CON-049")), ["tooFewExperts"]));
vector("com-03", (input) => assert.deepEqual(committeeFaults(committeeOf(input.members), rule("CON-049")), ["even"]));
vector("com-04", (input) => {
  assert.equal(BigInt(input.budget) >= BigInt(parameter(rule("GOV-022"), "budgetAtLeast").value), true);
  assert.deepEqual(committeeFaults({ experts: input.members, representatives: 0 }, rule("GOV-022")), ["tooFewMembers"]);
});

for (const id of ["prp-01", "prp-02"]) {
  vector(id, (input, expected) =>
    assert.equal(
      floorNeedsConsent({ appraisalFen: parseYuan(input.appraisal), floorFen: parseYuan(input.newFloor) }, law),
      expected.consentNeeded,
    ),
  );
}
vector("prp-03", (input) => {
  const daysAt = (estimateFen: bigint) => {
    const facts = { mandatory: false, fundSource: "state", objectClass: "assets", estimateFen, options: new Set<string>() } as const;
    const rows = bindingsFor("PA", facts, rule).filter(({ quantity }) => quantity === "disclosureStart .. disclosureEnd");
    return rows.map((binding) => parameter(rule(binding.rule), "minDays").value);
  };
  assert.deepEqual(daysAt(parseYuan(input.floor)), [20]);
  assert.deepEqual(daysAt(parseYuan(input.floor) - 1n), [10]);
});

vector("auc-01", (input, expected) => {
  const terms = {
    startFen: parseYuan(input.startingPrice),
    stepFen: parseYuan(input.step),
    timedFrom: 0,
    countdownMs: input.extensionSeconds * 1000,
  };
  const result = judgeAscending(
    terms,
    input.bids.map((bid: { t: number; p: string }) => ({ at: Math.round(bid.t * 1000), priceFen: parseYuan(bid.p) })),
  );
  assert.deepEqual(result.accepted, expected.accepted);
  assert.deepEqual(Object.fromEntries(result.refused), expected.refused);
  assert.equal(result.winningFen, parseYuan(expected.winner));
  assert.equal(result.closeAt, Math.round(expected.closeAt * 1000));
});

vector("open-01", (input, expected) =>
  assert.equal(input.bidsReceived >= Number(parameter(rule("CON-044"), "minBidders").value), expected.open),
);
vector("frm-01", (input, expected) => {
  const eliminated = leastEliminated(input.conforming, rule("GOV-077"));
  assert.deepEqual([eliminated, input.conforming - eliminated], [expected.minEliminated, expected.maxEntered]);
});

vector("id-01", (input, expected) => assert.equal(isCreditCode(input.uscc), expected.valid));
vector("id-02", (input, expected) => assert.equal(isIdentityNumber(input.idCard, "2026-11-23"), expected.valid));
vector("id-03", (input, expected) => assert.equal(isUnifiedDealCode(input.unifiedDealCode), expected.valid));

function bandText(fault: ReturnType<typeof weightFault>): string | undefined {
  return fault && `${fault.bound} ${fault.value}`;
}

test("every golden vector has been checked, and each names a rule that exists", () => {
  assert.deepEqual([...checked].sort(), golden.vectors.map(({ id }) => id).sort());
  const ids = new Set(allRules.map(({ id }) => id));
  for (const { id, rule: named } of golden.vectors) if (/^[A-Z]+-\d/.test(named)) assert.ok(ids.has(named.split("/")[0] ?? ""), id);
});
