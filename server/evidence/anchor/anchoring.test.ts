import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as rest } from "node:timers/promises";
import { generatePrivateKey } from "viem/accounts";
import { publicKeyOf } from "../../../formats/draw/ed25519.ts";
import { cosignatureLine, keyType, makePolicy, readNote } from "../../../formats/evidence/index.ts";
import { verifyBundle } from "../../../verifier/evidence/index.ts";
import { testDatabase } from "../../runtime/database/test-database.ts";
import {
  AnchorContract,
  AnchorFault,
  Anchoring,
  bundlesFor,
  confirmAnchor,
  type EmbeddedChain,
  type EvidenceLog,
  startEmbeddedChain,
} from "../index.ts";
import { TestEvidence } from "../test-evidence.ts";

const chainId = 20261;
const secret = generatePrivateKey();
let world: TestEvidence;
let log: EvidenceLog;
let chain: EmbeddedChain;
let contract: AnchorContract;

before(async () => {
  world = new TestEvidence(await testDatabase());
  log = await world.open();
  [chain, contract] = await freshChain();
});
after(async () => {
  await chain.kill();
  await world.close();
});

async function freshChain(): Promise<[EmbeddedChain, AnchorContract]> {
  const started = await startEmbeddedChain({ chainId, timestamp: Math.floor(Date.parse("2026-11-23T01:47:00.000Z") / 1000) });
  const deployed = await AnchorContract.deploy({ rpcUrls: [started.rpcUrl], chainId, secret }, log.origin);
  await deployed.send("grant", [deployed.sender, 3]);
  return [started, deployed];
}

async function grown(count: number): Promise<number> {
  await world.act(count);
  return (await log.settle())?.size ?? assert.fail();
}

test("a head goes onto the chain once, and its bundle carries the anchor", { timeout: 60_000 }, async () => {
  const anchoring = new Anchoring({ pool: world.database.pool, contract });
  const first = await grown(5);
  const [record, again] = await Promise.all([anchoring.anchor(first), anchoring.anchor(first)]);
  assert.deepEqual(record, again);
  assert.equal((await contract.head())?.index, 0);
  const size = await grown(3);
  const anchor = (await anchoring.anchor(size)) ?? assert.fail();
  assert.deepEqual(await confirmAnchor(anchor, [`${chain.rpcUrl}`, "http://127.0.0.1:9"]), [
    { url: chain.rpcUrl, confirms: true },
    { url: "http://127.0.0.1:9", confirms: false },
  ]);
  const witness = { name: "w1", secret: new Uint8Array(32).fill(9) };
  const keys = {
    origin: log.origin,
    logKeys: [(await world.keys()).verifierKey],
    witnesses: [{ name: "w1", type: keyType.witness, publicKey: publicKeyOf(witness.secret) }],
    k: 1,
  };
  const policy = makePolicy(keys, { chainId, contract: anchor.contract, required: true });
  const note = (await log.tiles.checkpoint()) ?? assert.fail();
  const cosigned = note + cosignatureLine(readNote(note)?.body ?? assert.fail(), witness, Math.floor(world.clock.now / 1000));
  const [bundle] = await bundlesFor(world.database.pool, log, {
    positions: [0, 7],
    discloses: () => true,
    checkpoint: { size, note: cosigned },
  });
  const verdict = verifyBundle(JSON.stringify(policy), JSON.stringify({ ...bundle, anchor }));
  assert.equal(verdict.ok && verdict.anchor, "unconfirmed");
  assert.deepEqual(verifyBundle(JSON.stringify(policy), JSON.stringify(bundle)), { ok: false, code: "E_ANCHOR" });
  assert.deepEqual(verifyBundle(JSON.stringify(policy), JSON.stringify({ ...bundle, anchor: record })), { ok: false, code: "E_ANCHOR" });
});

test("a dead chain loses nothing, and one that forgot everything is anchored anew", { timeout: 60_000 }, async () => {
  const before = new Anchoring({ pool: world.database.pool, contract });
  const held = (await before.latest())?.size ?? assert.fail();
  await chain.kill();
  const size = await grown(4);
  await assert.rejects(before.anchor(size));
  [chain, contract] = await freshChain();
  const anchoring = new Anchoring({ pool: world.database.pool, contract });
  await anchoring.anchor(size);
  assert.equal((await anchoring.latest())?.size, size);
  assert.equal(await anchoring.recordOf(held), undefined);
});

test("with two endpoints one that is away does not hold up an anchor", { timeout: 60_000 }, async () => {
  const twoDoors = new AnchorContract({ rpcUrls: ["http://127.0.0.1:9", chain.rpcUrl], chainId, secret }, contract.address);
  const size = await grown(2);
  await new Anchoring({ pool: world.database.pool, contract: twoDoors }).anchor(size);
  assert.equal((await contract.head())?.size, size);
});

test("a contract that holds what this log never signed is an alarm, and nothing is added", { timeout: 60_000 }, async () => {
  const size = await grown(2);
  await contract.anchor("ab".repeat(32), size - 1);
  await assert.rejects(new Anchoring({ pool: world.database.pool, contract }).anchor(size), AnchorFault);
});

test("the test node ends with whoever started it, also by kill -9", { timeout: 60_000 }, async () => {
  const program = `const { startEmbeddedChain } = await import("${join(import.meta.dirname, "embedded-chain.ts")}"); console.log((await startEmbeddedChain({ chainId: ${chainId} })).rpcUrl);`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const url = String((await once(parent.stdout, "data"))[0]).trim();
  const asked = () =>
    fetch(url, { method: "POST", body: "{}" }).then(
      () => true,
      () => false,
    );
  assert.equal(await asked(), true);
  parent.kill("SIGKILL");
  for (let waited = 0; (await asked()) && waited < 100; waited++) await rest(100);
  assert.equal(await asked(), false);
});
