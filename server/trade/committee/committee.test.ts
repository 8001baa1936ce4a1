import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { hex } from "../../../formats/bytes.ts";
import type { RosterRow } from "../../../formats/exchange/index.ts";
import { sha256 } from "../../../formats/jcs.ts";
import { verifyDraw } from "../../../verifier/draw/index.ts";
import { buildEdge } from "../../app/http.ts";
import type { TestPerson } from "../../app/testing/test-house.ts";
import { openSession } from "../../identity/index.ts";
import { newId, seededRandom } from "../../kernel/index.ts";
import { checkRecord, readStream } from "../../record/index.ts";
import { machineClock } from "../../runtime/clock/clock.ts";
import { transaction } from "../../runtime/database/index.ts";
import { drawStage } from "../draw/index.ts";
import {
  announcedLot,
  commit,
  type Drawing,
  drawingHouse,
  freeze,
  getDraw,
  partiesOf,
  revealAll,
  verifiedRecord,
} from "../draw/testing/drawing.ts";
import { loadLot, performAsSystem, streamOf } from "../transaction/index.ts";
import {
  committeeOf,
  committeeStage,
  expertsPurpose,
  finishCommittee,
  type PoolFact,
  sitsOnCommittee,
  standingCommittee,
  takePoolFact,
} from "./index.ts";
import { rosterOf } from "./seat-people.ts";
import { testPool } from "./testing/pool-port.ts";

const opening = "2026-11-25T01:00:00.000Z";
const pool = testPool(seededRandom("pool"));
const register: { organisationId: string; creditCode: string }[] = [];
const ports = { pool: pool.port, registerOf: async () => register };
const wish = {
  strata: [
    { id: "road", speciality: "A080101", quota: 2 },
    { id: "gallery", speciality: "A080102", quota: 1 },
    { id: "cost", speciality: "A060101", quota: 1 },
  ],
  representatives: 1,
  regions: ["350100", "350200", "350300", "350400", "350500", "350600", "350700", "350800", "350900"],
  // The designer, say: one expert of the simulated pool works there.
  avoidUnits: ["12350200EGRET0043H"],
  windowStartAt: opening,
  windowEndAt: "2026-11-25T10:00:00.000Z",
  way: "plain",
  commitBy: "2026-11-23T03:00:00.000Z",
  revealBy: "2026-11-23T03:10:00.000Z",
};

let drawing: Drawing;
let lotId: string;
let serial = 0;
let messages = 0;
const experts = new Map<string, TestPerson>();

before(async () => {
  drawing = await drawingHouse([drawStage({ purposes: { experts: expertsPurpose(ports) } }), committeeStage(ports)]);
  lotId = await announcedLot(drawing, opening);
});
after(() => drawing.house.close());

const { done, refused } = {
  done: (person: TestPerson, act: string, data: unknown) => drawing.house.done(person, act, lotId, data),
  refused: (person: TestPerson, act: string, data: unknown, code: string) => drawing.house.refused(person, act, lotId, data, code),
};
const tell = async (fact: PoolFact) => {
  const told = await takePoolFact(drawing.house.house.parts, ports, { fact, messageId: `m-${++messages}`, now: drawing.house.clock.now() });
  await drawing.house.house.settle();
  return told;
};
const current = async () => (await standingCommittee(drawing.house.house.pool, lotId)) ?? assert.fail("no committee");
const summoned = async () => (await current()).seats.filter(({ state }) => state === "summoned");

/** The account of the expert in a seat: enrolled with the name and telephone that the pool knows. */
async function expertOf(poolId: string): Promise<TestPerson> {
  const known = experts.get(poolId);
  if (known) return known;
  const [row] = await rosterOf(drawing.house.house.pool, (await current()).needId, [poolId]);
  const person = await enrolExpert(row as RosterRow);
  experts.set(poolId, person);
  return person;
}

