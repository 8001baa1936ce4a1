/** The frame that every stage stands on: signatures, first answers, roles, steps, holds, deadlines, sealed acts. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Type } from "@sinclair/typebox";
import { signCommand } from "../../formats/act.ts";
import { findActor } from "../identity/index.ts";
import { refuse } from "../kernel/index.ts";
import { checkRecord, readStream } from "../record/index.ts";
import {
  act,
  appendSealed,
  completeStep,
  holdLot,
  openLot,
  openSealedRow,
  ownSealedActs,
  type Procedure,
  releaseHold,
  type Stage,
  setMilestone,
  startRun,
  transactionStage,
} from "../trade/transaction/index.ts";
import { type TestHouse, type TestPerson, testHouse } from "./testing/test-house.ts";

const procedure: Procedure = {
  id: "T",
  column: "T",
  pack: "default",
  version: 1,
  name: { zh: "试验程序", en: "trial procedure" },
  steps: () => [
    { name: "catalogue.admit", sort: "G", optional: false, rolling: false },
    { name: "bidding.submit", sort: "W", optional: false, rolling: false },
    { name: "opening.open", sort: "G", optional: false, rolling: false },
  ],
  route: (_, step, outcome) =>
    outcome === "tooFew" ? { to: "fail", cause: outcome } : step === "opening.open" ? { to: "complete" } : { to: "next" },
  parameter: () => undefined as never,
  method: () => undefined as never,
};

let asked = 0;
const text = Type.Object({ words: Type.String() }, { additionalProperties: false });
const title = { zh: "试验", en: "trial" };

const trial: Stage = {
  name: "trial",
  reads: [],
  views: [],
  acts: [
    act({
      name: "tst.open",
      title,
      who: ["centre"],
      about: "free",
      lock: "exclusive",
      data: Type.Object({ buyer: Type.String(), supervisor: Type.String() }),
      async decide(context, { buyer, supervisor }) {
        const lotId = await openLot(context, context.newId("trx"), {
          title: "一条路",
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
      title,
      who: ["buyer"],
      about: "lot",
      lock: "exclusive",
      data: Type.Object({ minutes: Type.Integer() }),
      async decide(context, { minutes }) {
        await context.append(context.lot.id, "lot.lawBound", { lawDate: "2026-11-02", ruleSetHash: "" });
        await startRun(context, 1, "first");
        await openSealedRow(context);
        await completeStep(context, "catalogue.admit", "done");
        const refusal = await setMilestone(context, "bidDeadline", context.now + minutes * 60_000, "announced");
        return refusal ?? {};
      },
    }),
    act({
      name: "tst.seal",
      title,
      who: ["bidder"],
      about: "lot",
      lock: "shared",
      step: "bidding.submit",
      sealed: true,
      data: text,
      async decide(context, { words }) {
        if (words === "no") return refuse("bid.late", { message: "晚了", messageEn: "late" });
        await appendSealed(context, "tst.seal", { words });
        return { words, partyId: (await ownSealedActs(context)).length };
      },
    }),
    act({
      name: "tst.hesitate",
      title,
      who: ["centre"],
      about: "free",
      lock: "exclusive",
      data: Type.Object({}),
      // What was wrong at the first asking is right at the second.
      decide: async () => (asked++ === 0 ? refuse("bid.late", { message: "晚了", messageEn: "late" }) : {}),
    }),
    act({
      name: "tst.hold",
      title,
      who: ["supervisor"],
      about: "lot",
      lock: "exclusive",
      data: Type.Object({}),
      decide: async (context) => ({
        hold: await holdLot(context, {
          cause: "投诉",
          ref: null,
          blocks: ["bidding.*"],
          freezes: [{ milestone: "bidDeadline", mode: "pause" }],
        }),
      }),
    }),
    act({
      name: "tst.release",
      title,
      who: ["supervisor"],
      about: "lot",
      lock: "exclusive",
      data: Type.Object({ hold: Type.String() }),
      async decide(context, { hold }) {
        await releaseHold(context, hold, 0);
        return {};
      },
    }),
  ],
  onMilestone: {
    bidDeadline: async (context) => {
      await completeStep(context, "bidding.submit", "closed");
      await completeStep(context, "opening.open", "opened");
    },
  },
};

let world: TestHouse;
let buyer: TestPerson;
let centre: TestPerson;
let supervisor: TestPerson;
let bidder: TestPerson;
before(async () => {
  world = await testHouse({ stages: [transactionStage, trial], procedure: () => procedure });
  [buyer, centre, supervisor, bidder] = [
    await world.person("buyer"),
    await world.person("centre"),
    await world.person("supervisor"),
    await world.person("bidder"),
  ];
});
after(() => world.close());

async function lot(minutes = 10): Promise<string> {
  const { lotId } = await world.done(centre, "tst.open", null, { buyer: buyer.organisationId, supervisor: supervisor.organisationId });
  await world.done(buyer, "tst.begin", lotId, { minutes });
  return lotId;
}

test("a repeated command gets the same bytes and happens once; another body under its id is refused", async () => {
  const lotId = await lot();
  const command = signCommand(
    { v: 1, act: "tst.seal", commandId: "cmd_0000000000000001", membership: bidder.membershipId, lotId, data: { words: "a" } },
    bidder.secretKey,
  );
  const actor = await findActor(world.house.pool, bidder.personId, bidder.membershipId, world.clock.now());
  assert.ok(actor);
  const [one, two] = await Promise.all([
    world.house.perform(command, actor, world.clock.now()),
    world.house.perform(command, actor, world.clock.now()),
  ]);
  assert.deepEqual(one, two);
  const other = signCommand({ ...command, data: { words: "b" } }, bidder.secretKey);
  assert.equal(JSON.parse((await world.house.perform(other, actor, world.clock.now())).text).code, "request.key-reused");
  const forged = { ...command, commandId: "cmd_0000000000000002" };
  assert.equal(JSON.parse((await world.house.perform(forged, actor, world.clock.now())).text).code, "auth.act-signature-invalid");
});

test("a command that comes twice at once, refused the first time and done the second, has one answer", async () => {
  const command = signCommand(
    { v: 1, act: "tst.hesitate", commandId: "cmd_0000000000000009", membership: centre.membershipId, lotId: null, data: {} },
    centre.secretKey,
  );
  const actor = await findActor(world.house.pool, centre.personId, centre.membershipId, world.clock.now());
  assert.ok(actor);
  const once = () => world.house.perform(command, actor, world.clock.now());
  const answers = await Promise.all([once(), once(), once(), once()]);
  assert.equal(new Set([...answers, await once()].map(({ text: said }) => said)).size, 1);
});

test("who has no standing in the lot, and what is not open, is refused by name", async () => {
  const lotId = await lot();
  const stranger = await world.person("buyer");
  await world.refused(stranger, "tst.begin", lotId, { minutes: 1 }, "act.not-your-role");
  await world.refused(bidder, "tst.begin", lotId, { minutes: 1 }, "act.not-your-role");
  await world.refused(buyer, "tst.begin", "lot_00000000000000000000000000", { minutes: 1 }, "object.unknown");
  await world.refused(buyer, "tst.begin", lotId, { minutes: "x" }, "request.invalid");
});

test("a refusal leaves nothing behind", async () => {
  const { lotId } = await world.done(centre, "tst.open", null, { buyer: buyer.organisationId, supervisor: supervisor.organisationId });
  await world.refused(buyer, "tst.begin", lotId, { minutes: -5 }, "lot.milestone-in-past");
  assert.deepEqual(
    (await readStream(world.house.pool, lotId)).map((event) => event.type),
    ["lot.opened"],
  );
});

test("answers to sealed acts have one size, refused or not, and the database shows neither lot nor bidder nor words", async () => {
  const lotId = await lot();
  const actor = await findActor(world.house.pool, bidder.personId, bidder.membershipId, world.clock.now());
  const sizes = new Set<number>();
  for (const words of ["canary-words-1", "no"]) {
    const command = signCommand(
      { v: 1, act: "tst.seal", commandId: `cmd_sealed_${words.padEnd(16, "0")}`, membership: bidder.membershipId, lotId, data: { words } },
      bidder.secretKey,
    );
    if (actor) sizes.add((await world.house.perform(command, actor, world.clock.now())).text.length);
  }
  assert.deepEqual([...sizes], [4096]);
  const { rows } = await world.house.pool.query("SELECT event FROM record.event WHERE type = 'sealed.event'");
  const { rows: kept } = await world.house.pool.query("SELECT * FROM record.command WHERE actor = 'sealed'");
  const seen = JSON.stringify([rows, kept]);
  for (const secret of ["canary-words-1", lotId, bidder.organisationId, bidder.personId, "cmd_sealed_"])
    assert.ok(!seen.includes(secret), `${secret} is readable`);
});

test("a limit is reached once, and what it closes is closed", async () => {
  const lotId = await lot(1);
  await world.jumpTo(world.clock.now() + 60_000);
  const types = (await readStream(world.house.pool, lotId)).map((event) => event.type);
  assert.equal(types.filter((type) => type === "lot.milestoneReached").length, 1);
  assert.equal(types[types.length - 1], "lot.completed");
  await world.refused(bidder, "tst.seal", lotId, { words: "late" }, "act.step-not-open");
});

test("a hold stops the step and keeps the remaining time of a frozen limit", async () => {
  const lotId = await lot(10);
  const { hold } = await world.done(supervisor, "tst.hold", lotId, {});
  await world.refused(bidder, "tst.seal", lotId, { words: "held" }, "act.on-hold");
  await world.jumpTo(world.clock.now() + 3_600_000);
  await world.done(supervisor, "tst.release", lotId, { hold });
  const events = await readStream(world.house.pool, lotId);
  const set = events.filter((event) => event.type === "lot.milestoneSet");
  assert.equal(Date.parse(set[1]?.data.at) - Date.parse(set[0]?.data.at), 3_600_000);
  assert.ok(!events.some((event) => event.type === "lot.milestoneReached"));
});

test("the thread folds from the record alone, and the record is whole", async () => {
  await world.house.numberer.settle();
  assert.equal((await checkRecord(world.house.pool)).fault, null);
  const client = await world.house.pool.connect();
  for (const name of ["transaction.lot", "transaction.sealed-act", "identity.subjects"]) {
    const print = await world.house.views.fingerprint(client, name);
    await world.house.views.rebuild(client, name);
    assert.deepEqual(await world.house.views.fingerprint(client, name), print, name);
  }
  client.release();
});
