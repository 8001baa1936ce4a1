/** Memberships and mandates through their life, by signed acts on a real house; and the sessions that end with them. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Type } from "@sinclair/typebox";
import { type TestHouse, type TestPerson, testHouse } from "../../app/testing/test-house.ts";
import { machineClock } from "../../runtime/clock/clock.ts";
import { act, openLot, type Procedure, type Stage, transactionStage } from "../../trade/transaction/index.ts";
import { findActor } from "../people.ts";
import { endSessionById, findSession, openSession, sessionsOf, switchMembership } from "../session.ts";
import { incompatibleRole } from "./membership-acts.ts";

const procedure: Procedure = {
  id: "T",
  column: "T",
  pack: "default",
  version: 1,
  name: { zh: "试验程序", en: "trial procedure" },
  steps: () => [{ name: "catalogue.admit", sort: "G", optional: false, rolling: false }],
  route: () => ({ to: "complete" }),
  parameter: () => undefined as never,
  method: () => undefined as never,
};
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
      data: Type.Object({ buyer: Type.String(), agent: Type.String() }),
      async decide(context, { buyer, agent }) {
        const parties = { buyer, agent, centre: context.actor.organisationId, supervisor: context.actor.organisationId };
        const wish = {
          title: "一条路",
          estimateFen: "100",
          procedureId: "T",
          projectId: "prj_1",
          parties,
          sector: "housing",
          regionCode: "350200",
          codes: {},
          round: 1,
          predecessor: null,
        };
        return { lotId: await openLot(context, context.newId("trx"), wish) };
      },
    }),
    ...["tst.draft", "xst.draft"].map((name) =>
      act({ name, title, who: ["buyer", "agent"], about: "lot", lock: "exclusive", data: Type.Object({}), decide: async () => ({}) }),
    ),
  ],
};

let world: TestHouse;
let centre: TestPerson;
before(async () => {
  world = await testHouse({ stages: [transactionStage, trial], procedure: () => procedure });
  centre = await world.person("centre");
});
after(() => world.close());

const inMembership = (person: TestPerson, membershipId: string, role = person.role): TestPerson => ({ ...person, membershipId, role });
const later = (ms: number) => new Date(world.clock.now() + ms).toISOString();
const session = async (person: TestPerson) =>
  openSession(world.house.pool, { personId: person.personId, machineNow: machineClock.now(), random: world.random });
const isOpen = async (token: string) => (await findSession(world.house.pool, token, machineClock.now())) !== undefined;

test("a registrar grants and ends a membership; it acts only in between", async () => {
  const [buyer] = await world.colleagues(["buyer"], "某单位");
  const { membershipId } = await world.done(world.registrar, "mem.grant", null, {
    personId: buyer!.personId,
    organisationId: centre.organisationId,
    role: "archivist",
    validTo: later(86_400_000),
  });
  const find = () => findActor(world.house.pool, buyer!.personId, membershipId, world.clock.now());
  assert.equal((await find())?.role, "archivist");
  await world.refused(buyer as TestPerson, "mem.end", null, { membershipId, reason: "不该由我" }, "object.unknown");
  await world.done(world.registrar, "mem.end", null, { membershipId, reason: "调离岗位" });
  assert.equal(await find(), undefined);
  await world.refused(world.registrar, "mem.end", null, { membershipId, reason: "再次" }, "object.unknown");
});

test("nobody else grants, and duties that order keeps apart are never one person's", async () => {
  const cashier = await world.person("cashier");
  const grant = { personId: cashier.personId, organisationId: cashier.organisationId, role: "accountant", validTo: null };
  await world.refused(cashier, "mem.grant", null, grant, "act.not-your-role");
  await world.refused(world.registrar, "mem.grant", null, grant, "membership.duties-apart");
  assert.equal(incompatibleRole("accountant", ["cashier"]), "cashier");
  assert.equal(incompatibleRole("cashier", ["accountant"]), "accountant");
  assert.equal(incompatibleRole("supervisor", ["expert"]), "expert");
  assert.equal(incompatibleRole("expert", ["buyer"]), undefined, "a buyer's representative sits on the committee");
});

test("a member delegates to a colleague for a time; not further, not to strangers, not for too long", async () => {
  const [head, clerk] = (await world.colleagues(["buyer", "buyer"], "甲方")) as [TestPerson, TestPerson];
  const stranger = await world.person("buyer");
  const term = { validFrom: later(0), validTo: later(10 * 86_400_000) };
  await world.refused(head, "mem.delegate", null, { ...term, toPersonId: stranger.personId }, "object.unknown");
  await world.refused(
    head,
    "mem.delegate",
    null,
    { ...term, toPersonId: clerk.personId, validTo: later(91 * 86_400_000) },
    "membership.term-wrong",
  );
  const { membershipId } = await world.done(head, "mem.delegate", null, { ...term, toPersonId: clerk.personId });
  const delegate = inMembership(clerk, membershipId);
  await world.refused(delegate, "mem.delegate", null, { ...term, toPersonId: head.personId }, "membership.not-delegable");
  const find = () => findActor(world.house.pool, clerk.personId, membershipId, world.clock.now());
  assert.ok(await find());
  await world.done(head, "mem.end", null, { membershipId, reason: "任务完成" });
  assert.equal(await find(), undefined);
});

test("whoever leaves is signed out at once, and what was delegated ends too", async () => {
  const [head, clerk] = (await world.colleagues(["bidder", "bidder"], "某公司")) as [TestPerson, TestPerson];
  const { membershipId } = await world.done(head, "mem.delegate", null, {
    toPersonId: clerk.personId,
    validFrom: later(0),
    validTo: later(86_400_000),
  });
  const [mine, theirs] = [await session(head), await session(clerk)];
  const { ended } = await world.done(head, "mem.leave", null, {});
  assert.deepEqual(ended, [head.membershipId]);
  assert.equal(await isOpen(mine), false);
  assert.equal(await isOpen(theirs), true, "the colleague keeps its own membership");
  assert.equal(await findActor(world.house.pool, clerk.personId, membershipId, world.clock.now()), undefined);
});

test("an agent acts within its mandate: scope, lot and dates", async () => {
  const [buyer, agent] = [await world.person("buyer"), await world.person("agent")];
  const open = async () =>
    (await world.done(centre, "tst.open", null, { buyer: buyer.organisationId, agent: agent.organisationId })).lotId as string;
  const [lotId, other] = [await open(), await open()];
  await world.done(agent, "tst.draft", lotId, {});
  const mandate = { agentId: agent.organisationId, lotId, acts: ["tst.*"], validFrom: later(0), validTo: later(86_400_000) };
  await world.refused(buyer, "mdt.grant", null, { ...mandate, validTo: later(-1) }, "mandate.term-wrong");
  const { mandateId } = await world.done(buyer, "mdt.grant", null, mandate);
  await world.done(agent, "tst.draft", lotId, {});
  await world.done(agent, "xst.draft", other, {});
  await world.refused(agent, "xst.draft", lotId, {}, "mandate.not-covered");
  await world.refused(await world.person("buyer"), "mdt.end", null, { mandateId }, "object.unknown");
  await world.done(buyer, "mdt.end", null, { mandateId });
  await world.refused(agent, "tst.draft", lotId, {}, "mandate.not-covered");
  await world.done(buyer, "xst.draft", lotId, {});
  await world.done(buyer, "mdt.grant", null, { ...mandate, validFrom: later(3_600_000), acts: ["tst.draft"] });
  await world.refused(agent, "tst.draft", lotId, {}, "mandate.not-covered");
  await world.jumpTo(world.clock.now() + 3_600_000);
  await world.done(agent, "tst.draft", lotId, {});
});

test("a person sees its sessions and ends one; a switch of role gives a new token, kills the old one and is recorded", async () => {
  const person = await world.person("guarantor");
  const [one, two] = [await session(person), await session(person)];
  const all = await sessionsOf(world.house.pool, person.personId, machineClock.now());
  assert.equal(all.length, 2);
  const current = await findSession(world.house.pool, one, machineClock.now());
  assert.ok(current);
  assert.equal(
    await endSessionById(world.house.pool, { personId: centre.personId, id: current.id, machineNow: 1 }),
    false,
    "not somebody else's",
  );
  const fresh = await switchMembership(world.house.pool, {
    token: one,
    session: current,
    membership: person.membershipId,
    machineNow: machineClock.now(),
    random: world.random,
  });
  assert.deepEqual([await isOpen(one), await isOpen(fresh)], [false, true]);
  const { rows } = await world.house.pool.query("SELECT data FROM identity.audit WHERE person_id = $1 AND what = 'role.switched'", [
    person.personId,
  ]);
  assert.deepEqual(rows, [{ data: { from: null, to: person.membershipId } }]);
  assert.equal(await endSessionById(world.house.pool, { personId: person.personId, id: current.id, machineNow: 1 }), true);
  assert.deepEqual([await isOpen(fresh), await isOpen(two)], [false, true]);
});

test("a session idles out on machine time, a choice in the sandbox does not", async () => {
  const now = machineClock.now();
  const wish = { personId: centre.personId, machineNow: now, random: world.random };
  const [real, chosen] = [
    await openSession(world.house.pool, { ...wish, means: "certificate" }),
    await openSession(world.house.pool, wish),
  ];
  const at = (token: string, minutes: number) => findSession(world.house.pool, token, now + minutes * 60_000);
  assert.ok(await at(real, 29));
  assert.ok(await at(real, 58), "use keeps it alive");
  assert.equal(await at(real, 89), undefined);
  assert.ok(await at(chosen, 89));
  assert.equal(await at(chosen, 8 * 60 + 1), undefined);
});