async function enrolExpert({ contact, expertRef }: RosterRow): Promise<TestPerson> {
  const { house } = drawing;
  const secretKey = sha256("expert\n", expertRef);
  const [organisationId, personId] = [newId("org", house.clock.now(), house.random), newId("per", house.clock.now(), house.random)];
  const certificate = {
    usage: "sign",
    publicKey: hex(p256.getPublicKey(secretKey, true)),
    serial: `E${++serial}`,
    certificate: "",
    notBefore: "2020-01-01T00:00:00.000Z",
    notAfter: "2030-01-01T00:00:00.000Z",
  };
  await house.done(house.registrar, "org.enrol", null, {
    organisation: {
      id: organisationId,
      creditCode: `91350200EXPERT${String(serial).padStart(4, "0")}`,
      name: `${contact.employerName}（${serial}）`,
      roles: ["expert"],
      regionCode: contact.regionCode,
      sector: null,
      profile: {},
    },
    people: [
      {
        id: personId,
        details: { name: contact.name, phone: contact.phone, title: contact.title },
        roles: ["expert"],
        certificates: [certificate],
      },
    ],
  });
  return {
    personId,
    membershipId: `mem_${personId.slice(4)}.1`,
    organisationId,
    role: "expert",
    secretKey,
    drawSecret: secretKey,
    sealSecret: secretKey,
  };
}

const accept = async (poolId: string) => done(await expertOf(poolId), "cmt.accept", { yearsInField: 12, noInterest: true });

test("too small, even, too few experts and too early are refused with figures", async () => {
  const { buyer } = drawing.people;
  await refused(buyer, "cmt.request", { ...wish, strata: wish.strata.slice(0, 2), representatives: 0 }, "committee.size");
  await refused(buyer, "cmt.request", { ...wish, representatives: 2 }, "committee.even");
  await refused(buyer, "cmt.request", { ...wish, representatives: 3 }, "committee.experts-share");
  const problem = await refused(buyer, "cmt.request", { ...wish, commitBy: "2026-11-22T03:00:00.000Z" }, "committee.drawn-too-early");
  assert.equal(problem.data.earliestAt, "2026-11-23T01:00:00.000Z");
});

test("the pool is told specialities and units that are public, and its list is frozen as it came (EP03, EP05, EP06)", async () => {
  const { house, people } = drawing;
  await house.jumpTo("2026-11-23T02:00:00.000Z");
  const { drawId, needId } = await done(people.agent, "cmt.request", wish);
  const order = pool.orders.at(-1);
  assert.ok(order?.order === "requestCandidates");
  assert.doesNotMatch(JSON.stringify(order), new RegExp(`${lotId}|${lotId.slice(4)}|道路|标段`));
  assert.equal(order.need.avoidUnits.length, 4, "buyer, agent, authority and the unit that the buyer named");
  await house.refused(
    people.operator,
    "drw.freeze",
    lotId,
    { drawId, planHash: "00".repeat(32), sig: "00".repeat(64) },
    "draw.plan-incomplete",
  );
  const list = pool.listFor(order.need);
  assert.equal(await tell({ fact: "listed", list }), true);
  assert.equal(await tell({ fact: "listed", list: { ...list, needId: "need-of-another" } }), false);
  const plan = await freeze(drawing, drawId);
  assert.deepEqual(plan.pool, list.entries);
  await tell({ fact: "listed", list: pool.listFor({ ...order.need, needId }, 2) });
  const events = await readStream(house.house.pool, streamOf("cmt", lotId));
  assert.deepEqual(events.at(-1)?.data.reason, "afterFreeze");
});

test("who is drawn is called in the order of seating (EP01)", async () => {
  const { house, people } = drawing;
  const { drawId } = await current();
  const draw = await getDraw(drawing, drawId);
  const parties = partiesOf(draw, [people.buyer, people.centre, people.supervisor]);
  await commit(drawing, lotId, draw.plan!, parties);
  await house.jumpTo(wish.commitBy);
  await revealAll(drawing, lotId, drawId, parties);
  assert.equal(pool.orders.length, 1, "nobody is called before the result is published");
  await house.done(people.operator, "drw.publish", lotId, { drawId });
  const record = await verifiedRecord(drawing, drawId);
  const calls = pool.orders.flatMap((order) => (order.order === "summon" ? [order.call.id] : []));
  assert.deepEqual(
    calls,
    record.final.flatMap(({ seated }) => seated),
  );
  assert.equal(calls.length, 4);
});

