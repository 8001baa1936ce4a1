/** Builders for tests: a lot that runs, people with draw keys, and draws held by their signed acts. For tests only. */
import assert from "node:assert/strict";
import { Type } from "@sinclair/typebox";
import { hex } from "../../../../formats/bytes.ts";
import { type CommitPost, type DrawPlan, type DrawRecord, makeCommit, makePartial, signFreeze } from "../../../../formats/draw/index.ts";
import { sha256 } from "../../../../formats/jcs.ts";
import { verifyDraw } from "../../../../verifier/draw/index.ts";
import { type TestHouse, type TestPerson, testHouse } from "../../../app/testing/test-house.ts";
import { findKey } from "../../../identity/index.ts";
import { parseInstant } from "../../../kernel/index.ts";
import { procedureById } from "../../../kinds/index.ts";
import { catalogueStage } from "../../catalogue/index.ts";
import { admittedLots, type TradePeople } from "../../catalogue/testing/admitted-lot.ts";
import { act, bindLaw, completeStep, type Procedure, type Stage, setMilestone, transactionStage } from "../../transaction/index.ts";
import { type Draw, drawOf, drawRecord } from "../index.ts";
import { planHashOf, planOf } from "../plan-of.ts";

export interface DrawPeople extends TradePeople {
  operator: TestPerson;
}

/** Stands in for the notice and the opening: it binds the law, announces the deadline, and finishes steps. */
const rehearsalStage: Stage = {
  name: "rehearsal",
  acts: [
    act({
      name: "tst.announce",
      title: { zh: "测试：公告", en: "test: notice" },
      who: ["buyer"],
      about: "lot",
      lock: "exclusive",
      data: Type.Object({ bidDeadline: Type.String() }),
      async decide(context, { bidDeadline }) {
        await bindLaw(context);
        await completeStep(context, "tendering.publish", "published");
        return setMilestone(context, "bidDeadline", parseInstant(bidDeadline), "test");
      },
    }),
    act({
      name: "tst.finish",
      title: { zh: "测试：完成环节", en: "test: finish a step" },
      who: ["buyer"],
      about: "lot",
      lock: "exclusive",
      data: Type.Object({ step: Type.String(), outcome: Type.String() }),
      async decide(context, { step, outcome }) {
        await completeStep(context, step, outcome);
        return {};
      },
    }),
  ],
  reads: [],
  views: [],
};

export interface Drawing {
  house: TestHouse;
  people: DrawPeople;
}

export async function drawingHouse(stages: readonly Stage[], start = "2026-11-02T01:00:00.000Z"): Promise<Drawing> {
  const house = await testHouse({
    stages: [transactionStage, catalogueStage, ...stages, rehearsalStage],
    procedure: (id) => procedureById(id) as Procedure,
    start,
  });
  const buyer = await house.person("buyer", "鹭江新城建设发展有限公司");
  const agent = await house.person("agent", "闽南天衡招标咨询有限公司");
  const [centre, operator] = (await house.colleagues(["centre", "drawOperator"], "鹭江公共资源交易中心")) as [TestPerson, TestPerson];
  return { house, people: { buyer, agent, centre, operator, supervisor: await house.person("supervisor", "市建设局") } };
}

/** A lot whose notice is out and whose deadline is announced. */
export async function announcedLot({ house, people }: Drawing, bidDeadline: string): Promise<string> {
  const [lotId] = await admittedLots(house, people);
  await house.done(people.buyer, "tst.announce", lotId as string, { bidDeadline });
  return lotId as string;
}

export async function getDraw({ house }: Drawing, drawId: string): Promise<Draw> {
  return (await drawOf(house.house.pool, drawId)) ?? assert.fail(`no draw ${drawId}`);
}

/** The operator looks at the plan, signs it and freezes it. */
export async function freeze(drawing: Drawing, drawId: string): Promise<DrawPlan> {
  const { house, people } = drawing;
  const draw = await getDraw(drawing, drawId);
  const operatorKey = (await findKey(house.house.pool, people.operator.personId, "ed25519")) as string;
  const plan = planOf(draw, { operatorKey, vrfKey: house.platform.keys.vrfKey }) ?? assert.fail("no plan yet");
  await house.done(people.operator, "drw.freeze", draw.lotId, {
    drawId,
    planHash: planHashOf(plan),
    sig: signFreeze(plan, people.operator.drawSecret),
  });
  return plan;
}

export interface Party {
  person: TestPerson;
  i: number;
}

/** Who contributes, in the order of the plan. */
export function partiesOf(draw: Draw, people: readonly TestPerson[]): Party[] {
  return draw.contributors.map(({ personId }, i) => ({
    i,
    person: people.find((one) => one.personId === personId) ?? assert.fail(`who is ${personId}?`),
  }));
}

export function secretOf({ person, i }: Party, drawId: string) {
  return { s: sha256("share\n", person.drawSecret, drawId, String(i)), rho: sha256("blind\n", person.drawSecret, drawId, String(i)) };
}

export function commitOf(plan: DrawPlan, party: Party): CommitPost {
  const sealScalar = plan.recovery ? { sealScalar: sha256("scalar\n", party.person.drawSecret, plan.drawId) } : {};
  return makeCommit({ plan, i: party.i, ...secretOf(party, plan.drawId), signingSecret: party.person.drawSecret, ...sealScalar });
}

export async function commit({ house }: Drawing, lotId: string, plan: DrawPlan, parties: readonly Party[]): Promise<void> {
  for (const party of parties) {
    const { i: _, ...post } = commitOf(plan, party);
    await house.done(party.person, "drw.contribute", lotId, { drawId: plan.drawId, ...post });
  }
}

export function revealOf(party: Party, drawId: string) {
  const { s, rho } = secretOf(party, drawId);
  return { drawId, s: hex(s), rho: hex(rho) };
}

export async function revealAll({ house }: Drawing, lotId: string, drawId: string, parties: readonly Party[]): Promise<void> {
  for (const party of parties) await house.done(party.person, "drw.reveal", lotId, revealOf(party, drawId));
}

/** The partials of one member for every commit. */
export function partialsOf(plan: DrawPlan, commits: readonly CommitPost[], member: { number: number; share: Uint8Array }) {
  return commits.map((one) => {
    const nonce = sha256("nonce\n", member.share, String(one.i));
    const { member: _, ...partial } = makePartial({ plan, commit: one, member: member.number, share: member.share, nonce });
    return partial;
  });
}

/** The record that anybody can read, proved by the independent verifier. */
export async function verifiedRecord({ house }: Drawing, drawId: string): Promise<DrawRecord> {
  const record = await drawRecord(house.house.pool, drawId);
  const verdict = verifyDraw(JSON.stringify(record));
  assert.equal(verdict.ok, true, JSON.stringify(verdict));
  return record;
}
