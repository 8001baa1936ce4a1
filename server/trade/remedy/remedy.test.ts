import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readStream } from "../../record/index.ts";
import { awardOf, awardStage } from "../award/index.ts";
import { contracted, publicity, published } from "../award/testing/awarded.ts";
import { contractStage } from "../contract/index.ts";
import { evaluationOf } from "../evaluation/index.ts";
import { digestsOf, openedLot, type Rehearsal, rehearsal, reported } from "../evaluation/testing/rehearsal.ts";
import { effectiveAt, loadLot, streamOf } from "../transaction/index.ts";
import { remediesOf, remedyStage } from "./index.ts";

const day = 86_400_000;
let world: Rehearsal;
before(async () => {
  world = await rehearsal([awardStage, contractStage({ releaseDue: async () => undefined }), remedyStage]);
});
after(() => world.house.close());

const firm = (no: number) => {
  const bidder = world.bidders[no - 1];
  assert.ok(bidder);
  return bidder;
};
const lotOf = async (lotId: string) => {
  const lot = await loadLot(world.house.house.pool, lotId);
  assert.ok(lot);
  return lot;
};
const objection = {
  path: "objection",
  about: "result",
  follows: null,
  ground: "第一名的业绩与公示不符",
  request: "重新评审",
  knownOn: null,
  files: [],
};
const complaint = (follows: string | null, knownOn: string) => ({ ...objection, path: "complaint", follows, knownOn });
const today = () => new Date(world.house.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const decide = { rank: 1, reason: "排名第一" };

test("an objection in the last instant of publicity holds the award until the answer; the publicity ends as announced", async () => {
  const lotId = await published(world);
  const { buyer, supervisor } = world.people;
  const end = effectiveAt(await lotOf(lotId), "candidatePublicityEnd");
  assert.ok(end);
  await world.house.jumpTo(end - 1);
  const { remedy } = await world.house.done(firm(3), "rem.raise", lotId, objection);
  await world.house.refused(firm(3), "rem.raise", lotId, objection, "remedy.second-in-same-step");
  await world.house.jumpTo(end + day);
  assert.equal((await awardOf(world.house.house.pool, lotId))?.state, "cleared");
  const held = await world.house.refused(buyer, "awd.decide", lotId, decide, "act.on-hold");
  assert.equal(held.data.cause, "异议尚未答复");
  await world.house.refused(supervisor, "rem.accept", lotId, { remedy, suspend: false }, "remedy.not-the-receiver");
  await world.house.refused(
    buyer,
    "rem.answer",
    lotId,
    { remedy, upheld: false, effect: "reevaluate", text: "不成立" },
    "remedy.effect-does-not-fit",
  );
  await world.house.done(buyer, "rem.answer", lotId, { remedy, upheld: false, effect: "none", text: "业绩经评标委员会核对属实" });
  await world.house.done(buyer, "awd.decide", lotId, decide);
});

test("after the publicity no objection to the result; the way to the supervisor is told", async () => {
  const lotId = await published(world);
  await world.house.jumpTo(world.house.clock.now() + 6 * day);
  const late = await world.house.refused(firm(3), "rem.raise", lotId, objection, "remedy.publicity-over");
  assert.equal(late.ruleId, "CON-068");
  assert.match(late.whatToDo, /投诉/);
  await world.house.refused(firm(3), "rem.raise", lotId, { ...objection, about: "opening" }, "remedy.opening-over");
  await world.house.refused(firm(3), "rem.raise", lotId, { ...objection, about: "other" }, "remedy.objection-about-nothing");
});

test("a complaint without an objection, or too late, is marked; the supervisor decides whether to admit it", async () => {
  const lotId = await published(world);
  await world.house.refused(firm(3), "rem.raise", lotId, { ...complaint(null, today()), knownOn: null }, "remedy.known-on-missing");
  const { remedy, marks } = await world.house.done(firm(3), "rem.raise", lotId, complaint(null, "2026-10-08"));
  assert.deepEqual(marks, ["remedy.late", "remedy.objection-first"]);
  await world.house.refused(world.people.buyer, "rem.refuse", lotId, { remedy, reason: "无理" }, "remedy.not-the-receiver");
  await world.house.done(world.people.supervisor, "rem.refuse", lotId, { remedy, reason: "未先提出异议且逾期" });
  await world.house.refused(
    world.people.supervisor,
    "rem.decide",
    lotId,
    { remedy, effect: "annul", otherCommittee: false, text: "x" },
    "act.not-possible-now",
  );
});

test("an objection may be withdrawn by whoever raised it, and the hold goes with it", async () => {
  const lotId = await published(world);
  const { remedy } = await world.house.done(firm(3), "rem.raise", lotId, objection);
  await world.house.refused(firm(2), "rem.withdraw", lotId, { remedy, reason: "x" }, "act.not-possible-now");
  await world.house.done(firm(3), "rem.withdraw", lotId, { remedy, reason: "已了解情况" });
  assert.equal((await lotOf(lotId)).holds.size, 0);
});

test("W8: objection, complaint, suspension, re-evaluation by another committee; the old run stays readable", async () => {
  const lotId = await published(world);
  const { buyer, supervisor } = world.people;
  const first = await world.house.done(firm(3), "rem.raise", lotId, objection);
  await world.house.refused(firm(3), "rem.raise", lotId, complaint(first.remedy, today()), "remedy.follows-nothing");
  await world.house.jumpTo(world.house.clock.now() + 2 * day);
  await world.house.done(buyer, "rem.answer", lotId, { remedy: first.remedy, upheld: false, effect: "none", text: "不成立" });
  const { remedy, marks } = await world.house.done(firm(3), "rem.raise", lotId, complaint(first.remedy, today()));
  assert.deepEqual(marks, []);
  await world.house.done(supervisor, "rem.accept", lotId, { remedy, suspend: true });
  await world.house.jumpTo(world.house.clock.now() + 20 * day);
  // The publicity was frozen: it keeps its remaining time, and nothing can be decided.
  assert.equal((await awardOf(world.house.house.pool, lotId))?.state, "publicity");
  await world.house.refused(buyer, "awd.decide", lotId, decide, "act.on-hold");
  await world.house.done(supervisor, "rem.decide", lotId, {
    remedy,
    effect: "reevaluate",
    otherCommittee: true,
    text: "评分与招标文件不符，责令重新评审",
  });

  const lot = await lotOf(lotId);
  assert.equal(lot.run, 2);
  assert.equal(lot.holds.size, 0);
  assert.ok(lot.done.has("opening.open") && !lot.done.has("committee.form") && !lot.done.has("award.candidates"));
  assert.equal((await evaluationOf(world.house.house.pool, { id: lotId, run: 1 }))?.state, "annulled");
  assert.equal((await remediesOf(world.house.house.pool, lotId)).get(remedy)?.state, "executed");
  const stale = world.experts[0];
  assert.ok(stale);
  await world.house.refused(stale, "evl.begin", lotId, {}, "act.step-not-open");
});

test("re-evaluation by the same committee runs through to a new report, a new publicity and an award", async () => {
  const lotId = await published(world);
  const { buyer } = world.people;
  const { remedy } = await world.house.done(firm(3), "rem.raise", lotId, objection);
  await world.house.done(buyer, "rem.answer", lotId, { remedy, upheld: true, effect: "reevaluate", text: "成立，重新评审" });
  assert.equal((await awardOf(world.house.house.pool, lotId))?.state, "waiting");
  await reported(world, lotId, digestsOf(world.bidders));
  await world.house.done(buyer, "awd.publishCandidates", lotId, publicity);
  await world.house.jumpTo(world.house.clock.now() + 6 * day);
  await world.house.done(buyer, "awd.decide", lotId, decide);
  const streams = await Promise.all([1, 2].map((run) => readStream(world.house.house.pool, streamOf("evl", lotId, run))));
  assert.deepEqual(
    streams.map((events) => events.at(-1)?.type),
    ["evl.annulled", "evl.reported"],
  );
  assert.equal((await awardOf(world.house.house.pool, lotId))?.stream, streamOf("awd", lotId, 2));
});

test("annulled by decision: the lot fails; after the contract the platform leaves it to the courts", async () => {
  const lotId = await published(world);
  const { supervisor } = world.people;
  const { remedy } = await world.house.done(firm(3), "rem.raise", lotId, complaint(null, today()));
  await world.house.done(supervisor, "rem.accept", lotId, { remedy, suspend: true });
  await world.house.refused(
    supervisor,
    "rem.decide",
    lotId,
    { remedy, effect: "amendDocument", otherCommittee: false, text: "修改" },
    "remedy.effect-does-not-fit",
  );
  await world.house.done(supervisor, "rem.decide", lotId, { remedy, effect: "annul", otherCommittee: false, text: "串通投标，中标无效" });
  assert.equal((await lotOf(lotId)).state, "failed");

  const signed = await contracted(world);
  const later = await world.house.done(firm(3), "rem.raise", signed, complaint(null, today()));
  await world.house.done(supervisor, "rem.accept", signed, { remedy: later.remedy, suspend: false });
  await world.house.refused(
    supervisor,
    "rem.decide",
    signed,
    { remedy: later.remedy, effect: "annul", otherCommittee: false, text: "无效" },
    "remedy.effect-does-not-fit",
  );
});

test("an objection to the document makes the opening wait, and the deadline never comes before the answer", async () => {
  const lotId = await openedLot(world, { upTo: "tendering.publish" });
  const { remedy, marks } = await world.house.done(firm(3), "rem.raise", lotId, { ...objection, about: "document" });
  assert.deepEqual(marks, ["remedy.late"]);
  const [hold] = [...(await lotOf(lotId)).holds.values()];
  assert.deepEqual([hold?.blocks, hold?.freezes], [["opening.open"], [{ milestone: "bidDeadline", mode: "notBefore" }]]);
  await world.house.jumpTo(world.house.clock.now() + 2 * day);
  await world.house.refused(firm(3), "rem.raise", lotId, objection, "remedy.publicity-over");
  await world.house.done(world.people.buyer, "rem.answer", lotId, {
    remedy,
    upheld: true,
    effect: "amendDocument",
    text: "成立，修改资格条件",
  });
  const lot = await lotOf(lotId);
  assert.equal(lot.holds.size, 0);
  assert.ok((effectiveAt(lot, "bidDeadline") ?? 0) >= world.house.clock.now() + day);
});
