import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkCeremony, makeRound1, makeRound2 } from "../../../formats/seal/index.ts";
import { buildEdge } from "../../app/http.ts";
import { stages } from "../../app/testing/stages.ts";
import { type TestHouse, testHouse } from "../../app/testing/test-house.ts";
import { openSession } from "../../identity/index.ts";
import { procedureById } from "../../kinds/index.ts";
import { machineClock } from "../../runtime/clock/clock.ts";
import { transaction } from "../../runtime/database/index.ts";
import { admittedLots, roadLot, type TradePeople, tradePeople } from "../catalogue/testing/admitted-lot.ts";
import { preparedLot } from "../tendering/testing/published-lot.ts";
import { loadLot, type Procedure } from "../transaction/index.ts";
import { ceremonyOf, memberIndexOf } from "./index.ts";
import { acceptAll, publicState, sealedCeremony, wrongHex } from "./testing/key-desks.ts";

let house: TestHouse;
let people: TradePeople;
before(async () => {
  house = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure });
  people = await tradePeople(house);
});
after(() => house.close());

const random = (length: number) => house.random.bytes(length);

async function lotAtCeremony(): Promise<string> {
  const [lotId] = await admittedLots(house, people, [roadLot]);
  await preparedLot(house, people, lotId as string);
  return lotId as string;
}

test("three members make a key that the public checks accept, and the step ends", async () => {
  const lotId = await lotAtCeremony();
  await sealedCeremony(house, people, lotId);
  await transaction(house.house.pool, async (tx) => {
    const whole = await ceremonyOf(tx, lotId);
    assert.ok(whole);
    assert.equal(checkCeremony(whole), undefined);
    assert.deepEqual(
      whole.members.map(({ role }) => role),
      ["buyer", "tradingCentre", "supervisionAuthority"],
    );
    assert.equal(whole.lotId, lotId);
    const lot = await loadLot(tx, lotId);
    assert.equal(whole.tenderId, lot?.transactionId);
    assert.equal(lot?.done.get("ceremony.run")?.outcome, "sealed");
    assert.equal(await memberIndexOf(tx, lotId, people.supervisor.personId), 3);
    assert.equal(await memberIndexOf(tx, lotId, people.agent.personId), undefined);
  });
});

test("those in charge read the ceremony from its first row on; before the notice nobody else knows of the lot", async () => {
  const lotId = await lotAtCeremony();
  await house.done(people.centre, "cer.start", lotId, { suite: 1, t: 2 });
  const edge = await buildEdge({ house: house.house, onFault: (error) => assert.fail(String(error)) });
  const url = `/api/v1/lots/${lotId}/ceremony`;
  const { personId, membershipId } = people.supervisor;
  const token = await openSession(house.house.pool, { personId, machineNow: machineClock.now(), random: house.random });
  const early = (await edge.inject({ url, headers: { authorization: `Bearer ${token}`, "egret-membership": membershipId } })).json();
  assert.equal((await edge.inject({ url })).statusCode, 404);
  assert.deepEqual([early.state, early.plan, early.ceremony], ["running", null, null]);
  await edge.close();
});

test("the national suite makes a key as well", async () => {
  const lotId = await lotAtCeremony();
  await sealedCeremony(house, people, lotId, 2);
  const whole = await transaction(house.house.pool, (tx) => ceremonyOf(tx, lotId));
  assert.ok(whole);
  assert.equal(checkCeremony(whole), undefined);
});

test("a bad row is refused with the verifier's code and leaves nothing; rounds come in order, once", async () => {
  const lotId = await lotAtCeremony();
  await house.refused(
    people.buyer,
    "cer.accept",
    lotId,
    { signKey: `02${wrongHex(32)}`, encKey: `03${wrongHex(32)}` },
    "act.not-possible-now",
  );
  await house.refused(people.buyer, "cer.start", lotId, { suite: 1, t: 2 }, "act.not-your-role");
  await house.done(people.centre, "cer.start", lotId, { suite: 1, t: 2 });
  await house.refused(people.centre, "cer.start", lotId, { suite: 1, t: 2 }, "act.not-possible-now");
  const notOnCurve = await house.refused(
    people.buyer,
    "cer.accept",
    lotId,
    { signKey: `02${"ff".repeat(32)}`, encKey: `03${"ff".repeat(32)}` },
    "ceremony.row-invalid",
  );
  assert.equal(notOnCurve.data.code, "E_POINT");
  const [buyer] = await acceptAll(house, people, lotId);
  assert.ok(buyer);
  const { plan } = await publicState(house, lotId);
  const first = makeRound1(plan, buyer.own, random);
  const forged = await house.refused(people.buyer, "cer.postRound1", lotId, { ...first.row, commit: wrongHex(32) }, "ceremony.row-invalid");
  assert.equal(forged.data.code, "E_SIG");
  await house.done(people.buyer, "cer.postRound1", lotId, first.row);
  await house.refused(people.buyer, "cer.postRound1", lotId, first.row, "ceremony.posted-already");
  const proof = {
    points: [plan.members[0]!.signKey, plan.members[0]!.encKey],
    pok: { c: wrongHex(32), z: wrongHex(32) },
    sig: wrongHex(64),
  };
  await house.refused(people.buyer, "cer.postRound2", lotId, proof, "ceremony.round-not-open");
  assert.deepEqual((await publicState(house, lotId)).posts.round1, [first.row]);
});

test("points that differ from the commitment are refused (E_DKG_COMMIT)", async () => {
  const lotId = await lotAtCeremony();
  await house.done(people.centre, "cer.start", lotId, { suite: 1, t: 2 });
  const desks = await acceptAll(house, people, lotId);
  const { plan } = await publicState(house, lotId);
  for (const desk of desks) {
    const { polynomial, row } = makeRound1(plan, desk.own, random);
    desk.polynomial = polynomial;
    await house.done(desk.person, "cer.postRound1", lotId, row);
  }
  const { posts } = await publicState(house, lotId);
  const buyer = desks[0]!;
  const other = makeRound1(plan, buyer.own, random).polynomial;
  const step = makeRound2(plan, buyer.own, { polynomial: other, posts }, random);
  assert.ok(step.ok);
  const problem = await house.refused(people.buyer, "cer.postRound2", lotId, step.value, "ceremony.row-invalid");
  assert.equal(problem.data.code, "E_DKG_COMMIT");
});

test("a complaint voids the ceremony, and it begins again without the accused", async () => {
  const lotId = await lotAtCeremony();
  await house.done(people.centre, "cer.start", lotId, { suite: 1, t: 2 });
  await acceptAll(house, people, lotId);
  await house.done(people.buyer, "cer.complain", lotId, { against: 3, round: 3, code: "E_SHARE", note: "份额与公开点不符" });
  await house.done(people.centre, "cer.start", lotId, { suite: 1, t: 2 });
  await house.refused(
    people.supervisor,
    "cer.accept",
    lotId,
    { signKey: `02${wrongHex(32)}`, encKey: `03${wrongHex(32)}` },
    "ceremony.excluded",
  );
});
