import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { hex } from "../../../../formats/bytes.ts";
import { KeeperRefused, KeyKeeperClient } from "../key-keeper-client.ts";
import { deadlineMessage } from "./keeper.ts";

const home = mkdtempSync(join(tmpdir(), "egret-keeper-"));
const receiptSecret = p256.utils.randomSecretKey();
const lotA = "lot_01JDQ0000000000000000000AA";
const lotB = "lot_01JDQ0000000000000000000BB";
const organisation = "org_01JDQ000000000000000000001";
const deadline = "2026-11-23T01:47:00.000Z";
let child: ChildProcess;
let keeper: KeyKeeperClient;
let url = "";

async function begin(): Promise<void> {
  const main = new URL("main.ts", import.meta.url).pathname;
  child = spawn(process.execPath, [main, "--home", home, "--receipt-key", hex(p256.getPublicKey(receiptSecret, true)), "--sandbox"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, EGRET_CHILD: "1" },
  });
  const line = await new Promise<string>((resolve) => child.stdout?.once("data", (data: Buffer) => resolve(data.toString())));
  url = (JSON.parse(line) as { ready: { url: string } }).ready.url;
  keeper = new KeyKeeperClient(url, readFileSync(join(home, "token"), "utf8"));
}

async function ended(signal: NodeJS.Signals): Promise<void> {
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await exit;
}

function statement(lotId: string, change: { deadline?: string; secret?: Uint8Array } = {}) {
  const about = { lotId, deadline: change.deadline ?? deadline, position: 41 };
  return { ...about, sig: hex(p256.sign(deadlineMessage(about), change.secret ?? receiptSecret, { lowS: false })) };
}

const tell = (instant: string, machine: string) => keeper.followClock({ anchorReal: machine, anchorVirtual: instant, tempo: 0 });

before(begin);
after(async () => {
  await ended("SIGTERM");
  rmSync(home, { recursive: true });
});

test("one lot has one key pair, also when two ask at once", async () => {
  const keys = await Promise.all([keeper.createLot(lotA), keeper.createLot(lotA), keeper.createLot(lotA)]);
  assert.equal(new Set(keys).size, 1);
  assert.match(keys[0] ?? "", /^0[23][0-9a-f]{64}$/);
  assert.notEqual(await keeper.createLot(lotB), keys[0]);
});

test("a party has another tag and another name in every lot", async () => {
  const inA = await keeper.tagOf(lotA, organisation);
  assert.deepEqual(await keeper.tagOf(lotA, organisation), inA);
  assert.match(inA.partyId, /^pty_[0-9A-HJKMNP-TV-Z]{26}$/);
  const inB = await keeper.tagOf(lotB, organisation);
  assert.notEqual(inB.tag, inA.tag);
  assert.notEqual(inB.partyId, inA.partyId);
});

test("nothing opens before the deadline; at the very instant it does", async () => {
  await tell("2026-11-23T01:46:59.999Z", "2026-11-25T00:00:00.000Z");
  await assert.rejects(keeper.openLot(statement(lotA)), KeeperRefused);
  await tell(deadline, "2026-11-25T00:00:00.000Z");
  assert.equal(hex(p256.getPublicKey(await keeper.openLot(statement(lotA)), true)), await keeper.createLot(lotA));
});

test("a statement of another key, another lot or an edited deadline opens nothing", async () => {
  await assert.rejects(keeper.openLot(statement(lotB, { secret: p256.utils.randomSecretKey() })), KeeperRefused);
  await assert.rejects(keeper.openLot({ ...statement(lotA), lotId: lotB }), KeeperRefused);
  await assert.rejects(keeper.openLot({ ...statement(lotB), deadline: "2026-11-23T01:00:00.000Z" }), KeeperRefused);
  await assert.rejects(keeper.openLot(statement("lot_01JDQ0000000000000000000CC")), KeeperRefused);
});

test("after kill -9 the same keys are there, and nothing is past until the time is told again", async () => {
  const [key, tag] = [await keeper.createLot(lotA), await keeper.tagOf(lotA, organisation)];
  await ended("SIGKILL");
  await begin();
  assert.equal(await keeper.createLot(lotA), key);
  assert.deepEqual(await keeper.tagOf(lotA, organisation), tag);
  await assert.rejects(keeper.openLot(statement(lotA)), KeeperRefused);
});

test("without the token there is no answer; the folder is for its owner only", async () => {
  await assert.rejects(new KeyKeeperClient(url, "wrong").createLot(lotA), /answered 403/);
  for (const name of readdirSync(join(home, "lots"))) assert.equal(statSync(join(home, "lots", name)).mode & 0o077, 0, name);
  assert.equal(statSync(join(home, "lots")).mode & 0o077, 0);
  assert.ok(readFileSync(join(home, "lots", "journal.jsonl"), "utf8").includes(lotA));
});
