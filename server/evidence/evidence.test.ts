import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { generatePrivateKey } from "viem/accounts";
import { verifyBundle } from "../../verifier/evidence/index.ts";
import { type SandboxWitnesses, startSandboxWitnesses } from "../../witness/start-sandbox.ts";
import { seededRandom } from "../kernel/index.ts";
import { testDatabase } from "../runtime/database/test-database.ts";
import { AnchorContract, type EmbeddedChain, Evidence, standingAt, startEmbeddedChain, usualLimits } from "./index.ts";
import { TestEvidence } from "./test-evidence.ts";

const chainId = 20262;
const names = ["centre.localhost/w1", "supervision.localhost/w2", "authority.localhost/w3", "notary.localhost/w4"];
let world: TestEvidence;
let chain: EmbeddedChain;
let contract: AnchorContract;
let witnesses: SandboxWitnesses;
let machineNow = 0;

before(async () => {
  world = new TestEvidence(await testDatabase());
  chain = await startEmbeddedChain({ chainId });
  const keys = await world.keys();
  contract = await AnchorContract.deploy({ rpcUrls: [chain.rpcUrl], chainId, secret: generatePrivateKey() }, keys.origin);
  await contract.send("grant", [contract.sender, 3]);
  const random = seededRandom("witnesses");
  witnesses = await startSandboxWitnesses({
    home: world.home,
    names,
    k: 3,
    logKey: keys.verifierKey,
    random: (bytes) => random.bytes(bytes),
  });
  await witnesses.setClock({ anchorReal: "2026-01-01T00:00:00.000Z", anchorVirtual: "2027-01-01T00:00:00.000Z", tempo: 0 });
});
after(async () => {
  await witnesses.stop();
  await chain.kill();
  await world.close();
});

async function open(): Promise<Evidence> {
  const keys = await world.keys();
  return Evidence.open({
    pool: world.database.pool,
    numberer: world.numberer,
    clock: { now: () => world.clock.now },
    machineClock: { now: () => machineNow },
    random: seededRandom("evidence again"),
    origin: keys.origin,
    keyFolder: join(world.home, "keys"),
    logFolder: join(world.home, "log"),
    batchMs: 20,
    witnesses: { addresses: witnesses.addresses, k: 3 },
    anchor: { contract, chainId, required: true, everyMs: 60_000, isEmbedded: true },
    onFault: () => undefined,
  });
}

test("a whole trade is witnessed, anchored, and proven to somebody who has the policy and a file", { timeout: 60_000 }, async () => {
  await world.act(1200);
  const evidence = await open();
  await evidence.settle();
  assert.deepEqual(evidence.standing, { witnesses: "current", anchor: "current" });
  const status = await evidence.status();
  assert.match(status.chainLabel?.en ?? "", /single-node test chain/);
  assert.deepEqual([status.witnessed?.size, status.anchored, status.witnessed?.cosigners.length], [1200, 1200, 4]);
  const bundles = await evidence.bundles({
    positions: Array.from({ length: 1200 }, (_, i) => i),
    discloses: (position) => position % 3 !== 2,
  });
  assert.equal(bundles.length, 2);
  const policy = JSON.stringify(evidence.policy());
  for (const bundle of bundles) {
    const verdict = verifyBundle(policy, JSON.stringify(bundle));
    assert.equal(verdict.ok ? verdict.anchor : verdict.code, "unconfirmed");
  }
  const { events, leaves, witnessed, fault } = await evidence.check();
  assert.deepEqual({ events, leaves, witnessed, fault }, { events: 1200, leaves: 1200, witnessed: 1200, fault: null });
  await evidence.stop();
});

test("without witnesses the log goes on, its standing falls by the limits, and comes back with them", { timeout: 60_000 }, async () => {
  for (const name of names.slice(0, 2)) await witnesses.kill(name);
  const evidence = await open();
  machineNow = 1_000;
  await world.act(5);
  await evidence.settle();
  assert.equal(evidence.log.state.size, 1205);
  assert.equal((await evidence.status()).witnessed?.size, 1200);
  assert.equal(evidence.standing.witnesses, "late");
  machineNow = 1_000 + usualLimits.openingMs + 1;
  assert.equal(evidence.standing.witnesses, "openings wait");
  machineNow = 1_000 + usualLimits.generalMs + 1;
  assert.equal(evidence.standing.witnesses, "closed");
  await assert.rejects(evidence.bundles({ positions: [1204], discloses: () => false }), RangeError);
  for (const name of names.slice(0, 2)) await witnesses.restart(name);
  await witnesses.setClock({ anchorReal: "2026-01-01T00:00:00.000Z", anchorVirtual: "2027-01-01T00:00:01.000Z", tempo: 0 });
  // The trade clock ran ahead of the witnesses': their lines would be refused by every reader, and are not kept.
  world.clock.now = Date.parse("2027-01-01T00:06:00.000Z");
  await world.act(1);
  await evidence.settle();
  assert.equal(evidence.standing.witnesses, "closed");
  assert.match((await evidence.status()).witnesses[0]?.why ?? "", /clock is behind/);
  await witnesses.setClock({ anchorReal: "2026-01-01T00:00:00.000Z", anchorVirtual: "2027-01-01T00:06:00.000Z", tempo: 0 });
  await world.act(1);
  await evidence.settle();
  assert.deepEqual(evidence.standing, { witnesses: "current", anchor: "current" });
  await evidence.stop();
});

test("what is not configured is never closed, and a log that may not sign is closed at once", () => {
  const off = { unwitnessedSince: "off", unanchoredSince: "off", isFaulty: false } as const;
  assert.deepEqual(standingAt(off, usualLimits, Number.MAX_SAFE_INTEGER), { witnesses: "not configured", anchor: "not configured" });
  assert.equal(standingAt({ ...off, isFaulty: true }, usualLimits, 0).witnesses, "closed");
  const lag = { unwitnessedSince: undefined, unanchoredSince: 0, isFaulty: false };
  assert.deepEqual(
    [1, usualLimits.anchorLateMs + 1, usualLimits.anchorOrderMs + 1].map((now) => standingAt(lag, usualLimits, now).anchor),
    ["behind", "late", "needs order"],
  );
});
