import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { buildEdge } from "../../app/http.ts";
import { stages } from "../../app/testing/stages.ts";
import { type TestHouse, type TestPerson, testHouse } from "../../app/testing/test-house.ts";
import { openSession } from "../../identity/index.ts";
import { isUnifiedDealCode } from "../../kernel/index.ts";
import { procedureById } from "../../kinds/index.ts";
import { machineClock } from "../../runtime/clock/clock.ts";
import { transaction } from "../../runtime/database/index.ts";
import { headerKeyOf, loadLot, type Procedure, stepStatus } from "../transaction/index.ts";
import { admittedLots, roadAdmission, roadLot, roadProject, type TradePeople, tradePeople } from "./testing/admitted-lot.ts";

let house: TestHouse;
let people: TradePeople;
before(async () => {
  house = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure });
  people = await tradePeople(house);
});
after(() => house.close());

test("an admission that was checked opens its lots, each with a run, a sealed row and its numbers", async () => {
  const [first, second] = await admittedLots(house, people, [roadLot, { ...roadLot, title: "第二标段" }]);
  await transaction(house.house.pool, async (tx) => {
    const lot = await loadLot(tx, first as string);
    assert.ok(lot);
    assert.equal(lot.state, "planned");
    assert.equal(lot.pass, 1);
    assert.equal(lot.done.get("catalogue.admit")?.outcome, "admitted");
    assert.equal(stepStatus(lot, house.platform.procedure(lot.procedureId), "tendering.prepare"), "open");
    assert.ok(isUnifiedDealCode(lot.codes.unifiedDealCode ?? ""));
    assert.match(await headerKeyOf(tx, lot.id), /^0[23]/);
    const other = await loadLot(tx, second as string);
    assert.equal(other?.codes.lotCode, `${lot.codes.tenderProjectCode}002`);
    assert.notEqual(other?.codes.unifiedDealCode, lot.codes.unifiedDealCode);
  });
});

test("the centre sends back for a missing item only, and the buyer may send again", async () => {
  const { projectId } = await house.done(people.buyer, "prj.register", null, roadProject);
  const admission = roadAdmission(people, projectId);
  const { admissionId } = await house.done(people.buyer, "adm.submit", null, { admissionId: null, admission });
  const problem = await house.refused(
    people.centre,
    "adm.sendBack",
    null,
    { admissionId, missing: [{ item: "registeredCapital", text: "注册资本不足" }] },
    "adm.substance-check-forbidden",
  );
  assert.equal(problem.ruleId, "X-004");
  await house.done(people.centre, "adm.sendBack", null, { admissionId, missing: [{ item: "files", text: "缺资金证明" }] });
  await house.refused(people.centre, "adm.check", null, { admissionId }, "act.not-possible-now");
  await house.done(people.agent, "adm.submit", null, { admissionId, admission });
  await house.refused(people.agent, "adm.submit", null, { admissionId, admission }, "act.not-possible-now");
  await house.done(people.centre, "adm.check", null, { admissionId });
  await house.refused(people.centre, "adm.check", null, { admissionId }, "act.not-possible-now");
});

test("two lots that reach the limit together are not voluntary (CON-005), nor one declared as other money (CON-004)", async () => {
  const { projectId } = await house.done(people.buyer, "prj.register", null, roadProject);
  const half = { ...roadLot, estimateFen: "200000000", mandatory: false };
  const split = await house.refused(
    people.buyer,
    "adm.submit",
    null,
    { admissionId: null, admission: roadAdmission(people, projectId, [half, half]) },
    "adm.must-be-open",
  );
  assert.equal(split.ruleId, "CON-005");
  await house.refused(
    people.buyer,
    "adm.submit",
    null,
    { admissionId: null, admission: roadAdmission(people, projectId, [{ ...roadLot, fundSource: "other" }]) },
    "adm.funds-misdeclared",
  );
});

test("a self-tender is filed, parties have their roles, strangers do not learn of a project", async () => {
  const { projectId } = await house.done(people.buyer, "prj.register", null, roadProject);
  const admission = roadAdmission(people, projectId);
  await house.refused(
    people.buyer,
    "adm.submit",
    null,
    { admissionId: null, admission: { ...admission, agent: null } },
    "adm.self-tender-unfiled",
  );
  await house.refused(
    people.buyer,
    "adm.submit",
    null,
    { admissionId: null, admission: { ...admission, supervisor: people.agent.organisationId } },
    "adm.party-unknown",
  );
  const stranger = await house.person("buyer");
  await house.refused(stranger, "adm.submit", null, { admissionId: null, admission }, "object.unknown");
  await house.refused(people.buyer, "prj.register", null, { ...roadProject, stateFundsFen: "1" }, "prj.funds-exceed-investment");
});

test("buyer, agent and centre read their own admissions; nobody else does", async () => {
  const edge = await buildEdge({ house: house.house, onFault: (error) => assert.fail(String(error)) });
  const readAs = async (person: TestPerson) => {
    const token = await openSession(house.house.pool, { personId: person.personId, machineNow: machineClock.now(), random: house.random });
    return edge.inject({
      url: "/api/v1/admissions",
      headers: { authorization: `Bearer ${token}`, "egret-membership": person.membershipId },
    });
  };
  assert.equal((await edge.inject({ url: "/api/v1/admissions" })).statusCode, 404);
  for (const person of [people.buyer, people.agent, people.centre]) assert.ok((await readAs(person)).json().items.length > 0);
  assert.deepEqual((await readAs(await house.person("buyer"))).json().items, []);
  assert.equal((await readAs(await house.person("bidder"))).statusCode, 404);
  await edge.close();
});
