/** Our stamps before a tool that we did not write: `openssl ts -query` asks, `openssl ts -verify` judges; and the ugly cases. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { machine } from "../frame/main.ts";
import { type RunningSimulator, startSimulator } from "../frame/simulator.ts";
import { control } from "../frame/stand-in.ts";
import { timestampAuthority } from "./authority.ts";

const home = mkdtempSync(join(tmpdir(), "egret-tsa-"));
const token = "t".repeat(64);
const at = (name: string) => join(home, name);
const pem = (der: string) => `-----BEGIN CERTIFICATE-----\n${der.replaceAll(/.{64}/g, "$&\n").trimEnd()}\n-----END CERTIFICATE-----\n`;
let running: RunningSimulator;

before(async () => {
  running = await startSimulator(timestampAuthority, { home: at("sim"), token, machine, retryMs: 20 });
  await control(running.url, token, "clock", {
    anchorReal: new Date(machine.now()).toISOString(),
    anchorVirtual: "2026-11-23T01:47:00.000Z",
    tempo: 0,
  });
  for (let i = 0; i < 100 && !(await fetch(`${running.url}/ca/sim-tsa.cer`)).ok; i++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const { rootDer, issuingDer, stampingDer } = (await control(running.url, token, "books")) as Record<string, string>;
  writeFileSync(at("root.pem"), pem(rootDer ?? ""));
  writeFileSync(at("chain.pem"), pem(issuingDer ?? "") + pem(stampingDer ?? ""));
  writeFileSync(at("document"), "the bytes that were signed");
});
after(async () => {
  await running.stop();
  rmSync(home, { recursive: true });
});

async function stamped(name: string, cert: boolean): Promise<string> {
  execFileSync("openssl", ["ts", "-query", "-data", at("document"), "-sha256", ...(cert ? ["-cert"] : []), "-out", at(`${name}.tsq`)], {
    stdio: "ignore",
  });
  const answer = await fetch(`${running.url}/tsa`, {
    method: "POST",
    headers: { "content-type": "application/timestamp-query" },
    body: readFileSync(at(`${name}.tsq`)),
  });
  assert.equal(answer.headers.get("content-type"), "application/timestamp-reply");
  writeFileSync(at(`${name}.tsr`), new Uint8Array(await answer.arrayBuffer()));
  return name;
}

// A foreign tool is told the trade time (decisions §1).
function verify(name: string, more: string[] = []): { ok: boolean; words: string } {
  const attime = String(Date.parse("2026-11-23T01:47:00.000Z") / 1000);
  const { status, stdout, stderr } = spawnSync(
    "openssl",
    ["ts", "-verify", "-queryfile", at(`${name}.tsq`), "-in", at(`${name}.tsr`), "-CAfile", at("root.pem"), "-attime", attime, ...more],
    { encoding: "utf8" },
  );
  return { ok: status === 0 && /Verification: OK/.test(stdout + stderr), words: stdout + stderr };
}

test("openssl accepts the stamp with its chain, and without it when given the chain", async () => {
  const full = verify(await stamped("full", true));
  assert.ok(full.ok, full.words);
  const bare = await stamped("bare", false);
  assert.equal(verify(bare).ok, false, "no certificates were asked for, so none came");
  const given = verify(bare, ["-untrusted", at("chain.pem")]);
  assert.ok(given.ok, given.words);
  const text = execFileSync("openssl", ["ts", "-reply", "-in", at("full.tsr"), "-text"], { encoding: "utf8" });
  assert.match(text, /Nov 23 01:47:00 2026 GMT/);
  assert.match(text, /Accuracy: 0x01 seconds/);
});

test("openssl refuses a stamp of something else, and one that answers another question", async () => {
  await control(running.url, token, "drive", { act: "tsaMode", wrongImprint: true });
  const wrong = verify(await stamped("wrong", true));
  await control(running.url, token, "drive", { act: "tsaMode" });
  assert.equal(wrong.ok, false);
  assert.match(wrong.words, /message imprint mismatch/i);
  await stamped("one", true);
  await stamped("two", true);
  writeFileSync(at("mixed.tsq"), readFileSync(at("one.tsq")));
  writeFileSync(at("mixed.tsr"), readFileSync(at("two.tsr")));
  assert.match(verify("mixed").words, /nonce mismatch/i);
});

test("what is no question, and a digest of another kind, is refused by the protocol's own word; a mute authority says 503", async () => {
  const post = (body: Uint8Array<ArrayBuffer>) => fetch(`${running.url}/tsa`, { method: "POST", body });
  writeFileSync(at("bad.tsr"), new Uint8Array(await (await post(new TextEncoder().encode("rubbish"))).arrayBuffer()));
  assert.match(execFileSync("openssl", ["ts", "-reply", "-in", at("bad.tsr"), "-text"], { encoding: "utf8" }), /Status: Rejected/);
  execFileSync("openssl", ["ts", "-query", "-data", at("document"), "-sha1", "-out", at("sha1.tsq")], { stdio: "ignore" });
  writeFileSync(at("sha1.tsr"), new Uint8Array(await (await post(new Uint8Array(readFileSync(at("sha1.tsq"))))).arrayBuffer()));
  assert.match(execFileSync("openssl", ["ts", "-reply", "-in", at("sha1.tsr"), "-text"], { encoding: "utf8" }), /Status: Rejected/);
  await control(running.url, token, "drive", { act: "tsaMode", mute: true });
  assert.equal((await post(new Uint8Array(8))).status, 503);
  await control(running.url, token, "drive", { act: "tsaMode" });
});
