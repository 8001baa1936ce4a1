import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { hex } from "../../../formats/bytes.ts";
import { carryCode, type DrawPlan, quicknetChain, signFallback } from "../../../formats/draw/index.ts";
import {
  assembleCeremony,
  type CeremonyPosts,
  type CeremonyStep,
  type MemberSecrets,
  makeAck,
  makeRound1,
  makeRound2,
  makeRound3,
  receiveShares,
  type SealCeremony,
} from "../../../formats/seal/index.ts";
import type { TestPerson } from "../../app/testing/test-house.ts";
import { coefficientPurpose, drawStage } from "./index.ts";
import {
  announcedLot,
  commit,
  commitOf,
  type Drawing,
  drawingHouse,
  freeze,
  getDraw,
  partialsOf,
  partiesOf,
  revealAll,
  revealOf,
  verifiedRecord,
} from "./testing/drawing.ts";

/** drand quicknet round 657413, published 2023-09-15 11:00:03 UTC; the stored one of the draw vectors. */
const stored = {
  round: 657413,
  signature: "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
};
const purposes = {
  coefficient: coefficientPurpose({
    declaredDraw: async () => ({ id: "K", values: ["2.0%", "3.0%", "4.0%"] }),
    isAttending: async () => false,
  }),
};
const window = { purpose: "coefficient", commitBy: "2023-09-15T10:50:00.000Z", revealBy: "2023-09-15T10:59:03.000Z" };

let drawing: Drawing;
let members: TestPerson[];
before(async () => {
  drawing = await drawingHouse([drawStage({ purposes })], "2023-09-15T10:40:00.000Z");
  const { buyer, centre, supervisor } = drawing.people;
  members = [buyer, centre, supervisor];
});
after(() => drawing.house.close());

const { parties } = { parties: async (drawId: string) => partiesOf(await getDraw(drawing, drawId), members) };
const prepare = async (lotId: string, way: string) =>
  (await drawing.house.done(drawing.people.buyer, "drw.prepare", lotId, { ...window, way })).drawId as string;

/** Three members make a key together for this draw (seal-v1 §3 with lotId = drawId). */
function ceremonyFor(drawId: string): { ceremony: SealCeremony; shares: Uint8Array[] } {
  const random = (length: number) => drawing.house.random.bytes(length) as Uint8Array<ArrayBuffer>;
  const roles = ["buyer", "tradingCentre", "supervisionAuthority"];
  const keyOf = (secret: Uint8Array) => hex(p256.getPublicKey(secret, true));
  const plan = {
    suite: 1 as const,
    tenderId: "draw",
    lotId: drawId,
    t: 2,
    members: members.map((person, i) => ({ role: roles[i] as string, signKey: keyOf(person.secretKey), encKey: keyOf(person.sealSecret) })),
  };
  const own = members.map(
    ({ secretKey, sealSecret }, i) => ({ member: i + 1, signSecret: secretKey, encSecret: sealSecret }) as MemberSecrets,
  );
  const first = own.map((one) => makeRound1(plan, one, random));
  const posts: CeremonyPosts = { round1: first.map(({ row }) => row), round2: [], round3: [] };
  const states = first.map(({ polynomial }) => ({ polynomial, posts }));
  posts.round2 = own.map((one, i) => accepted(makeRound2(plan, one, states[i]!, random)));
  posts.round3 = own.flatMap((one, i) => accepted(makeRound3(plan, one, states[i]!, random)));
  const shares = own.map((one, i) => accepted(receiveShares(plan, one, states[i]!)).share);
  const open = assembleCeremony(plan, posts);
  return { ceremony: { ...open, acks: own.map((one, i) => makeAck(open, one, shares[i]!, random)) }, shares };
}

function accepted<Value>(step: CeremonyStep<Value>): Value {
  return step.ok ? step.value : assert.fail(JSON.stringify(step.complaints));
}

const withoutPlace = ({ i: _, ...post }: ReturnType<typeof commitOf>) => post;

test("mode 2: nobody reveals; two of three members open the sealed commits", async () => {
  const { house, people } = drawing;
  const lotId = await announcedLot(drawing, "2023-10-20T01:00:00.000Z");
  const drawId = await prepare(lotId, "recovery");
  await house.refused(
    people.operator,
    "drw.setRecovery",
    lotId,
    { drawId, ceremony: ceremonyFor("drw_another").ceremony },
    "draw.ceremony-invalid",
  );
  const { ceremony, shares } = ceremonyFor(drawId);
  await house.refused(people.operator, "drw.setRecovery", lotId, { drawId, ceremony: { ...ceremony, t: 3 } }, "draw.ceremony-invalid");
  await house.done(people.operator, "drw.setRecovery", lotId, { drawId, ceremony });
  const plan = await freeze(drawing, drawId);
  const all = await parties(drawId);
  await house.refused(
    all[0]!.person,
    "drw.contribute",
    lotId,
    { drawId, ...withoutPlace(commitOf({ ...plan, recovery: null }, { ...all[0]!, i: 0 })) },
    "draw.share-invalid",
  );
  await commit(drawing, lotId, plan, all);
  const commits = (await getDraw(drawing, drawId)).commits;
  const byMember = (number: number) => ({ drawId, partials: partialsOf(plan, commits, { number, share: shares[number - 1]! }) });
  await house.refused(members[0]!, "drw.postPartials", lotId, byMember(1), "act.not-possible-now");
  await house.jumpTo(window.commitBy);
  await house.refused(all[0]!.person, "drw.reveal", lotId, revealOf(all[0]!, drawId), "act.not-possible-now");
  await house.refused(members[1]!, "drw.postPartials", lotId, byMember(1), "draw.partial-invalid");
  await house.refused(people.agent, "drw.postPartials", lotId, byMember(1), "draw.partial-invalid");
  await house.done(members[0]!, "drw.postPartials", lotId, byMember(1));
  await house.refused(members[0]!, "drw.postPartials", lotId, byMember(1), "draw.partial-invalid");
  assert.equal((await getDraw(drawing, drawId)).state, "revealing");
  await house.done(members[2]!, "drw.postPartials", lotId, byMember(3));
  assert.equal((await getDraw(drawing, drawId)).state, "derived");
  const record = await verifiedRecord(drawing, drawId);
  assert.deepEqual([record.reveals, record.faults], [[], []]);
});

