/**
 * A slice of the attack on every route, and that the attack would see a breach. The whole of it, with every code that was
 * reached: `EGRET_FUZZ_PER_ROUTE=200 EGRET_FUZZ_SEED=1 node --test scenarios/bad-input/fuzz.test.ts`.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import Fastify from "fastify";
import { stages } from "../../server/app/testing/stages.ts";
import { testHouse } from "../../server/app/testing/test-house.ts";
import { procedureById } from "../../server/kinds/index.ts";
import { bidDeadline, openLots } from "../../server/trade/bidding/testing/sealed-bid.ts";
import { tradePeople } from "../../server/trade/catalogue/testing/admitted-lot.ts";
import type { Procedure } from "../../server/trade/transaction/index.ts";
import { breachesOf, routesOf } from "./fuzz/attack.ts";
import { fuzz } from "./fuzz/run.ts";

const perRoute = Number(process.env.EGRET_FUZZ_PER_ROUTE ?? 6);
const seed = Number(process.env.EGRET_FUZZ_SEED ?? 1);

test("no hostile request to any route meets a fault, a leak or a change", async () => {
  const house = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure });
  after(() => house.close());
  const people = await tradePeople(house);
  const [lot] = await openLots(house, people, ["甲标段"]);
  const attackers = [await house.person("bidder", "建设公司甲"), people.buyer, people.centre, await house.person("expert")];
  const about = { house, lotId: lot?.lotId ?? "", bidDeadline, attackers, perRoute, seed };
  const { requests, routes, codes, breaches, changed } = await fuzz(about);
  console.log(`${requests} requests to ${routes} routes: ${JSON.stringify(codes)}`);
  assert.deepEqual(breaches.slice(0, 20), []);
  assert.deepEqual(changed, []);
  assert.ok(requests >= routes * 2 * perRoute, `${requests} requests to ${routes} routes`);
  for (const code of ["request.invalid", "auth.required", "auth.act-signature-invalid", "act.not-your-role", "object.unknown"])
    assert.ok((codes[code] ?? 0) > 0, `${code} was never reached: ${JSON.stringify(codes)}`);
});

test("the list of routes is the edge's own, nested ones too", async () => {
  const edge = Fastify();
  edge.get("/a", async () => "");
  edge.register(async (api) => void api.post("/b/:id/c", async () => ""), { prefix: "/a" });
  await edge.ready();
  assert.deepEqual(
    routesOf(edge).map(({ method, path }) => `${method} ${path}`),
    ["GET /a", "POST /a/b/:id/c"],
  );
});

test("a planted fault, a stack, a missing header and a page in place of a problem are seen", async () => {
  const edge = Fastify();
  edge.get("/fault", async () => Promise.reject(new TypeError("broken at /home/somebody")));
  edge.get("/busy", async (_, reply) => reply.status(503).type("application/problem+json").send("{}"));
  const seen = async (path: string) => breachesOf(await edge.inject(path)).join("; ");
  assert.match(await seen("/fault"), /^status 500; says "\/home\/"; no problem, but application\/json/);
  assert.match(await seen("/busy"), /^status 503; no x-content-type-options/);
});