test("a refusal, a silence and an unfit expert are followed by the next of the permutation (EP02, EP11)", async () => {
  const { drawId } = await current();
  const [first, second] = await summoned();
  const stranger = await drawing.house.person("expert");
  await refused(stranger, "cmt.accept", { yearsInField: 30, noInterest: true }, "committee.no-seat");
  const problem = await refused(
    await expertOf(first!.poolId!),
    "cmt.accept",
    { yearsInField: 7, noInterest: true },
    "committee.expert-unfit",
  );
  assert.equal(problem.ruleId, "CON-052");
  await done(await expertOf(first!.poolId!), "cmt.decline", { reason: "年限不足" });
  await tell({
    fact: "answered",
    needId: (await current()).needId,
    callNo: second!.no,
    answer: "unreachable",
    at: "2026-11-23T03:20:00.000Z",
  });
  await tell({ fact: "answered", needId: (await current()).needId, callNo: 77, answer: "accepted", at: "2026-11-23T03:21:00.000Z" });
  const seats = await summoned();
  assert.equal(seats.length, 4);
  const record = await verifiedRecord(drawing, drawId);
  assert.deepEqual(
    record.substitutions.map(({ reason }) => reason),
    ["declined", "unreachable"],
  );
  assert.deepEqual(seats.map(({ poolId }) => poolId).sort(), record.final.flatMap(({ seated }) => seated).sort());
});

test("the committee is formed when the drawn have accepted and the buyer has named its own", async () => {
  const { people, house } = drawing;
  await tell({
    fact: "answered",
    needId: (await current()).needId,
    callNo: (await summoned())[0]!.no,
    answer: "accepted",
    at: "2026-11-23T03:22:00.000Z",
  });
  for (const { poolId } of await summoned()) await accept(poolId!);
  assert.equal((await current()).state, "forming");
  const someExpert = [...experts.values()][1]!;
  await refused(people.buyer, "cmt.nameRepresentative", { personId: someExpert.personId }, "committee.not-drawn");
  await refused(people.agent, "cmt.nameRepresentative", { personId: people.buyer.personId }, "act.not-your-role");
  await done(people.buyer, "cmt.nameRepresentative", { personId: people.buyer.personId });
  assert.equal((await current()).state, "formed");
  const lot = await loadLot(house.house.pool, lotId);
  assert.equal(lot?.done.get("committee.form")?.outcome, "formed");
});

test("CON-055: the record shows no member, and before the result others read counts only (EP10)", async () => {
  const { house, people } = drawing;
  const members = await committeeOf(house.house.pool, lotId);
  assert.equal(members?.seats.length, 5);
  const { rows } = await house.house.pool.query<{ event: string }>(
    "SELECT event FROM record.event WHERE event LIKE '%cmt.%' OR event LIKE '%drw.%' OR event LIKE '%lot.%'",
  );
  for (const { personId, no } of members?.seats ?? []) {
    if (personId === people.buyer.personId) continue;
    assert.ok(
      rows.every(({ event }) => !event.includes(personId)),
      `seat ${no} can be read in the record`,
    );
  }
  const edge = await buildEdge({ house: house.house, onFault: (error) => assert.fail(String(error)) });
  const readAs = async (person: TestPerson, path: string) => {
    const token = await openSession(house.house.pool, { personId: person.personId, machineNow: machineClock.now(), random: house.random });
    return edge.inject({
      url: `/api/v1/lots/${lotId}/committee${path}`,
      headers: { authorization: `Bearer ${token}`, "egret-membership": person.membershipId },
    });
  };
  const progress = (await readAs(people.buyer, "")).json();
  assert.deepEqual(progress.seats, { summoned: 0, accepted: 5, present: 0, done: 0 });
  const expert = [...experts.values()].at(-1)!;
  for (const person of [people.buyer, people.agent, people.centre, people.supervisor, expert])
    assert.equal((await readAs(person, "/seats")).statusCode, 404);
  assert.equal((await edge.inject({ url: `/api/v1/lots/${lotId}/committee` })).statusCode, 404);
  const served = await edge.inject({ url: `/api/v1/draws/${(await current()).drawId}/record` });
  assert.equal(verifyDraw(served.body).ok, true, "everybody can recompute the draw, in pseudonyms");
  await edge.close();
});

