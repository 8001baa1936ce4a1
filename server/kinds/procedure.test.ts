import assert from "node:assert/strict";
import { test } from "node:test";
import { isRefusal, type Refusal } from "../kernel/index.ts";
import { columns } from "./grid/columns.ts";
import type { EvaluationMethod } from "./methods/index.ts";
import { type KindProcedure, procedureById, procedureOf } from "./procedure.ts";
import { routed, routeOf } from "./routes.ts";

function enabled(id: string): KindProcedure {
  const procedure = procedureById(id);
  return isRefusal(procedure) ? assert.fail(procedure.messageEn) : procedure;
}

test("only the open construction tender is enabled; the others are lawfully refused", () => {
  for (const { code } of columns) {
    const procedure = procedureOf(code);
    assert.equal(isRefusal(procedure), code !== "CO", code);
    if (code !== "CO") assert.equal((procedure as Refusal).code, "lot.procedure-not-enabled");
  }
  assert.throws(() => procedureOf("XX"), /no such procedure/);
  assert.throws(() => procedureById("CO+unknown"), /no such procedure/);
});

test("the default procedure says its name, its steps and its routes", () => {
  const open = enabled("CO");
  assert.deepEqual([open.id, open.key, open.column, open.pack, open.version], ["CO", "construction.open@1", "CO", "default", 1]);
  assert.equal(open.name.zh, "公开招标");
  assert.equal(open.steps(1)[0]?.name, "catalogue.admit");
  assert.deepEqual(open.route(1, "opening.open", "opened"), { to: "next" });
  assert.deepEqual(open.route(1, "opening.open", "tooFew"), { to: "fail", cause: "tooFew" });
  assert.deepEqual(open.route(1, "archive.close", "archived"), { to: "complete" });
  assert.deepEqual(open.steps(2), []);
});

test("an outcome outside the closed list, an unknown step, parameter or method is a fault", () => {
  const open = enabled("CO");
  assert.throws(() => open.route(1, "opening.open", "perhaps"), /has no outcome perhaps/);
  assert.throws(() => open.route(1, "auction.run", "sold"), /has no step auction.run/);
  assert.throws(() => open.parameter("colour"), /nobody declared/);
  assert.throws(() => open.method("astrology"), /may not use/);
  assert.throws(() => open.parameter("toString"), /nobody declared/);
});

test("a pack overrides parameters, leaves optional steps out and sets rules aside by name", () => {
  const replay = enabled("CO+replay-foreign");
  assert.equal(replay.id, "CO+replay-foreign");
  assert.equal(replay.sandboxOnly, true);
  assert.deepEqual(
    replay.setsAside.map(({ rule }) => rule),
    ["CON-021"],
  );
  assert.deepEqual(
    [replay.parameter("depositRequired"), replay.parameter("floorPriceAllowed"), replay.parameter("papersAsPdf")],
    [false, true, false],
  );
  assert.deepEqual([enabled("CO").parameter("depositRequired"), enabled("CO").parameter("floorPriceAllowed")], [true, false]);
  const names = replay.steps(1).map(({ name }) => name);
  for (const step of ["deposit.collect", "deposit.release", "evaluation.scrutinise"]) assert.equal(names.includes(step), false, step);
  for (const step of ["ceremony.run", "bidding.submit", "opening.open", "archive.close"]) assert.ok(names.includes(step), step);
});

test("a pack cannot leave out what its column demands", () => {
  const all = enabled("CO")
    .steps(1)
    .filter(({ optional }) => !optional)
    .map(({ name }) => name);
  const kept = new Set(
    enabled("CO+replay-foreign")
      .steps(1)
      .map(({ name }) => name),
  );
  assert.deepEqual(
    all.filter((name) => !kept.has(name)),
    [],
  );
});

test("methods are handed in by name, only those that the procedure may use", () => {
  assert.equal(enabled("CO").method<EvaluationMethod<never>>("comprehensive-evaluation").title.zh, "综合评估法");
  assert.equal(enabled("CO+replay-foreign").method<EvaluationMethod<never>>("lowest-reviewed-price").name, "lowest-reviewed-price");
  assert.throws(() => enabled("CO+replay-foreign").method("comprehensive-evaluation"), /may not use/);
});

test("where the route depends on the announced mode, the option decides", () => {
  const equity = columns.find(({ code }) => code === "PE") ?? assert.fail();
  const step = equity.steps(1).find(({ name }) => name === "entry.qualify") ?? assert.fail();
  const at = { pass: 1, step, included: equity.steps(1) };
  assert.deepEqual(routeOf(routed(equity), at, "enough", new Set(["mode.tender"])), { to: "pass", pass: 4 });
  assert.deepEqual(routeOf(routed(equity), at, "enough", new Set()), { to: "pass", pass: 3 });
});
