import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { logIdOf, readVerifierKey } from "../formats/evidence/index.ts";
import { origin, policyWith, TestLog } from "./test-log.ts";

const main = join(import.meta.dirname, "main.ts");
const home = mkdtempSync(join(tmpdir(), "egret-witness-"));
const policy = join(home, "policy.json");
const running: ChildProcessWithoutNullStreams[] = [];
after(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(home, { recursive: true });
});

const words = ["--home", join(home, "w1"), "--name", "w1"];

async function startWitness(...more: string[]) {
  const child = spawn(process.execPath, [main, ...words, "--policy", policy, ...more], { env: { ...process.env, EGRET_CHILD: "1" } });
  running.push(child);
  child.stderr.pipe(process.stderr);
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { url } = JSON.parse(line).ready as { url: string };
  const kill = async () => {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  return { url, kill, ask: async (body: string) => fetch(`${url}/add-checkpoint`, { method: "POST", body }) };
}

test("a killed witness comes back with the same key and the same memory, and never signs a fork", { timeout: 30_000 }, async () => {
  const key = execFileSync(process.execPath, [main, ...words, "--print-key"], { encoding: "utf8" }).trim();
  writeFileSync(policy, JSON.stringify(policyWith([readVerifierKey(key) ?? assert.fail()])));
  const log = new TestLog(5);
  const first = await startWitness();
  // Answered or cut by the kill: in both cases the log below must not get a second history signed.
  assert.equal((await first.ask(await log.request(0))).status, 200);
  const open = first.ask(await log.grow(3).request(5)).then(
    (answer) => answer.status,
    () => "cut",
  );
  await first.kill();
  await open;

  const second = await startWitness();
  const status = await (await fetch(`${second.url}/status`)).json();
  assert.equal(status.witness, key);
  const kept: number = status.logs[0].size;
  assert.ok(kept === 5 || kept === 8);
  assert.equal((await second.ask(await new TestLog(20, "other", 4).request(kept))).status, 422);
  assert.equal((await (await fetch(`${second.url}/alarms`)).json())[0].kind, "unproven");
  const conflict = await second.ask(await log.request(3));
  assert.equal(conflict.status, 409);
  assert.equal(conflict.headers.get("content-type"), "text/x.tlog.size");
  assert.equal(await conflict.text(), `${kept}\n`);
  assert.equal((await second.ask(await log.grow().request(kept))).status, 200);
  assert.equal(await (await fetch(`${second.url}/heads/${logIdOf(origin)}`)).text(), log.note());
  assert.equal((await second.ask("x".repeat(70_000))).status, 400);
  await second.kill();
});

test("in a sandbox the time is pushed, and nothing is signed before", { timeout: 30_000 }, async () => {
  const sandbox = await startWitness("--sandbox");
  const log = new TestLog(12);
  const kept: number = (await (await fetch(`${sandbox.url}/status`)).json()).logs[0].size;
  assert.equal((await sandbox.ask(await log.request(kept))).status, 503);
  const push = (token: string) =>
    fetch(`${sandbox.url}/sandbox/clock`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ anchorReal: "2026-01-01T00:00:00.000Z", anchorVirtual: "2099-01-01T00:00:00.000Z", tempo: 0 }),
    });
  assert.equal((await push("guessed")).status, 403);
  assert.equal((await push(readFileSync(join(home, "w1", "token"), "utf8"))).status, 204);
  assert.equal((await sandbox.ask(await log.request(kept))).status, 200);
  assert.equal((await (await fetch(`${sandbox.url}/status`)).json()).logs[0].signedAt, Date.parse("2099-01-01T00:00:00.000Z") / 1000);
  await sandbox.kill();
});