test("after the opening a seat that is related to a bidder is vacated, and a related substitute is never called", async () => {
  const { house, people } = drawing;
  const before = await current();
  const related = (await committeeOf(house.house.pool, lotId))!.seats.find(({ kind, stratum }) => kind === "expert" && stratum === "road")!;
  const calls = pool.orders.length;
  register.push({ organisationId: related.organisationId, creditCode: "91350200EGRET0190X" });
  await house.jumpTo(opening);
  await done(people.buyer, "tst.finish", { step: "opening.open", outcome: "opened" });
  const short = await current();
  assert.equal(short.state, "short");
  assert.equal(short.seats.find(({ no }) => no === related.no)?.state, "vacated");
  const called = pool.orders.slice(calls).flatMap((order) => (order.order === "summon" ? [order.call.id] : []));
  assert.equal(called.length, short.seats.filter(({ state }) => state === "summoned").length);
  assert.deepEqual(pool.port.recusedBy(await rosterOf(house.house.pool, before.needId, called), ["91350200EGRET0190X"]), []);
  const record = await verifiedRecord(drawing, before.drawId);
  assert.ok(record.substitutions.slice(2).every(({ reason }) => reason === "recused"));
  for (const { poolId } of await summoned()) await accept(poolId!);
  assert.equal((await current()).state, "formed");
  const types = (await readStream(house.house.pool, before.stream)).map(({ type }) => type);
  assert.ok(types.includes("cmt.seatReplaced") && types.includes("cmt.recompleted"));
});

test("members check in, elect a chair by more than half, and one who leaves is followed by the next", async () => {
  const { house, people } = drawing;
  const everybody = [...experts.values(), people.buyer];
  const sitting = async () =>
    (await committeeOf(house.house.pool, lotId))!.seats.filter(({ state }) => state !== "declined" && state !== "vacated");
  const personIn = (personId: string) =>
    everybody.find((one) => one.personId === personId) ?? [...experts.values()].find((one) => one.personId === personId)!;
  const [chair, ...others] = await sitting();
  await done(personIn(chair!.personId), "cmt.checkIn", {});
  await refused(personIn(chair!.personId), "cmt.electChair", { seat: chair!.no }, "committee.not-all-present");
  for (const { personId } of others) await done(personIn(personId), "cmt.checkIn", {});
  await refused(personIn(chair!.personId), "cmt.checkIn", {}, "committee.no-seat");
  const votes = [];
  for (const { personId } of others.slice(0, 3))
    votes.push((await done(personIn(personId), "cmt.electChair", { seat: chair!.no })).elected);
  assert.deepEqual(votes, [false, false, true]);
  assert.equal((await current()).state, "seated");
  assert.equal(await sitsOnCommittee(house.house.pool, lotId, chair!.personId), true);
  const leaving = others.find(({ kind }) => kind === "expert")!;
  await done(personIn(leaving.personId), "cmt.recuse", { ground: "relative", text: "近亲属在投标人处任职" });
  assert.equal((await current()).state, "short");
  assert.equal(await sitsOnCommittee(house.house.pool, lotId, leaving.personId), false);
  const [next] = await summoned();
  await accept(next!.poolId!);
  await done(await expertOf(next!.poolId!), "cmt.checkIn", {});
  assert.equal((await current()).state, "seated", "the chair stands");
  assert.equal((await current()).chair, chair!.no);
  await performAsSystem(house.house.parts, { lotId, commandId: "test-finish-committee", now: house.clock.now() }, finishCommittee);
  assert.equal((await current()).state, "done");
});

