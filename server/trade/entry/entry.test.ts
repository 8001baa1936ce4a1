import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Type } from "@sinclair/typebox";
import { type TestHouse, type TestPerson, testHouse } from "../../app/testing/test-house.ts";
import { readStream } from "../../record/index.ts";
import { openHeader } from "../bidding/index.ts";
import { act, openLot, openSealedRow, type Procedure, type Stage, setMilestone, startRun, transactionStage } from "../transaction/index.ts";
import { entrantsOf, entryStage, entryStream } from "./index.ts";

const termsSha256 = "ab".repeat(32);
const day = 86_400_000;
const start = Date.parse("2026-11-02T01:00:00.000Z");
const step = (name: string, sort: "G" | "W" | "P") => ({ name, sort, optional: false, rolling: false });
const procedure: Procedure = {
  id: "T",
  column: "T",
  pack: "default",
  version: 1,
  name: { zh: "试验招租", en: "trial lease" },
  steps: (pass) =>
    pass === 1 ? [step("entry.notifyHolders", "P"), step("entry.register", "W"), step("entry.qualify", "G")] : [step("auction.run", "G")],
  route: (_, name, outcome) =>
    name !== "entry.qualify" ? { to: "next" } : outcome === "enough" ? { to: "pass", pass: 2 } : { to: "fail", cause: outcome },
  parameter: () => undefined as never,
  method: () => undefined as never,
};

const trial: Stage = {
  name: "trial",
  reads: [],
  views: [],
  acts: [
    act({
      name: "tst.open",
      title: { zh: "试验", en: "trial" },
      who: ["centre"],
      about: "free",
      lock: "exclusive",
      data: Type.Object({ buyer: Type.String(), supervisor: Type.String() }),
      async decide(context, { buyer, supervisor }) {
        const wish = {
          title: "沿街店面招租",
          estimateFen: "100",
          procedureId: "T",
          projectId: "prj_1",
          sector: "housing",
          regionCode: "350200",
        };
        const parties = { buyer, agent: null, centre: context.actor.organisationId, supervisor };
        return { lotId: await openLot(context, context.newId("trx"), { ...wish, parties, codes: {}, round: 1, predecessor: null }) };
      },
    }),
    act({
      name: "tst.publish",
      title: { zh: "试验", en: "trial" },
      who: ["centre"],
      about: "lot",
      lock: "exclusive",
      data: Type.Object({ auctionInDays: Type.Integer() }),
      async decide(context, { auctionInDays }) {
        await context.append(context.lot.id, "lot.lawBound", { lawDate: "2026-11-02", ruleSetHash: "" });
        await startRun(context, 1, "first");
        await openSealedRow(context);
        await setMilestone(context, "bidDeadline", context.now + 3 * day, "announced");
        await setMilestone(context, "auctionStart", context.now + auctionInDays * day, "announced");
        return {};
      },
    }),
  ],
};

let world: TestHouse;
const people: Record<string, TestPerson> = {};
/** Whose deposit the bank had in full; the deposit stage has tests of its own. */
const paid = new Set<string>();
const names = ["one", "two", "three", "unpaid", "left", "late"];

before(async () => {
  const ports = {
    termsSha256: async () => termsSha256,
    openHeader,
    depositsOf: async () => new Map([...paid].map((organisation) => [organisation, { inTime: true }])),
  };
  world = await testHouse({ stages: [transactionStage, entryStage(ports), trial], procedure: () => procedure });
  for (const role of ["centre", "buyer", "supervisor"] as const) people[role] = await world.person(role);
  for (const name of names) people[name] = await world.person("bidder", name);
  for (const name of ["one", "two", "three", "left"]) paid.add(person(name).organisationId);
});
after(() => world.close());

const person = (name: string) => people[name] as TestPerson;

async function published(auctionInDays = 6): Promise<string> {
  const parties = { buyer: person("buyer").organisationId, supervisor: person("supervisor").organisationId };
  const { lotId } = await world.done(person("centre"), "tst.open", null, parties);
  await world.done(person("centre"), "tst.publish", lotId, { auctionInDays });
  return lotId;
}

test("the holder of a right is told at least five days before the auction (民法典 727, AST-008)", async () => {
  const wish = { right: "承租人优先承租权", how: "书面送达" };
  const { ruleId, data } = await world.refused(person("buyer"), "ent.notifyHolder", await published(4), wish, "entry.holder-told-late");
  assert.deepEqual([ruleId, data.measured, data.required], ["AST-008", 4, 5]);
  await world.done(person("buyer"), "ent.notifyHolder", await published(5), wish);
});

test("registered and paid in full gives a number; nothing of it is there before the end, and who took it back or did not pay has none (AST-016)", async () => {
  const lotId = await published();
  const begun = world.clock.now();
  for (const name of names.slice(0, 5)) await world.done(person(name), "ent.register", lotId, { termsSha256 });
  await world.done(person("one"), "ent.register", lotId, { termsSha256 });
  await world.done(person("left"), "ent.withdraw", lotId, {});
  await world.refused(person("one"), "ent.register", lotId, { termsSha256: "cd".repeat(32) }, "entry.other-terms");
  await world.refused(person("buyer"), "ent.register", lotId, { termsSha256 }, "act.not-your-role");
  assert.deepEqual(await readStream(world.house.pool, entryStream({ id: lotId, run: 1 })), []);
  await world.jumpTo(begun + 3 * day);
  const entrants = await entrantsOf(world.house.pool, { id: lotId, run: 1 });
  assert.deepEqual(
    [...entrants.values()]
      .filter(({ number }) => number !== null)
      .map(({ number }) => number)
      .sort(),
    [1, 2, 3],
  );
  assert.deepEqual(entrants.get(person("unpaid").organisationId)?.grounds, ["deposit.not-full"]);
  assert.equal(entrants.has(person("left").organisationId), false);
  await world.refused(person("late"), "ent.register", lotId, { termsSha256 }, "act.step-not-open");
});

test("an owner who also bids elsewhere may not register in its own lot (拍卖法 30, AST-005)", async () => {
  const [owner, bidder] = await world.colleagues(["buyer", "bidder"], "自营公司");
  const parties = { buyer: (owner as TestPerson).organisationId, supervisor: person("supervisor").organisationId };
  const { lotId } = await world.done(person("centre"), "tst.open", null, parties);
  await world.done(person("centre"), "tst.publish", lotId, { auctionInDays: 6 });
  const { ruleId } = await world.refused(bidder as TestPerson, "ent.register", lotId, { termsSha256 }, "entry.not-eligible");
  assert.equal(ruleId, "AST-005");
});

test("nobody who paid: the lot fails; the very end is in time, one millisecond later is not", async () => {
  const lotId = await published();
  const end = world.clock.now() + 3 * day;
  await world.jumpTo(end - 1);
  world.clock.jumpTo(end);
  await world.done(person("unpaid"), "ent.register", lotId, { termsSha256 });
  world.clock.jumpTo(end + 1);
  await world.house.settle();
  const told = await readStream(world.house.pool, lotId);
  assert.deepEqual(
    told.filter(({ type }) => type === "lot.stepDone").map(({ data }) => [data.step, data.outcome]),
    [
      ["entry.register", "closed"],
      ["entry.qualify", "none"],
    ],
  );
  assert.equal(told.at(-1)?.type, "lot.failed");
  assert.ok(end > start);
});
