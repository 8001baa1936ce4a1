import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Type } from "@sinclair/typebox";
import { OfferMaker } from "../../app/testing/offer-makers.ts";
import { type TestHouse, type TestPerson, testHouse } from "../../app/testing/test-house.ts";
import { isRefusal } from "../../kernel/index.ts";
import { readStream } from "../../record/index.ts";
import { act, completeStep, openLot, openSealedRow, type Procedure, type Stage, startRun, transactionStage } from "../transaction/index.ts";
import { AuctionFloor } from "./auction-floor.ts";
import { hallStream, sessionStream } from "./hall.ts";
import { matchDrainMs } from "./move-on.ts";
import { takeOffer } from "./offer-door.ts";
import type { AuctionPorts } from "./ports.ts";
import { auctionStage } from "./stage.ts";
import { ascendingTerms } from "./testing/session.ts";

const matchMs = 300_000;
const countdown = ascendingTerms.phases[1]?.lastsMs as number;
const terms = { ...ascendingTerms, priority: { number: 2, matchMs } };
const start = Date.parse("2026-11-23T02:00:00.000Z");

/** Qualified, then the auction: what a column of assets has around it, without the stages that are not asked here. */
const gate = (name: string) => ({ name, sort: "G" as const, optional: false, rolling: false });
const procedure: Procedure = {
  id: "T",
  column: "T",
  pack: "default",
  version: 1,
  name: { zh: "试验竞价", en: "trial auction" },
  steps: (pass) => (pass === 1 ? [gate("entry.qualify")] : [gate("auction.run"), gate("auction.match"), gate("award.decide")]),
  route: (_, step) => (step === "entry.qualify" ? { to: "pass", pass: 2 } : { to: "next" }),
  parameter: () => undefined as never,
  method: () => undefined as never,
};

const trial: Stage = {
  name: "trial",
  reads: [],
  views: [],
  acts: [
    act({
      name: "tst.qualify",
      title: { zh: "试验", en: "trial" },
      who: ["centre"],
      about: "free",
      lock: "exclusive",
      data: Type.Object({ buyer: Type.String(), supervisor: Type.String() }),
      async decide(context, { buyer, supervisor }) {
        const lotId = await openLot(context, context.newId("trx"), {
          title: "沿街店面招租",
          estimateFen: "100",
          procedureId: "T",
          projectId: "prj_1",
          parties: { buyer, agent: null, centre: context.actor.organisationId, supervisor },
          sector: "housing",
          regionCode: "350200",
          codes: {},
          round: 1,
          predecessor: null,
        });
        return { lotId };
      },
    }),
    act({
      name: "tst.begin",
      title: { zh: "试验", en: "trial" },
      who: ["centre"],
      about: "lot",
      lock: "exclusive",
      data: Type.Object({}),
      async decide(context) {
        await context.append(context.lot.id, "lot.lawBound", { lawDate: "2026-11-02", ruleSetHash: "" });
        await startRun(context, 1, "first");
        await openSealedRow(context);
        await completeStep(context, "entry.qualify", "enough");
        return {};
      },
    }),
  ],
};

let world: TestHouse;
let floor: AuctionFloor;
let lotId: string;
const people: Record<string, TestPerson> = {};
const numbers = new Map<string, number>();
const makers = new Map<string, OfferMaker>();

before(async () => {
  const ports: AuctionPorts = {
    floor: () => floor,
    announced: async () => ({ terms, startsAt: start }),
    numberOf: async (_, organisationId) => numbers.get(organisationId),
  };
  world = await testHouse({
    stages: [transactionStage, auctionStage(ports), trial],
    procedure: () => procedure,
    start: "2026-11-23T01:50:00.000Z",
  });
  const { house } = world;
  floor = new AuctionFloor({
    pool: house.pool,
    clock: house.clock,
    shard: 1,
    random: (bytes) => world.random.bytes(bytes),
    publish: () => undefined,
    committed: () => house.numberer.wake(),
    onFault: (error) => assert.fail(String(error)),
  });
  await floor.start();
  for (const role of ["centre", "buyer", "supervisor"] as const) people[role] = await world.person(role);
  for (const name of ["one", "two", "none"]) people[name] = await world.person("bidder", name);
  const party = (name: string) => (people[name] as TestPerson).organisationId;
  ({ lotId } = await world.done(person("centre"), "tst.qualify", null, { buyer: party("buyer"), supervisor: party("supervisor") }));
  await world.done(person("centre"), "tst.begin", lotId, {});
  for (const [name, number] of [
    ["one", 1],
    ["two", 2],
  ] as const) {
    numbers.set(party(name), number);
    makers.set(name, new OfferMaker(number));
  }
});
after(async () => {
  floor.close();
  await world.close();
});

const person = (name: string) => people[name] as TestPerson;
const lot = () => ({ id: lotId, run: 2 });
const session = () => floor.sequencer?.session(sessionStream(lot()));

