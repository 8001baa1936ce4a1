import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { encryptPersonal } from "../../formats/exchange/index.ts";
import { digestOf } from "../../formats/jcs.ts";
import { machine } from "../frame/main.ts";
import { type RunningSimulator, startSimulator } from "../frame/simulator.ts";
import { control, StandIn } from "../frame/stand-in.ts";
import { gatewayFaults } from "./faults.ts";
import { messageGateway } from "./gateway.ts";
import type { Sending } from "./sending.ts";

const home = mkdtempSync(join(tmpdir(), "egret-msg-"));
const token = "t".repeat(64);
const egret = new StandIn();
let running: RunningSimulator;

before(async () => {
  await egret.start();
  running = await startSimulator(messageGateway, { home, token, machine, retryMs: 20 });
  egret.knows(running.peer);
  await control(running.url, token, "peers", egret.row());
  await control(running.url, token, "clock", {
    anchorReal: new Date(machine.now()).toISOString(),
    anchorVirtual: "2026-11-23T01:47:00.000Z",
    tempo: 1,
  });
  const template = {
    templateId: "code",
    version: 1,
    channel: "sms",
    class: "code",
    language: "zh-CN",
    text: "【鹭易】验证码 {code}，5 分钟内有效。",
    places: [{ name: "code", type: "text", max: 6 }],
    signName: "鹭易",
  };
  await egret.post(running.peer, egret.envelope("msg.templateFiled", "tpl/code", template));
  await egret.waitFor("msg.templateAccepted");
});

after(async () => {
  await running.stop();
  await egret.stop();
  rmSync(home, { recursive: true });
});

const sending = (sendId: string, change: object = {}) =>
  egret.envelope("msg.send", `msg/${sendId}`, {
    sendId,
    templateId: "code",
    version: 1,
    places: { code: "482913" },
    to: encryptPersonal("0592-000 4001", running.peer.fieldKey ?? "", machine.random),
    personRef: digestOf("person"),
    expiresAt: "2026-11-23T01:52:00.000Z",
    dedupeKey: digestOf(sendId),
    ...change,
  });
const sent = async () => ((await control(running.url, token, "books")) as { sendings: Sending[] }).sendings;

test("MS01: a code is sent once and can be read on the page that says that nothing was sent", async () => {
  await egret.post(running.peer, sending("s1"));
  assert.equal((await egret.waitFor("msg.delivery")).body.state, "delivered");
  const page = await (await fetch(`${running.url}/outbox`)).text();
  assert.match(page, /nothing was sent/);
  assert.match(page, /482913/);
});

test("MS03: repeated after a lost answer, one send stands in the books", async () => {
  await control(running.url, token, "faults", gatewayFaults.MS03);
  const message = sending("s2");
  assert.equal((await egret.post(running.peer, message)).how, "unknown");
  assert.equal((await egret.post(running.peer, message)).how, "answered");
  assert.equal((await sent()).filter(({ sendId }) => sendId === "s2").length, 1);
});

test("MS07: links and long texts in a place are refused; after expiry nothing is sent", async () => {
  await egret.post(running.peer, sending("s3", { places: { code: "http://x" } }));
  assert.equal((await egret.waitFor("msg.refused")).body.reason, "template");
  await egret.post(running.peer, sending("s4", { expiresAt: "2026-11-23T01:46:00.000Z" }));
  assert.equal((await egret.waitFor("msg.refused", 2)).body.reason, "expired");
});

test("the journal shows neither number nor code", async () => {
  const journal = JSON.stringify(await control(running.url, token, "journal?limit=1000"));
  assert.ok(!journal.includes("482913") && !journal.includes("0592-000"));
  assert.ok(journal.includes("🔒"));
});
