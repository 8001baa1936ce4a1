import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readStream } from "../../record/index.ts";
import { transaction } from "../../runtime/database/index.ts";
import { loadLot, streamOf } from "../transaction/index.ts";
import { evaluationOf, reportOf, reportPaper } from "./index.ts";
import { bidOf, conforming, digestsOf, evaluated, openedLot, type Rehearsal, rehearsal, roadTerms, sheetFor } from "./testing/rehearsal.ts";

let world: Rehearsal;
before(async () => {
  world = await rehearsal();
});
after(() => world.house.close());

const member = (no: number) => {
  const expert = world.experts[no - 1];
  assert.ok(expert);
  return expert;
};
const firm = (no: number) => {
  const bidder = world.bidders[no - 1];
  assert.ok(bidder);
  return bidder;
};
const stateOf = (lotId: string) =>
  transaction(world.house.house.pool, async (tx) => {
    const lot = await loadLot(tx, lotId);
    assert.ok(lot);
    return { lot, evaluation: await evaluationOf(tx, lot) };
  });
const agree = (resultDigest: string) => ({ resultDigest, will: "agree", dissent: null });

test("the worked example of the document: benchmark, five price scores, every intermediate value, a signed report", async () => {
  const lotId = await openedLot(world);
  const bids = digestsOf(world.bidders);
  const resultDigest = await evaluated(world, lotId, bids);
  await world.house.refused(member(1), "evl.report", lotId, { candidates: 3 }, "evaluation.report-not-signed");
  for (const expert of world.experts) await world.house.done(expert, "evl.signReport", lotId, agree(resultDigest));
  await world.house.refused(member(1), "evl.report", lotId, { candidates: 4 }, "evaluation.too-many-candidates");
  await world.house.done(member(1), "evl.report", lotId, { candidates: 3 });
  const report = await reportOf(world.house.house.pool, lotId);
  assert.ok(report);
  const shown = (id: string, bidId?: string) =>
    report.values.find((value) => value.id === id && value.bidId === bidId && value.seat === undefined)?.shown;
  assert.equal(shown("meanPrice"), "180366666.67");
  assert.equal(shown("benchmark"), "173152000.00");
  assert.deepEqual(
    bids.map((bid) => shown("price", bid)),
    ["57.08", "56.28", "55.81", "55.41", "54.37"],
  );
  assert.deepEqual(
    report.ranking.map(({ rank, name, score }) => `${rank} ${name} ${score}`),
    ["1 投标单位1 83.08", "2 投标单位2 82.28", "3 投标单位3 81.81", "4 投标单位4 81.41", "5 投标单位5 80.37"],
  );
  assert.equal(report.candidates.length, 3);
  // One value of each node for each bid, and each seat's score beside it.
  assert.equal(report.values.filter(({ id, bidId, seat }) => id === "tec-1" && bidId === bids[0] && seat !== undefined).length, 5);
  assert.equal((await stateOf(lotId)).lot.done.get("evaluation.report")?.outcome, "ranked");
  const paper = await reportPaper(world.house.house.pool, lotId, { sandbox: true });
  assert.match(JSON.stringify(paper), /173152000\.00/);
});

test("the record names no member: seats only, before and after the report (CON-055)", async () => {
  const lotId = await openedLot(world);
  await evaluated(world, lotId, digestsOf(world.bidders));
  const { evaluation } = await stateOf(lotId);
  const streams = [lotId, streamOf("evl", lotId), ...(evaluation?.sheets.values() ?? [])];
  const text = JSON.stringify(await Promise.all(streams.map((stream) => readStream(world.house.house.pool, stream))));
  for (const { personId, organisationId, membershipId } of world.experts)
    for (const id of [personId, organisationId, membershipId]) assert.ok(!text.includes(id), id);
});

test("only sitting members judge, and only the chair does what the chair does", async () => {
  const lotId = await openedLot(world);
  const stranger = await world.house.person("expert", "另一专家");
  await world.house.refused(stranger, "evl.begin", lotId, {}, "evaluation.not-a-member");
  await world.house.refused(member(2), "evl.begin", lotId, {}, "evaluation.not-the-chair");
  await world.house.refused(firm(1), "evl.begin", lotId, {}, "act.not-your-role");
  await world.house.refused(member(1), "evl.reject", lotId, conforming(digestsOf(world.bidders)), "act.not-possible-now");
  await world.house.done(member(1), "evl.begin", lotId, {});
  await world.house.refused(member(1), "evl.begin", lotId, {}, "act.not-possible-now");
  await world.house.refused(member(1), "sht.submit", lotId, sheetFor([]), "act.step-not-open");
});

