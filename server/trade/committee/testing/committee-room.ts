/** Builders for tests: a house with a pool, one lot at a time, and experts who answer with accounts of their own. For tests only. */
import assert from "node:assert/strict";
import { p256 } from "@noble/curves/nist.js";
import { hex } from "../../../../formats/bytes.ts";
import type { DrawPlan } from "../../../../formats/draw/index.ts";
import type { RosterRow } from "../../../../formats/exchange/index.ts";
import { sha256 } from "../../../../formats/jcs.ts";
import { creditCodeOf, type TestPerson } from "../../../app/testing/test-house.ts";
import { newId, seededRandom } from "../../../kernel/index.ts";
import { drawStage } from "../../draw/index.ts";
import { announcedLot, commit, type Drawing, drawingHouse, freeze, getDraw, partiesOf, revealAll } from "../../draw/testing/drawing.ts";
import { type Committee, committeeStage, expertsPurpose, type PoolFact, standingCommittee, takePoolFact } from "../index.ts";
import { rosterOf } from "../seat-people.ts";
import { testPool } from "./pool-port.ts";

export const opening = "2026-11-25T01:00:00.000Z";

/** Four experts in three strata and one representative of the buyer. */
export const wish = {
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

export class CommitteeRoom {
  readonly pool = testPool(seededRandom("pool"));
  /** Bidders, as the opening would tell them. */
  readonly register: { organisationId: string; creditCode: string }[] = [];
  readonly experts = new Map<string, TestPerson>();
  readonly ports = { pool: this.pool.port, registerOf: async () => this.register };
  drawing!: Drawing;
  lotId = "";
  #serial = 0;
  #messages = 0;

  async open(bidDeadline: string): Promise<void> {
    this.drawing = await drawingHouse([drawStage({ purposes: { experts: expertsPurpose(this.ports) } }), committeeStage(this.ports)]);
    this.lotId = await announcedLot(this.drawing, bidDeadline);
  }

  get db() {
    return this.drawing.house.house.pool;
  }

  done(person: TestPerson, act: string, data: unknown) {
    return this.drawing.house.done(person, act, this.lotId, data);
  }

  refused(person: TestPerson, act: string, data: unknown, code: string) {
    return this.drawing.house.refused(person, act, this.lotId, data, code);
  }

  /** The pool reports a fact. @returns whether it was taken. */
  async tell(fact: PoolFact): Promise<boolean> {
    const { house, clock } = this.drawing.house;
    const told = await takePoolFact(house.parts, this.ports, { fact, messageId: `m-${++this.#messages}`, now: clock.now() });
    await house.settle();
    return told;
  }

  async current(): Promise<Committee> {
    return (await standingCommittee(this.db, this.lotId)) ?? assert.fail("no committee");
  }

  async summoned() {
    return (await this.current()).seats.filter(({ state }) => state === "summoned");
  }

  /** From the list that the pool was asked for to the published result. */
  async drawOnce(commitBy: string): Promise<DrawPlan> {
    const { buyer, centre, supervisor, operator } = this.drawing.people;
    const order = this.pool.orders.at(-1);
    assert.ok(order?.order === "requestCandidates");
    await this.tell({ fact: "listed", list: this.pool.listFor(order.need) });
    const plan = await freeze(this.drawing, order.need.drawId);
    const parties = partiesOf(await getDraw(this.drawing, plan.drawId), [buyer, centre, supervisor]);
    await commit(this.drawing, this.lotId, plan, parties);
    await this.drawing.house.jumpTo(commitBy);
    await revealAll(this.drawing, this.lotId, plan.drawId, parties);
    await this.done(operator, "drw.publish", { drawId: plan.drawId });
    return plan;
  }

  async accept(poolId: string | null) {
    return this.done(await this.expertOf(poolId), "cmt.accept", { yearsInField: 12, noInterest: true });
  }

  async acceptAll(): Promise<void> {
    for (const { poolId } of await this.summoned()) await this.accept(poolId);
  }

  /** The account of the expert in a seat: enrolled with the name and telephone that the pool knows. */
  async expertOf(poolId: string | null): Promise<TestPerson> {
    const id = poolId ?? assert.fail("no expert's seat");
    const known = this.experts.get(id);
    if (known) return known;
    const [row] = await rosterOf(this.db, (await this.current()).needId, [id]);
    const person = await enrolExpert(this.drawing, row ?? assert.fail("not in the roster"), ++this.#serial);
    this.experts.set(id, person);
    return person;
  }
}

async function enrolExpert({ house }: Drawing, { contact, expertRef }: RosterRow, serial: number): Promise<TestPerson> {
  const secretKey = sha256("expert\n", expertRef);
  const [organisationId, personId] = [newId("org", house.clock.now(), house.random), newId("per", house.clock.now(), house.random)];
  const certificate = {
    usage: "sign",
    publicKey: hex(p256.getPublicKey(secretKey, true)),
    serial: `E${serial}`,
    certificate: "",
    notBefore: "2020-01-01T00:00:00.000Z",
    notAfter: "2030-01-01T00:00:00.000Z",
  };
  await house.done(house.registrar, "org.enrol", null, {
    organisation: {
      id: organisationId,
      creditCode: creditCodeOf(9_000_000 + serial),
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
