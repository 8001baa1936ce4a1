import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { verifyDraw } from "../../../verifier/draw/index.ts";
import { buildEdge } from "../../app/http.ts";
import type { TestPerson } from "../../app/testing/test-house.ts";
import { openSession } from "../../identity/index.ts";
import { checkRecord, readStream } from "../../record/index.ts";
import { machineClock } from "../../runtime/clock/clock.ts";
import { transaction } from "../../runtime/database/index.ts";
import { commit, freeze, getDraw, partiesOf, revealAll, verifiedRecord } from "../draw/testing/drawing.ts";
import { loadLot, performAsSystem, streamOf } from "../transaction/index.ts";
import { committeeOf, finishCommittee, sitsOnCommittee } from "./index.ts";
import { rosterOf } from "./seat-people.ts";
import { CommitteeRoom, opening, wish } from "./testing/committee-room.ts";

const room = new CommitteeRoom();
before(() => room.open(opening));
after(() => room.drawing.house.close());

/** Whoever was ever called and stands in the record by name: who declined and who left, too, and in whatever followed from an answer. */
async function expertsInRecord(): Promise<string[]> {
  const { rows } = await room.drawing.house.house.pool.query<{ event: string }>("SELECT event FROM record.event");
  const people = new Set([...room.experts.values()].map(({ personId }) => personId));
  return [...people].filter((personId) => rows.some(({ event }) => /"type":"(cmt|drw|lot)\./.test(event) && event.includes(personId)));
}

test("too small, even, too few experts and too early are refused with figures", async () => {
  const { buyer } = room.drawing.people;
  await room.refused(buyer, "cmt.request", { ...wish, strata: wish.strata.slice(0, 2), representatives: 0 }, "committee.size");
  await room.refused(buyer, "cmt.request", { ...wish, representatives: 2 }, "committee.even");
  await room.refused(buyer, "cmt.request", { ...wish, representatives: 3 }, "committee.experts-share");
  const problem = await room.refused(buyer, "cmt.request", { ...wish, commitBy: "2026-11-22T03:00:00.000Z" }, "committee.drawn-too-early");
  assert.equal(problem.data.earliestAt, "2026-11-23T01:00:00.000Z");
});

test("the pool is told specialities and units that are public, and its list is frozen as it came (EP03, EP05, EP06)", async () => {
  const { house, people } = room.drawing;
  await house.jumpTo("2026-11-23T02:00:00.000Z");
  const { drawId, needId } = await room.done(people.agent, "cmt.request", wish);
  const order = room.pool.orders.at(-1);
  assert.ok(order?.order === "requestCandidates");
  assert.doesNotMatch(JSON.stringify(order), new RegExp(`${room.lotId}|${room.lotId.slice(4)}|道路|标段`));
  assert.equal(order.need.avoidUnits.length, 4, "buyer, agent, authority and the unit that the buyer named");
  await house.refused(
    people.operator,
    "drw.freeze",
    room.lotId,
    { drawId, planHash: "00".repeat(32), sig: "00".repeat(64) },
    "draw.plan-incomplete",
  );
  const list = room.pool.listFor(order.need);
  assert.equal(await room.tell({ fact: "listed", list }), true);
  assert.equal(await room.tell({ fact: "listed", list: { ...list, needId: "need-of-another" } }), false);
  const plan = await freeze(room.drawing, drawId);
  assert.deepEqual(plan.pool, list.entries);
  await room.tell({ fact: "listed", list: room.pool.listFor({ ...order.need, needId }, 2) });
  const events = await readStream(house.house.pool, streamOf("cmt", room.lotId));
  assert.deepEqual(events.at(-1)?.data.reason, "afterFreeze");
});

test("who is drawn is called in the order of seating (EP01)", async () => {
  const { house, people } = room.drawing;
  const { drawId } = await room.current();
  const draw = await getDraw(room.drawing, drawId);
  const parties = partiesOf(draw, [people.buyer, people.centre, people.supervisor]);
  await commit(room.drawing, room.lotId, draw.plan!, parties);
  await house.jumpTo(wish.commitBy);
  await revealAll(room.drawing, room.lotId, drawId, parties);
  assert.equal(room.pool.orders.length, 1, "nobody is called before the result is published");
  await house.done(people.operator, "drw.publish", room.lotId, { drawId });
  const record = await verifiedRecord(room.drawing, drawId);
  const calls = room.pool.orders.flatMap((order) => (order.order === "summon" ? [order.call.id] : []));
  assert.deepEqual(
    calls,
    record.final.flatMap(({ seated }) => seated),
  );
  assert.equal(calls.length, 4);
});

test("a refusal, a silence and an unfit expert are followed by the next of the permutation (EP02, EP11)", async () => {
  const { drawId } = await room.current();
  const [first, second] = await room.summoned();
  const stranger = await room.drawing.house.person("expert");
  await room.refused(stranger, "cmt.accept", { yearsInField: 30, noInterest: true }, "committee.no-seat");
  const problem = await room.refused(
    await room.expertOf(first!.poolId),
    "cmt.accept",
    { yearsInField: 7, noInterest: true },
    "committee.expert-unfit",
  );
  assert.equal(problem.ruleId, "CON-052");
  await room.done(await room.expertOf(first!.poolId), "cmt.decline", { reason: "年限不足" });
  await room.tell({
    fact: "answered",
    needId: (await room.current()).needId,
    callNo: second!.no,
    answer: "unreachable",
    at: "2026-11-23T03:20:00.000Z",
  });
  await room.tell({
    fact: "answered",
    needId: (await room.current()).needId,
    callNo: 77,
    answer: "accepted",
    at: "2026-11-23T03:21:00.000Z",
  });
  const seats = await room.summoned();
  assert.equal(seats.length, 4);
  const record = await verifiedRecord(room.drawing, drawId);
  assert.deepEqual(
    record.substitutions.map(({ reason }) => reason),
    ["declined", "unreachable"],
  );
  assert.deepEqual(seats.map(({ poolId }) => poolId).sort(), record.final.flatMap(({ seated }) => seated).sort());
});

test("the committee is formed when the drawn have accepted and the buyer has named its own", async () => {
  const { people, house } = room.drawing;
  await room.tell({
    fact: "answered",
    needId: (await room.current()).needId,
    callNo: (await room.summoned())[0]!.no,
    answer: "accepted",
    at: "2026-11-23T03:22:00.000Z",
  });
  await room.acceptAll();
  assert.equal((await room.current()).state, "forming");
  const someExpert = [...room.experts.values()][1]!;
  await room.refused(people.buyer, "cmt.nameRepresentative", { personId: someExpert.personId }, "committee.not-drawn");
  await room.refused(people.agent, "cmt.nameRepresentative", { personId: people.buyer.personId }, "act.not-your-role");
  await room.done(people.buyer, "cmt.nameRepresentative", { personId: people.buyer.personId });
  assert.equal((await room.current()).state, "formed");
  const lot = await loadLot(house.house.pool, room.lotId);
  assert.equal(lot?.done.get("committee.form")?.outcome, "formed");
});

test("CON-055: the record shows no member, and before the result others read counts only (EP10)", async () => {
  const { house, people } = room.drawing;
  assert.equal((await committeeOf(house.house.pool, room.lotId))?.seats.length, 5);
  assert.deepEqual(await expertsInRecord(), []);
  const edge = await buildEdge({ house: house.house, onFault: (error) => assert.fail(String(error)) });
  const readAs = async (person: TestPerson, path: string) => {
    const token = await openSession(house.house.pool, { personId: person.personId, machineNow: machineClock.now(), random: house.random });
    return edge.inject({
      url: `/api/v1/lots/${room.lotId}/committee${path}`,
      headers: { authorization: `Bearer ${token}`, "egret-membership": person.membershipId },
    });
  };
  const progress = (await readAs(people.buyer, "")).json();
  assert.deepEqual(progress.seats, { summoned: 0, accepted: 5, present: 0, done: 0 });
  const expert = [...room.experts.values()].at(-1)!;
  for (const person of [people.buyer, people.agent, people.centre, people.supervisor, expert])
    assert.equal((await readAs(person, "/seats")).statusCode, 404);
  assert.equal((await edge.inject({ url: `/api/v1/lots/${room.lotId}/committee` })).statusCode, 404);
  const served = await edge.inject({ url: `/api/v1/draws/${(await room.current()).drawId}/record` });
  assert.equal(verifyDraw(served.body).ok, true, "everybody can recompute the draw, in pseudonyms");
  await edge.close();
});

test("after the opening a seat that is related to a bidder is vacated, and a related substitute is never called", async () => {
  const { house, people } = room.drawing;
  const before = await room.current();
  const related = (await committeeOf(house.house.pool, room.lotId))!.seats.find(
    ({ kind, stratum }) => kind === "expert" && stratum === "road",
  )!;
  const calls = room.pool.orders.length;
  room.register.push({ organisationId: related.organisationId, creditCode: "91350200EGRET0190X" });
  await house.jumpTo(opening);
  await room.done(people.buyer, "tst.finish", { step: "opening.open", outcome: "opened" });
  const short = await room.current();
  assert.equal(short.state, "short");
  assert.equal(short.seats.find(({ no }) => no === related.no)?.state, "vacated");
  const called = room.pool.orders.slice(calls).flatMap((order) => (order.order === "summon" ? [order.call.id] : []));
  assert.equal(called.length, short.seats.filter(({ state }) => state === "summoned").length);
  assert.deepEqual(room.pool.port.recusedBy(await rosterOf(house.house.pool, before.needId, called), ["91350200EGRET0190X"]), []);
  const record = await verifiedRecord(room.drawing, before.drawId);
  assert.ok(record.substitutions.slice(2).every(({ reason }) => reason === "recused"));
  await room.acceptAll();
  assert.equal((await room.current()).state, "formed");
  const types = (await readStream(house.house.pool, before.stream)).map(({ type }) => type);
  assert.ok(types.includes("cmt.seatReplaced") && types.includes("cmt.recompleted"));
});

test("members check in, elect a chair by more than half, and one who leaves is followed by the next", async () => {
  const { house, people } = room.drawing;
  const everybody = [...room.experts.values(), people.buyer];
  const sitting = async () =>
    (await committeeOf(house.house.pool, room.lotId))!.seats.filter(({ state }) => state !== "declined" && state !== "vacated");
  const personIn = (personId: string) =>
    everybody.find((one) => one.personId === personId) ?? [...room.experts.values()].find((one) => one.personId === personId)!;
  const [chair, ...others] = await sitting();
  await room.done(personIn(chair!.personId), "cmt.checkIn", {});
  await room.refused(personIn(chair!.personId), "cmt.electChair", { seat: chair!.no }, "committee.not-all-present");
  for (const { personId } of others) await room.done(personIn(personId), "cmt.checkIn", {});
  await room.refused(personIn(chair!.personId), "cmt.checkIn", {}, "committee.no-seat");
  const votes = [];
  for (const { personId } of others.slice(0, 3))
    votes.push((await room.done(personIn(personId), "cmt.electChair", { seat: chair!.no })).elected);
  assert.deepEqual(votes, [false, false, true]);
  assert.equal((await room.current()).state, "seated");
  assert.equal(await sitsOnCommittee(house.house.pool, room.lotId, chair!.personId), true);
  const leaving = others.find(({ kind }) => kind === "expert")!;
  await room.done(personIn(leaving.personId), "cmt.recuse", { ground: "relative", text: "近亲属在投标人处任职" });
  assert.equal((await room.current()).state, "short");
  assert.equal(await sitsOnCommittee(house.house.pool, room.lotId, leaving.personId), false);
  const [next] = await room.summoned();
  await room.accept(next!.poolId);
  await room.done(await room.expertOf(next!.poolId), "cmt.checkIn", {});
  assert.equal((await room.current()).state, "seated", "the chair stands");
  assert.equal((await room.current()).chair, chair!.no);
  await performAsSystem(
    house.house.parts,
    { lotId: room.lotId, commandId: "test-finish-committee", now: house.clock.now() },
    finishCommittee,
  );
  assert.equal((await room.current()).state, "done");
});

test("I14: what was drawn is what recomputes, with every substitution; nobody recused was ever seated", async () => {
  const { house } = room.drawing;
  const { drawId, seats } = await room.current();
  const record = await verifiedRecord(room.drawing, drawId);
  const recused = new Set(record.plan.pool.filter(({ recusal }) => recusal !== null).map(({ id }) => id));
  assert.ok(recused.size > 0, "the list has somebody to leave out");
  assert.ok(seats.every(({ poolId }) => poolId === null || !recused.has(poolId)));
  const filled = seats.filter(({ state, isExpert }) => state === "done" && isExpert).map(({ poolId }) => poolId);
  assert.deepEqual(filled.sort(), record.final.flatMap(({ seated }) => seated).sort());
  assert.equal((await checkRecord(house.house.pool)).fault, null);
  assert.deepEqual(await expertsInRecord(), [], "nobody is named by what followed from an answer, a vote or a leave");
  await transaction(house.house.pool, async (tx) => {
    const print = await house.house.views.fingerprint(tx, "committee.need");
    await house.house.views.rebuild(tx, "committee.need");
    assert.deepEqual(await house.house.views.fingerprint(tx, "committee.need"), print, "I09");
  });
});