test("a bid is rejected by more than half of the votes on one listed ground, and comes back when the majority is gone", async () => {
  const lotId = await openedLot(world);
  const [, , , , last] = digestsOf(world.bidders);
  const against = (ground: number | null, reason: string | null) => ({
    findings: [{ bidDigest: last, finding: "reject", ground, reason }],
  });
  await world.house.done(member(1), "evl.begin", lotId, {});
  const problem = await world.house.refused(member(1), "evl.reject", lotId, against(9, "不喜欢"), "evaluation.ground-not-listed");
  assert.equal(problem.ruleId, "CON-059");
  await world.house.refused(member(1), "evl.reject", lotId, against(3, null), "evaluation.ground-not-listed");
  await world.house.done(member(1), "evl.reject", lotId, against(3, "资质证书过期"));
  await world.house.done(member(2), "evl.reject", lotId, against(6, "未响应工期"));
  assert.deepEqual((await world.house.done(member(3), "evl.reject", lotId, against(3, "资质证书过期"))).rejected, []);
  assert.deepEqual((await world.house.done(member(4), "evl.reject", lotId, against(3, "资质证书过期"))).rejected, [last]);
  assert.deepEqual((await world.house.done(member(4), "evl.reject", lotId, conforming([last as string]))).rejected, []);
  const types = (await readStream(world.house.house.pool, streamOf("evl", lotId))).map(({ type }) => type);
  assert.deepEqual(types.slice(-4), ["evl.voted", "evl.bidRejected", "evl.voted", "evl.bidRestored"]);
});

test("a clarification is asked in writing, does not lead, and is answered by that bidder only, once, in time", async () => {
  const lotId = await openedLot(world);
  const [first] = digestsOf(world.bidders);
  await world.house.done(member(1), "evl.begin", lotId, {});
  const ask = (text: string) => ({ bidDigest: first, purpose: "inconsistent", text, hours: 2 });
  const answer = { no: 1, text: "以第 12 页为准，系排版错误。", changesSubstance: false, files: [] };
  await world.house.refused(firm(1), "evl.answerBidder", lotId, answer, "evaluation.unsolicited-clarification");
  await world.house.refused(member(2), "evl.askBidder", lotId, ask("贵公司能否降价？"), "evaluation.leading-question");
  await world.house.done(member(2), "evl.askBidder", lotId, ask("第 12 页与第 40 页的支护深度不一致，请说明。"));
  for (const expert of world.experts) await world.house.done(expert, "evl.reject", lotId, conforming(digestsOf(world.bidders)));
  await world.house.refused(member(1), "evl.concludeStep", lotId, {}, "evaluation.clarification-open");
  await world.house.refused(firm(2), "evl.answerBidder", lotId, answer, "evaluation.unsolicited-clarification");
  await world.house.refused(firm(1), "evl.answerBidder", lotId, { ...answer, changesSubstance: true }, "evaluation.substance-changed");
  await world.house.done(firm(1), "evl.answerBidder", lotId, answer);
  await world.house.refused(firm(1), "evl.answerBidder", lotId, answer, "evaluation.unsolicited-clarification");
  await world.house.done(member(1), "evl.concludeStep", lotId, {});
});

test("a late answer is not accepted", async () => {
  const lotId = await openedLot(world);
  const [first] = digestsOf(world.bidders);
  await world.house.done(member(1), "evl.begin", lotId, {});
  await world.house.done(member(1), "evl.askBidder", lotId, { bidDigest: first, purpose: "ambiguous", text: "请说明工期安排。", hours: 1 });
  await world.house.jumpTo(world.house.clock.now() + 3_600_001);
  await world.house.refused(
    firm(1),
    "evl.answerBidder",
    lotId,
    { no: 1, text: "迟了", changesSubstance: false, files: [] },
    "evaluation.unsolicited-clarification",
  );
});