let awaiting: { lotId: string; drawId: string; plan: DrawPlan };

test("mode 1 waits for the plan's round; with a fallback the authority may turn to the members before any reveal", async () => {
  const { house, people } = drawing;
  const later = { commitBy: "2023-09-15T10:55:00.000Z" };
  const lotId = await announcedLot(drawing, "2023-10-21T01:00:00.000Z");
  const { drawId } = await house.done(people.buyer, "drw.prepare", lotId, { ...window, ...later, way: "beacon" });
  const plan = await freeze(drawing, drawId);
  assert.equal(plan.beacon?.round, stored.round);
  await commit(drawing, lotId, plan, await parties(drawId));

  const otherLot = await announcedLot(drawing, "2023-10-22T01:00:00.000Z");
  const fallen = (await house.done(people.buyer, "drw.prepare", otherLot, { ...window, ...later, way: "fallback" })).drawId as string;
  const { ceremony, shares } = ceremonyFor(fallen);
  await house.done(people.operator, "drw.setRecovery", otherLot, { drawId: fallen, ceremony });
  const fallenPlan = await freeze(drawing, fallen);
  await commit(drawing, otherLot, fallenPlan, await parties(fallen));
  await house.jumpTo(later.commitBy);
  const reason = "信标中继全部不可达";
  await house.refused(people.supervisor, "drw.declareFallback", lotId, { drawId, reason, sig: "00".repeat(64) }, "act.not-possible-now");
  await house.refused(
    people.supervisor,
    "drw.declareFallback",
    otherLot,
    { drawId: fallen, reason, sig: "00".repeat(64) },
    "draw.signature-invalid",
  );
  await house.done(people.supervisor, "drw.declareFallback", otherLot, {
    drawId: fallen,
    reason,
    sig: signFallback(fallenPlan, reason, people.supervisor.drawSecret),
  });
  const commits = (await getDraw(drawing, fallen)).commits;
  for (const number of [1, 2])
    await house.done(members[number - 1]!, "drw.postPartials", otherLot, {
      drawId: fallen,
      partials: partialsOf(fallenPlan, commits, { number, share: shares[number - 1]! }),
    });
  assert.equal((await verifiedRecord(drawing, fallen)).fallback?.reason, reason);
  awaiting = { lotId, drawId, plan };
});

test("mode 1: the stored round is carried in by hand, never early, never another", async () => {
  const { house, people } = drawing;
  const { lotId, drawId } = awaiting;
  const file = { chain: quicknetChain, ...stored };
  const carry = (carried: object) => ({ drawId, carried, source: "手抄" });
  await revealAll(drawing, lotId, drawId, (await parties(drawId)).slice(0, 2));
  await house.refused(people.operator, "drw.carryBeacon", lotId, carry(file), "act.not-possible-now");
  await house.jumpTo(window.revealBy);
  assert.equal((await getDraw(drawing, drawId)).state, "revealing", "it waits for the beacon");
  await house.refused(people.operator, "drw.carryBeacon", lotId, carry(file), "beacon.not-yet");
  await house.jumpTo("2023-09-15T11:00:03.000Z");
  await house.refused(people.operator, "drw.carryBeacon", lotId, carry({ ...file, chain: "00".repeat(32) }), "beacon.wrong-chain");
  await house.refused(people.operator, "drw.carryBeacon", lotId, carry({ ...file, round: stored.round - 1 }), "beacon.wrong-round");
  const bent = carryCode(stored.round, stored.signature).replace("EGB1.6", "EGB1.7");
  await house.refused(people.operator, "drw.carryBeacon", lotId, carry({ code: bent }), "beacon.code-misread");
  await house.done(people.supervisor, "drw.carryBeacon", lotId, carry({ code: carryCode(stored.round, stored.signature) }));
  const record = await verifiedRecord(drawing, drawId);
  assert.deepEqual(record.faults, [{ code: "NO_REVEAL", i: 2 }]);
  assert.equal(record.beacon?.round, stored.round);
});
