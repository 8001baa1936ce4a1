import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { cosignatureTime, logIdOf, readNote, readSignatureLine, witnessRequestText } from "../formats/evidence/index.ts";
import { sha256 } from "../formats/jcs.ts";
import { Memory } from "./memory.ts";
import { logKey, logSecret, origin, TestLog } from "./test-log.ts";
import { type Answer, Witness } from "./witness.ts";

const top = mkdtempSync(join(tmpdir(), "egret-witness-"));
after(() => rmSync(top, { recursive: true }));

let homes = 0;
function house(home = join(top, String(homes++)), clock = { now: 1_795_400_000 }, secret = sha256("a witness")) {
  const memory = new Memory(home);
  const start = () => new Witness({ signer: { name: "w1", secret }, logs: [{ origin, logKeys: [logKey] }], memory, now: () => clock.now });
  return { home, memory, clock, start, witness: start() };
}

function signedAt(answer: Answer, note: string): bigint | undefined {
  assert.equal(answer.status, 200);
  const line = answer.status === 200 ? readSignatureLine(answer.line.trimEnd()) : undefined;
  const { body } = readNote(note) ?? assert.fail();
  return line && cosignatureTime(body, line, house().witness.key);
}

test("a growing log is cosigned step by step, also the same head again", async () => {
  const { witness } = house();
  const log = new TestLog(3);
  assert.equal(signedAt(witness.answer(await log.request(0)), log.note()), 1_795_400_000n);
  assert.equal(witness.answer(await log.request(3)).status, 200);
  log.grow(300);
  assert.equal(signedAt(witness.answer(await log.request(3)), log.note()), 1_795_400_000n);
  assert.equal(witness.heads.get(origin)?.size, 303);
});

test("a log with a wrong idea of what was signed is told the size, without an alarm", async () => {
  const { witness, memory } = house();
  const log = new TestLog(5);
  witness.answer(await log.request(0));
  log.grow(5);
  assert.deepEqual(witness.answer(await log.request(0)), { status: 409, size: 5 });
  assert.deepEqual(witness.answer(await log.request(4)), { status: 409, size: 5 });
  assert.deepEqual(memory.alarms(), []);
  assert.equal(witness.answer(await log.request(5)).status, 200);
});

test("a fork, a second root for one size and a shrunk log are refused, and both notes are kept", async () => {
  const { witness, memory } = house();
  const log = new TestLog(8);
  witness.answer(await log.request(0));
  const fork = new TestLog(20, "other", 7);
  assert.equal(witness.answer(await fork.request(8)).status, 422);
  assert.deepEqual(witness.answer(await new TestLog(8, "other", 7).request(8)), { status: 409, size: 8 });
  assert.deepEqual(witness.answer(await new TestLog(6).request(6)), { status: 409, size: 8 });
  assert.deepEqual(
    memory.alarms().map(({ kind }) => kind),
    ["unproven", "fork", "shrunk"],
  );
  witness.answer(await fork.request(8));
  assert.equal(memory.alarms().length, 3, "the same offer again is no new alarm");
  assert.equal(memory.alarms()[0]?.kept.note, log.note());
  assert.equal(memory.alarms()[0]?.offered, fork.note());
  assert.equal(witness.heads.get(origin)?.root, log.root);
  assert.equal(witness.answer(await log.grow().request(8)).status, 200);
});

test("what the log did not sign is not looked at", async () => {
  const { witness, memory } = house();
  const log = new TestLog(4);
  assert.equal(witness.answer(await log.request(0, sha256("somebody else"))).status, 403);
  assert.equal(witness.answer((await log.request(0)).replaceAll(origin, "log.example/other")).status, 404);
  for (const spoiled of [
    "",
    "old 0",
    `old 00\n\n${log.note()}`,
    `old 9\n\n${log.note()}`,
    `old 0\nAAAA\n\n${log.note()}`,
    `old 0\n\n${log.note()}x`,
  ])
    assert.equal(witness.answer(spoiled).status, 400, spoiled);
  assert.equal(witness.answer(witnessRequestText({ old: 0, hashes: ["00".repeat(32)], note: log.note() })).status, 422);
  assert.equal(memory.alarms().length, 1);
  assert.equal(witness.heads.get(origin)?.size, 0);
});

test("it remembers over a restart, and without its memory it does not start", async () => {
  const { witness, start, home } = house();
  const log = new TestLog(9);
  witness.answer(await log.request(0));
  const again = start();
  assert.equal(again.answer(await new TestLog(12, "other", 5).request(9)).status, 422);
  assert.equal(again.answer(await log.grow().request(9)).status, 200);
  const head = join(home, `head-${logIdOf(origin)}.json`);
  const kept = readFileSync(head, "utf8");
  rmSync(head);
  assert.throws(start);
  writeFileSync(head, kept.slice(0, 40));
  assert.throws(start);
});

test("nothing is signed while the clock is unknown or runs behind the last signature", async () => {
  const { witness, clock } = house();
  const log = new TestLog(2);
  clock.now = 0;
  assert.equal(witness.answer(await log.request(0)).status, 503);
  clock.now = 2000;
  assert.equal(witness.answer(await log.request(0)).status, 200);
  clock.now = 1999;
  assert.equal(witness.answer(await log.grow().request(2)).status, 503);
  assert.equal(witness.heads.get(origin)?.size, 2);
});

test("a log is not its own witness", () => {
  assert.throws(() => house(undefined, undefined, logSecret), /own witness/);
});