test("scores stand on the declared scale, sheets are whole, and all of them are needed", async () => {
  const lotId = await openedLot(world);
  const bids = digestsOf(world.bidders);
  await world.house.done(member(1), "evl.begin", lotId, {});
  await world.house.refused(member(1), "evl.concludeStep", lotId, {}, "evaluation.findings-missing");
  for (const expert of world.experts) await world.house.done(expert, "evl.reject", lotId, conforming(bids));
  await world.house.done(member(1), "evl.concludeStep", lotId, {});
  const one = (item: string, score: string) => ({ scores: [{ bidDigest: bids[0], item, score }] });
  await world.house.refused(member(1), "sht.save", lotId, one("local-office", "2"), "evaluation.criterion-not-in-document");
  await world.house.refused(member(1), "sht.save", lotId, one("tec-1", "4.5"), "evaluation.score-not-declared");
  await world.house.refused(member(1), "sht.save", lotId, one("tec-1", "2.3"), "evaluation.score-not-declared");
  await world.house.done(member(1), "sht.save", lotId, one("tec-1", "4"));
  await world.house.refused(member(1), "sht.submit", lotId, { scores: [] }, "evaluation.sheet-incomplete");
  await world.house.done(member(1), "sht.submit", lotId, sheetFor(bids));
  await world.house.refused(member(1), "sht.save", lotId, one("tec-1", "4"), "evaluation.sheet-submitted");
  await world.house.done(member(1), "sht.reopen", lotId, { reason: "改正笔误" });
  await world.house.done(member(1), "sht.submit", lotId, one("tec-1", "4"));
  const problem = await world.house.refused(member(1), "evl.compute", lotId, {}, "evaluation.sheets-missing");
  assert.deepEqual(problem.data.seats, ["2", "3", "4", "5"]);
});

test("fewer than three left: the committee judges by vote, and lack of competition fails the lot", async () => {
  const lotId = await openedLot(world);
  const bids = digestsOf(world.bidders);
  await world.house.done(member(1), "evl.begin", lotId, {});
  await world.house.refused(
    member(1),
    "evl.judgeCompetition",
    lotId,
    { lacks: true, reason: "只剩两家" },
    "evaluation.competition-not-in-question",
  );
  const findings = bids.map((bidDigest, index) =>
    index < 3
      ? { bidDigest, finding: "reject", ground: 3, reason: "资格不符" }
      : { bidDigest, finding: "conforms", ground: null, reason: null },
  );
  for (const expert of world.experts) await world.house.done(expert, "evl.reject", lotId, { findings });
  await world.house.refused(member(1), "evl.concludeStep", lotId, {}, "evaluation.competition-not-judged");
  for (const no of [1, 2, 3])
    await world.house.done(member(no), "evl.judgeCompetition", lotId, { lacks: true, reason: "两家报价均接近最高限价" });
  assert.equal((await world.house.done(member(1), "evl.concludeStep", lotId, {})).outcome, "tooFewLeft");
  assert.equal((await stateOf(lotId)).lot.state, "failed");
});

test("two left that compete go on", async () => {
  const lotId = await openedLot(world);
  const bids = digestsOf(world.bidders);
  await world.house.done(member(1), "evl.begin", lotId, {});
  const findings = bids.map((bidDigest, index) =>
    index < 3
      ? { bidDigest, finding: "reject", ground: 3, reason: "资格不符" }
      : { bidDigest, finding: "conforms", ground: null, reason: null },
  );
  for (const expert of world.experts) await world.house.done(expert, "evl.reject", lotId, { findings });
  for (const no of [1, 2, 3])
    await world.house.done(member(no), "evl.judgeCompetition", lotId, { lacks: false, reason: "两家仍有实质竞争" });
  assert.equal((await world.house.done(member(1), "evl.concludeStep", lotId, {})).outcome, "left");
});

test("all rejected: the lot fails and is to be tendered again (招标投标法 第四十二条)", async () => {
  const lotId = await openedLot(world);
  const findings = digestsOf(world.bidders).map((bidDigest) => ({ bidDigest, finding: "reject", ground: 7, reason: "投标文件雷同" }));
  await world.house.done(member(1), "evl.begin", lotId, {});
  for (const expert of world.experts) await world.house.done(expert, "evl.reject", lotId, { findings });
  assert.equal((await world.house.done(member(1), "evl.concludeStep", lotId, {})).outcome, "noneLeft");
  const { lot, evaluation } = await stateOf(lotId);
  assert.equal(lot.state, "failed");
  assert.equal(evaluation?.examined?.outcome, "noneLeft");
});