async function offer(name: string, yuan: number) {
  const maker = makers.get(name) as OfferMaker;
  const offerId = `offer-${name}-${yuan}-000000`;
  const answer = await takeOffer(
    floor.sequencer as NonNullable<typeof floor.sequencer>,
    maker.sign({ auction: sessionStream(lot()), offerId, number: maker.number, priceFen: String(yuan * 100), lastSeqSeen: 0 }),
  );
  assert.ok(!isRefusal(answer), JSON.stringify(answer));
  return answer;
}

async function passTo(at: number) {
  await world.jumpTo(at);
  floor.sequencer?.tick();
  await floor.sequencer?.move(sessionStream(lot()), () => undefined, "cmd_nothing");
  await world.house.settle();
}

test("when enough are qualified, the session stands with the terms of the notice", () => {
  assert.deepEqual([session()?.status, session()?.startsAt, session()?.terms.mode], ["scheduled", start, "ascending"]);
});

test("only who has a number enters, and the hall's record names nobody (AST-016)", async () => {
  await world.refused(person("none"), "auc.enter", lotId, { key: (makers.get("one") as OfferMaker).key }, "auction.not-numbered");
  for (const [name, maker] of makers)
    assert.deepEqual(await world.done(person(name), "auc.enter", lotId, { key: maker.key }), { number: maker.number });
  assert.deepEqual([...(session()?.keys.keys() ?? [])], [1, 2]);
  const told = JSON.stringify(await readStream(world.house.pool, hallStream(lot())));
  for (const { personId, membershipId, organisationId } of Object.values(people)) {
    for (const name of [personId, membershipId, organisationId]) assert.ok(!told.includes(name));
  }
});

test("entering again replaces the key: the first device bids no more", async () => {
  const old = makers.get("one") as OfferMaker;
  const fresh = new OfferMaker(1);
  await world.done(person("one"), "auc.enter", lotId, { key: fresh.key });
  const words = { auction: sessionStream(lot()), offerId: "offer-old-00000000", number: 1, priceFen: "10000", lastSeqSeen: 0 };
  const answer = await takeOffer(floor.sequencer as NonNullable<typeof floor.sequencer>, old.sign(words));
  assert.ok(isRefusal(answer) && answer.code === "auction.bad-signature");
  makers.set("one", fresh);
});

test("a pause needs two persons, the first of the centre; then it stops for all, and a resumption counts anew (AST-021)", async () => {
  await passTo(start + 61_000);
  assert.equal((await offer("one", 100)).accepted, true);
  const reason = { reason: "供电故障，需要核实" };
  await world.refused(person("supervisor"), "auc.pause", lotId, reason, "auction.pause-needs-two");
  assert.deepEqual(await world.done(person("centre"), "auc.pause", lotId, reason), { awaits: ["second"] });
  await world.refused(person("centre"), "auc.pause", lotId, reason, "auction.pause-needs-two");
  assert.equal(session()?.status, "live");
  await world.done(person("buyer"), "auc.pause", lotId, reason);
  assert.equal(session()?.status, "paused");
  assert.equal((await offer("two", 101)).code, "auction.paused");
  await world.refused(person("centre"), "auc.pause", lotId, reason, "act.not-possible-now");
  await world.done(person("centre"), "auc.resume", lotId, reason);
  await world.done(person("supervisor"), "auc.resume", lotId, reason);
  assert.deepEqual([session()?.status, session()?.endsAt], ["live", world.clock.now() + countdown]);
});

test("a wish to pause that nobody joins within ten minutes falls away", async () => {
  const reason = { reason: "测试过期的提议" };
  await world.done(person("centre"), "auc.pause", lotId, reason);
  await passTo(world.clock.now() + countdown - 1);
  assert.equal((await offer("two", 102)).accepted, true);
  for (let minutes = 0; minutes < 12; minutes += 2) {
    await passTo(world.clock.now() + 120_000);
    assert.equal((await offer(minutes % 4 === 0 ? "one" : "two", 103 + minutes)).accepted, true);
  }
  await world.refused(person("buyer"), "auc.pause", lotId, reason, "auction.pause-needs-two");
});

test("the holder matches in its time; the lot's steps end with the outcome of the session (AST-010, AST-018)", async () => {
  assert.equal((await offer("one", 130)).accepted, true);
  await world.refused(person("two"), "auc.match", lotId, {}, "auction.no-match-now");
  await passTo((session()?.endsAt as number) + 1);
  assert.equal(session()?.status, "matching");
  await world.refused(person("one"), "auc.match", lotId, {}, "auction.no-match-now");
  await world.jumpTo(session()?.endsAt as number);
  await world.done(person("two"), "auc.match", lotId, {});
  assert.deepEqual([session()?.status, session()?.best?.number, session()?.best?.priceFen], ["ended", 2, 13_000n]);
  await passTo(world.clock.now() + matchDrainMs + 1);
  const steps = (await readStream(world.house.pool, lotId))
    .filter(({ type }) => type === "lot.stepDone")
    .map(({ data }) => [data.step, data.outcome]);
  assert.deepEqual(steps, [
    ["entry.qualify", "enough"],
    ["auction.run", "sold"],
    ["auction.match", "matched"],
  ]);
});
