/** The library tells what the code declares: rules with values by date and confidence, procedures with what is enabled. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import Fastify from "fastify";
import { allRules } from "../../../law/index.ts";
import { stagesOf } from "../stages.ts";
import { libraryRoutes } from "./library.ts";

stagesOf({ bank: undefined as never, experts: undefined as never });
const edge = Fastify();
libraryRoutes(edge);
after(() => edge.close());
const get = async (path: string) => {
  const answer = await edge.inject(path);
  return { status: answer.statusCode, body: answer.json() };
};

test("every rule is listed once", async () => {
  const { items } = (await get("/rules")).body;
  assert.deepEqual(new Set(items.map(({ id }: { id: string }) => id)), new Set(allRules.map(({ id }) => id)));
});

test("the period from notice to deadline: 20 calendar days (招标投标法 第24条), with the step and the code of its refusal", async () => {
  const { body } = await get("/rules/CON-016");
  assert.equal(body.article, "第24条");
  assert.equal(body.check, "checked");
  assert.deepEqual(body.refusals, ["document.period-too-short"]);
  assert.deepEqual(body.versions[0].values, [{ value: "20", unit: "calendar_day", operator: ">=" }]);
  assert.ok(body.steps.some(({ words }: { words: string }) => words === "编制招标文件"));
});

test("what is not checked says whether an enabled procedure meets it", async () => {
  assert.equal((await get("/rules/CON-006")).body.check, "elsewhere");
  const unchecked = (await get("/rules/CON-022")).body;
  assert.equal(unchecked.check, "explained");
  assert.match(unchecked.reason, /reference price/);
});

test("an unknown rule is a 404", async () => assert.equal((await get("/rules/CON-999")).status, 404));

test("22 procedures; none is enabled by being listed", async () => {
  const { items } = (await get("/catalogue")).body;
  assert.equal(items.length, 22);
  const enabled = items.filter((one: { enabled: boolean }) => one.enabled).map(({ code }: { code: string }) => code);
  assert.ok(enabled.includes("CO") && enabled.length < 22);
  for (const { passes } of items) for (const steps of passes) for (const { words } of steps) assert.doesNotMatch(words, /[a-z]\.[a-z]/);
});