test("a refusal to sign with reasons is written down, silence is consent when its time is over", async () => {
  const lotId = await openedLot(world);
  const resultDigest = await evaluated(world, lotId, digestsOf(world.bidders));
  await world.house.refused(member(1), "evl.signReport", lotId, agree("00".repeat(32)), "evaluation.result-differs");
  await world.house.done(member(1), "evl.signReport", lotId, agree(resultDigest));
  await world.house.done(member(2), "evl.signReport", lotId, { resultDigest, will: "refuse", dissent: "技术分离散过大" });
  await world.house.done(member(3), "evl.signReport", lotId, { resultDigest, will: "refuse", dissent: null });
  await world.house.jumpTo(world.house.clock.now() + 24 * 3_600_000);
  await world.house.done(member(1), "evl.report", lotId, { candidates: 3 });
  const report = await reportOf(world.house.house.pool, lotId);
  assert.deepEqual(
    report?.signatures.map(({ how }) => how),
    ["signed", "dissent", "silent", "deemed", "deemed"],
  );
});

test("more than a third asks for time: the result waits", async () => {
  const lotId = await openedLot(world);
  const bids = digestsOf(world.bidders);
  await world.house.done(member(1), "evl.begin", lotId, {});
  for (const expert of world.experts) await world.house.done(expert, "evl.reject", lotId, conforming(bids));
  await world.house.done(member(1), "evl.concludeStep", lotId, {});
  for (const expert of world.experts) await world.house.done(expert, "sht.submit", lotId, sheetFor(bids));
  for (const no of [2, 3]) await world.house.done(member(no), "evl.askTime", lotId, { hours: 4 });
  await world.house.refused(member(1), "evl.compute", lotId, {}, "evaluation.time-asked-for");
  await world.house.done(member(3), "evl.askTime", lotId, { hours: 0 });
  await world.house.done(member(1), "evl.compute", lotId, {});
});

test("a vacated seat takes its votes and its sheet with it; its substitute judges anew (CON-056)", async () => {
  const lotId = await openedLot(world);
  const bids = digestsOf(world.bidders);
  await evaluated(world, lotId, bids);
  const substitute = await world.house.person("expert", "替补专家");
  await world.house.done(world.people.centre, "tst.vacate", lotId, {
    seat: 5,
    replacement: { no: 6, personId: substitute.personId, organisationId: substitute.organisationId, state: "present" },
  });
  const { lot, evaluation } = await stateOf(lotId);
  assert.equal(evaluation?.findings.has(5), false);
  assert.equal(lot.run, 2);
  assert.equal(lot.done.has("evaluation.examine"), false);
  await world.house.refused(member(5), "evl.reject", lotId, conforming(bids), "evaluation.not-a-member");
  await world.house.refused(member(1), "evl.concludeStep", lotId, {}, "evaluation.findings-missing");
  await world.house.done(substitute, "evl.reject", lotId, conforming(bids));
  await world.house.done(member(1), "evl.concludeStep", lotId, {});
  await world.house.refused(member(1), "evl.compute", lotId, {}, "evaluation.sheets-missing");
  for (const expert of [1, 2, 3, 4].map(member)) await world.house.done(expert, "sht.submit", lotId, { scores: [] });
  await world.house.done(substitute, "sht.submit", lotId, sheetFor(bids));
  const { ranking } = await world.house.done(member(1), "evl.compute", lotId, {});
  assert.equal(ranking.length, 5);
});

test("equal bids wait for the declared draw; the draw parts them", async () => {
  const bids = [1, 2, 3].map((no) => bidOf(firm(no), no, "100000000.00"));
  const digests = bids.map(({ bidDigest }) => bidDigest);
  const undrawn = await openedLot(world, { bids });
  await world.house.done(member(1), "evl.begin", undrawn, {});
  for (const expert of world.experts) await world.house.done(expert, "evl.reject", undrawn, conforming(digests));
  await world.house.done(member(1), "evl.concludeStep", undrawn, {});
  for (const expert of world.experts) await world.house.done(expert, "sht.submit", undrawn, sheetFor(digests));
  await world.house.refused(member(1), "evl.compute", undrawn, {}, "evaluation.tie-needs-draw");
  const drawn = await openedLot(world, { bids, tieOrder: [...digests].reverse() });
  await evaluated(world, drawn, digests);
  assert.deepEqual(
    (await stateOf(drawn)).evaluation?.computed?.ranking.map(({ name }) => name),
    ["投标单位3", "投标单位2", "投标单位1"],
  );
});