test("a list that is too short, a published draw that was given up, an absence and a suspension (EP07)", async () => {
  const { house, people } = drawing;
  const first = lotId;
  lotId = await announcedLot(drawing, "2026-11-27T01:00:00.000Z");
  const later = {
    ...wish,
    windowStartAt: "2026-11-27T01:00:00.000Z",
    windowEndAt: "2026-11-27T10:00:00.000Z",
    commitBy: "2026-11-25T03:00:00.000Z",
    revealBy: "2026-11-25T03:10:00.000Z",
  };
  await done(people.buyer, "cmt.request", later);
  await tell({ fact: "tooFew", needId: (await current()).needId, stratum: "road", available: "<10", offer: "widenRegion" });
  await refused(people.buyer, "cmt.request", later, "draw.repeat-needs-cause");
  await done(people.operator, "drw.void", { drawId: (await current()).drawId, reason: "名单不足，扩大区域" });
  await done(people.buyer, "cmt.request", later);

  const drawOnce = async (commitBy: string) => {
    const order = pool.orders.at(-1);
    assert.ok(order?.order === "requestCandidates");
    await tell({ fact: "listed", list: pool.listFor(order.need) });
    const plan = await freeze(drawing, order.need.drawId);
    const parties = partiesOf(await getDraw(drawing, plan.drawId), [people.buyer, people.centre, people.supervisor]);
    await commit(drawing, lotId, plan, parties);
    await house.jumpTo(commitBy);
    await revealAll(drawing, lotId, plan.drawId, parties);
    await done(people.operator, "drw.publish", { drawId: plan.drawId });
    return plan;
  };
  const plan = await drawOnce(later.commitBy);
  const [one] = await summoned();
  await accept(one!.poolId!);
  await done(people.supervisor, "drw.void", { drawId: plan.drawId, reason: "候选名单有误" });
  const again = { ...later, commitBy: "2026-11-25T05:00:00.000Z", revealBy: "2026-11-25T05:10:00.000Z", reason: "候选名单有误" };
  await done(people.buyer, "cmt.request", again);
  const cancelled = pool.orders.filter((order) => order.order === "cancelSummon" && order.cause === "failed");
  assert.equal(cancelled.length, 4, "whoever was called is told");
  const second = await drawOnce(again.commitBy);
  assert.equal(second.supersedes?.drawId, plan.drawId);
  assert.ok(
    (await summoned()).every(({ no }) => no > 4),
    "numbers are not used again",
  );

  const [silent] = await summoned();
  await refused(people.centre, "cmt.replace", { seat: silent!.no }, "committee.replace-too-early");
  await house.jumpTo("2026-11-25T05:15:00.000Z");
  await done(people.centre, "cmt.replace", { seat: silent!.no });
  for (const { poolId } of await summoned()) await accept(poolId!);
  await done(people.buyer, "cmt.nameRepresentative", { personId: people.buyer.personId });
  const suspended = (await current()).seats.find(({ state, isExpert }) => state === "accepted" && isExpert)!;
  await tell({
    fact: "suspended",
    needId: (await current()).needId,
    id: suspended.poolId!,
    fromAt: "2026-11-25T06:00:00.000Z",
    cause: "sanction",
  });
  assert.equal((await current()).state, "short");
  await accept((await summoned())[0]!.poolId!);
  assert.equal((await current()).state, "formed");
  await house.jumpTo(later.windowStartAt);
  const absent = (await current()).seats.find(({ state, isExpert }) => state === "accepted" && isExpert)!;
  await done(people.centre, "cmt.replace", { seat: absent.no });
  await accept((await summoned())[0]!.poolId!);
  assert.equal((await current()).state, "formed");
  const record = await verifiedRecord(drawing, second.drawId);
  assert.deepEqual(
    record.substitutions.map(({ reason }) => reason),
    ["unreachable", "ineligible", "absent"],
  );
  lotId = first;
});

test("I14: what was drawn is what recomputes, with every substitution; nobody recused was ever seated", async () => {
  const { house } = drawing;
  const { drawId, seats } = await current();
  const record = await verifiedRecord(drawing, drawId);
  const recused = new Set(record.plan.pool.filter(({ recusal }) => recusal !== null).map(({ id }) => id));
  assert.ok(recused.size > 0, "the list has somebody to leave out");
  assert.ok(seats.every(({ poolId }) => poolId === null || !recused.has(poolId)));
  const filled = seats.filter(({ state, isExpert }) => state === "done" && isExpert).map(({ poolId }) => poolId);
  assert.deepEqual(filled.sort(), record.final.flatMap(({ seated }) => seated).sort());
  assert.equal((await checkRecord(house.house.pool)).fault, null);
  await transaction(house.house.pool, async (tx) => {
    const print = await house.house.views.fingerprint(tx, "committee.need");
    await house.house.views.rebuild(tx, "committee.need");
    assert.deepEqual(await house.house.views.fingerprint(tx, "committee.need"), print, "I09");
  });
});
