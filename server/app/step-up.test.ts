/** Step-up at the door of acts: a signature without a fresh proof does nothing and is not remembered; with one it acts once. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Type } from "@sinclair/typebox";
import { type Command, signCommand } from "../../formats/act.ts";
import { stepUpActs } from "../../formats/step-up.ts";
import { findActor } from "../identity/index.ts";
import { act, type Stage, transactionStage } from "../trade/transaction/index.ts";
import { identityActs } from "./identity-acts.ts";
import { stagesOf } from "./stages.ts";
import { type TestHouse, type TestPerson, testHouse } from "./testing/test-house.ts";

let done = 0;
const trial: Stage = {
  name: "trial",
  reads: [],
  views: [],
  acts: [
    act({
      name: "con.sign",
      title: { zh: "试验", en: "trial" },
      who: ["buyer"],
      about: "free",
      lock: "exclusive",
      data: Type.Object({ fail: Type.Optional(Type.Boolean()) }),
      async decide(_, { fail }) {
        if (fail) throw new Error("a fault of the platform");
        return { done: ++done };
      },
    }),
  ],
};

let world: TestHouse;
let buyer: TestPerson;
before(async () => {
  world = await testHouse({ stages: [transactionStage, trial], procedure: () => undefined as never });
  buyer = await world.person("buyer");
});
after(() => world.close());

const named = () => ({ act: "con.sign", membership: buyer.membershipId, lotId: null });
const fresh = () => world.house.nonces.issue(named()).nonce;
async function send(commandId: string, wish: Partial<Command>) {
  const actor = await findActor(world.house.pool, buyer.personId, buyer.membershipId, world.clock.now());
  assert.ok(actor);
  const command = signCommand({ v: 1, ...named(), commandId, data: {}, ...wish }, buyer.secretKey);
  const { status, text } = await world.house.perform(command, actor, world.clock.now());
  return { status, text, body: JSON.parse(text) };
}

test("without a nonce, or with that of another act, nothing happens; the same command may then come with one", async () => {
  assert.deepEqual((await send("cmd_step_up_00000001", {})).body.data, { reason: "missing", act: "con.sign" });
  const other = world.house.nonces.issue({ ...named(), act: "awd.decide" }).nonce;
  assert.equal((await send("cmd_step_up_00000001", { nonce: other })).body.data.reason, "other");
  assert.equal((await send("cmd_step_up_00000001", { nonce: fresh() })).status, 200);
  assert.equal(done, 1);
});

test("a nonce acts once; the same command repeated gets its first answer", async () => {
  const nonce = fresh();
  const first = await send("cmd_step_up_00000002", { nonce });
  assert.equal(first.status, 200);
  assert.equal((await send("cmd_step_up_00000002", { nonce })).text, first.text);
  assert.equal((await send("cmd_step_up_00000003", { nonce })).body.data.reason, "used");
  assert.equal(done, 2);
});

test("a fault gives the nonce back; the nonce stands under the signature", async () => {
  const nonce = fresh();
  await assert.rejects(send("cmd_step_up_00000004", { nonce, data: { fail: true } }), /fault of the platform/);
  assert.equal((await send("cmd_step_up_00000005", { nonce })).status, 200);
  const actor = await findActor(world.house.pool, buyer.personId, buyer.membershipId, world.clock.now());
  const signed = signCommand({ v: 1, ...named(), commandId: "cmd_step_up_00000006", data: {} }, buyer.secretKey);
  const answer = await world.house.perform({ ...signed, nonce: fresh() }, actor!, world.clock.now());
  assert.equal(JSON.parse(answer.text).code, "auth.act-signature-invalid", "a nonce is not added by somebody else");
});

test("every act of the table exists", () => {
  const acts = new Set(
    [...identityActs, ...stagesOf({ bank: undefined as never, experts: undefined as never }).flatMap((stage) => stage.acts)].map(
      ({ name }) => name,
    ),
  );
  assert.deepEqual(
    Object.keys(stepUpActs).filter((name) => !acts.has(name)),
    [],
  );
});
