import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import {
  judgeNote,
  type KnownKeys,
  makePolicy,
  readVerifierKey,
  signCheckpoint,
  type VerifierKey,
} from "../../../formats/evidence/index.ts";
import { verifyBundle } from "../../../verifier/evidence/index.ts";
import { testDatabase } from "../../runtime/database/test-database.ts";
import { bundlesFor, type EvidenceLog, type Published, Witnessing } from "../index.ts";
import { TestEvidence } from "../test-evidence.ts";

const main = join(import.meta.dirname, "../../../witness/main.ts");
const names = ["centre", "supervision", "authority", "notary"];
let world: TestEvidence;
let keys: KnownKeys;
const children = new Map<string, ChildProcessWithoutNullStreams>();

const homeOf = (name: string) => ["--home", join(world.home, "witness", name), "--name", name];

before(async () => {
  world = new TestEvidence(await testDatabase());
  const witnesses = names.map(
    (name) =>
      readVerifierKey(execFileSync(process.execPath, [main, ...homeOf(name), "--print-key"], { encoding: "utf8" }).trim()) as VerifierKey,
  );
  const logKeys = await world.keys();
  keys = { origin: logKeys.origin, logKeys: [logKeys.verifierKey], witnesses, k: 3 };
  writeFileSync(join(world.home, "policy.json"), JSON.stringify(makePolicy(keys, null)));
});
after(async () => {
  for (const child of children.values()) child.kill("SIGKILL");
  await world.close();
});

/** Starts a witness on a port, or again on the one that it had. */
async function start(name: string, port = "0"): Promise<string> {
  const child = spawn(process.execPath, [main, ...homeOf(name), "--policy", join(world.home, "policy.json"), "--port", port], {
    env: { ...process.env, EGRET_CHILD: "1" },
  });
  child.stderr.pipe(process.stderr);
  children.set(name, child);
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return JSON.parse(line).ready.url;
}

async function kill(name: string): Promise<void> {
  const child = children.get(name) as ChildProcessWithoutNullStreams;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

function witnessingOf(log: EvidenceLog, urls: readonly string[], { database } = world): Witnessing {
  const witnesses = keys.witnesses.map((key, i) => ({ key, url: urls[i] ?? assert.fail() }));
  return new Witnessing({ pool: database.pool, log, witnesses, k: 3 });
}

test("three of four witnesses carry the log through kills and restarts; a fork gets no signature", { timeout: 60_000 }, async () => {
  const urls = await Promise.all(names.map((name) => start(name)));
  await world.act(40);
  const log = await world.open();
  let witnessing = witnessingOf(log, urls);
  const head = async (count: number): Promise<Published> => {
    await world.act(count);
    return (await log.settle()) ?? assert.fail();
  };
  const first = await log.settle();
  assert.equal(await witnessing.gather(first ?? assert.fail()), 4);
  const judged = judgeNote((await log.tiles.checkpoint()) ?? "", keys);
  assert.deepEqual(judged.ok && judged.cosigners, names.toSorted());

  // One down: it goes on. Two down: no newer witnessed head. Nobody waits for the dead ones.
  await kill("notary");
  assert.equal(await witnessing.gather(await head(10)), 3);
  await kill("authority");
  const third = await head(10);
  assert.equal(await witnessing.gather(third), 2);
  assert.equal((await witnessing.latest())?.size, 50);
  assert.deepEqual(
    witnessing.states.map(({ last }) => last),
    ["cosigned", "cosigned", "silent", "silent"],
  );

  // Back with their memory; a restarted server learns from each where it stands.
  for (const name of ["notary", "authority"]) await start(name, new URL(urls[names.indexOf(name)] ?? "").port);
  witnessing = witnessingOf(log, urls);
  assert.equal(await witnessing.gather(third), 4);
  assert.equal((await witnessing.latest())?.size, 60);

  // A third party proves an event with nothing but policy and bundle.
  const checkpoint = (await witnessing.latest()) ?? assert.fail();
  const [bundle] = await bundlesFor(world.database.pool, log, {
    positions: [0, 7, 59],
    discloses: () => true,
    namesActor: () => true,
    checkpoint,
  });
  const verdict = verifyBundle(JSON.stringify(makePolicy(keys, null)), JSON.stringify(bundle), first?.note);
  assert.deepEqual(verdict, { ok: false, code: "E_CONSISTENCY" }, "a reader who kept a head wants to be led on from it");
  const previous = { checkpoint: first?.note ?? "", consistency: await log.proveConsistency(40, 60) };
  const led = verifyBundle(JSON.stringify(makePolicy(keys, null)), JSON.stringify({ ...bundle, previous }), first?.note);
  assert.deepEqual(led.ok && [led.seqs, led.size, led.cosigners.length], [[0, 7, 59], 60, 4]);
});

test("a log that signs a second history with the same key is refused by every witness, and it shows", { timeout: 60_000 }, async () => {
  for (const name of names) await kill(name);
  const urls = await Promise.all(names.map((name) => start(name)));
  const fork = new TestEvidence(await testDatabase());
  try {
    // What an operator would do who rewrites history: the same key, over another database.
    await fork.act(80);
    const forged = await fork.open();
    const { size, root } = (await forged.settle()) ?? assert.fail();
    const note = signCheckpoint({ origin: keys.origin, size, root: Buffer.from(root, "hex") }, (await world.keys()).secret);
    const witnessing = witnessingOf(forged, urls, fork);
    assert.equal(await witnessing.gather({ size, root, note }), 0);
    assert.ok(witnessing.states.every(({ last }) => last === "refused"));
    assert.equal(await witnessing.latest(), undefined);
    const [alarm] = await (await fetch(`${urls[0]}/alarms`)).json();
    assert.deepEqual([alarm.kind, alarm.offered, alarm.kept.size], ["unproven", note, 60]);
  } finally {
    await fork.close();
  }
});