test("no evaluation before the declared coefficient is drawn", async () => {
  const lotId = await openedLot(world, { draws: {} });
  await world.house.refused(member(1), "evl.begin", lotId, {}, "evaluation.draw-missing");
});

test("reviewed lowest price with a floor: what lies outside must be rejected by name, the lowest of the rest wins", async () => {
  const prices = ["90.00", "100.00", "110.00"];
  const bids = prices.map((price, index) => bidOf(firm(index + 1), index + 1, price));
  const digests = bids.map(({ bidDigest }) => bidDigest);
  const tree = { ceilingFen: "12000", floorFen: "9500", tieBreak: ["lowerPrice", "fileOrder"] };
  const terms = {
    ...roadTerms,
    ceilingFen: "12000",
    floorFen: "9500",
    method: { ...roadTerms.method, name: "lowest-reviewed-price", title: "经评审的最低投标价法", tree },
  };
  const lotId = await openedLot(world, { bids, terms, draws: {}, lot: { procedureId: "CO+replay-foreign" } });
  const begun = await world.house.done(member(1), "evl.begin", lotId, {});
  assert.deepEqual(
    begun.facts.map(({ flags }: { flags: string[] }) => flags),
    [["priceBelowFloor"], [], []],
  );
  // The machine saw it; until members vote, nothing is rejected.
  assert.equal((await stateOf(lotId)).evaluation?.rejected.size, 0);
  for (const expert of world.experts) await world.house.done(expert, "evl.reject", lotId, conforming(digests));
  await world.house.done(member(1), "evl.concludeStep", lotId, {});
  for (const expert of world.experts) await world.house.done(expert, "sht.submit", lotId, { scores: [] });
  await world.house.refused(member(1), "evl.compute", lotId, {}, "evaluation.excluded-bid-not-rejected");
  await world.house.done(member(1), "evl.reopenWork", lotId, { from: "evaluation.examine", reason: "低于限价的投标未否决" });
  const findings = [{ bidDigest: digests[0], finding: "reject", ground: 5, reason: "低于项目规定的最低限价" }];
  for (const expert of world.experts) await world.house.done(expert, "evl.reject", lotId, { findings });
  for (const no of [1, 2, 3]) await world.house.done(member(no), "evl.judgeCompetition", lotId, { lacks: false, reason: "仍有竞争" });
  await world.house.done(member(1), "evl.concludeStep", lotId, {});
  for (const expert of world.experts) await world.house.done(expert, "sht.submit", lotId, { scores: [] });
  const { ranking } = await world.house.done(member(1), "evl.compute", lotId, {});
  assert.deepEqual(
    ranking.map(({ name, score }: { name: string; score: string }) => `${name} ${score}`),
    ["投标单位2 100.00", "投标单位3 110.00"],
  );
});

test("equal prices go in the order of handing in where the document declares so, whatever their digests", async () => {
  const orders = [
    [1, 2, 3],
    [3, 2, 1],
  ];
  for (const order of orders) {
    const bids = order.map((handedIn, index) => bidOf(firm(index + 1), index + 1, "100.00", { handedIn }));
    const tree = { ceilingFen: "12000", floorFen: null, tieBreak: ["lowerPrice", "fileOrder"] };
    const method = { ...roadTerms.method, name: "lowest-reviewed-price", title: "经评审的最低投标价法", tree };
    const terms = { ...roadTerms, ceilingFen: "12000", method };
    const lotId = await openedLot(world, { bids, terms, draws: {}, lot: { procedureId: "CO+replay-foreign" } });
    await world.house.done(member(1), "evl.begin", lotId, {});
    const digests = bids.map(({ bidDigest }) => bidDigest);
    for (const expert of world.experts) await world.house.done(expert, "evl.reject", lotId, conforming(digests));
    await world.house.done(member(1), "evl.concludeStep", lotId, {});
    for (const expert of world.experts) await world.house.done(expert, "sht.submit", lotId, { scores: [] });
    const { ranking } = await world.house.done(member(1), "evl.compute", lotId, {});
    const expected = order.map((handedIn, index) => ({ handedIn, name: `投标单位${index + 1}` })).sort((a, b) => a.handedIn - b.handedIn);
    assert.deepEqual(
      ranking.map(({ name }: { name: string }) => name),
      expected.map(({ name }) => name),
    );
  }
});
