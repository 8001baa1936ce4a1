import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHex, hex, utf8 } from "../bytes.ts";
import { sha256 } from "../jcs.ts";
import { bankMessages } from "./bank-messages.ts";
import { fieldKeyOf, messageKeyOf, type Peer } from "./peer.ts";
import { decryptPersonal, encryptPersonal } from "./personal-field.ts";
import { answerTo, NonceMemory, type ReceivedRequest, type Receiver, readEnvelope, verifyRequest } from "./receive.ts";
import { readFile, writeFile } from "./reconciliation-file.ts";
import { openSealed, sealTo } from "./sealed-value.ts";
import { isAnswerTo, signRequest } from "./signed-message.ts";

// RFC 8032 §7.1 test 1
const secret = fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const key = { kid: "k1", secret };
const bodyText =
  '{"v":1,"schema":"1.0","type":"bank.receipt","id":"m-0001","object":"acc/6222000000000001","seq":1,"createdAt":"2026-03-02T01:00:00.000Z","occurredAt":"2026-03-02T00:59:58.000Z","system":"simulator","body":{}}';
const head = { id: "m-0001", from: "sim-bank", to: "egret", time: "2026-03-02T01:00:01.000Z", nonce: "000102030405060708090a0b0c0d0e0f" };
const line = { method: "POST", target: "/v1/messages" };
const random = (seed: number) => (length: number) => sha256(`test chance ${seed++}`).slice(0, length);

function receiver(now = "2026-03-02T01:00:02.000Z"): Receiver {
  const peer: Peer = {
    system: "sim-bank",
    baseUrl: "http://127.0.0.1:1",
    environment: "sandbox",
    keys: [messageKeyOf(key, "2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z")],
  };
  return {
    system: "egret",
    environment: "sandbox",
    key,
    findPeer: (system) => (system === "sim-bank" ? peer : undefined),
    nonces: new NonceMemory(),
    machineNow: () => Date.parse(now),
  };
}

function request(change: Partial<{ body: string; headers: Record<string, string>; twice: string }> = {}): ReceivedRequest {
  const headers: Record<string, string> = {
    ...signRequest(key, line, head, utf8(bodyText)),
    "Content-Type": "application/json; charset=utf-8",
    ...change.headers,
  };
  const pairs = Object.entries(headers);
  if (change.twice) pairs.push([change.twice, headers[change.twice] ?? ""]);
  return { ...line, pairs, body: utf8(change.body ?? bodyText) };
}

test("known answer of conventions.md §2", () => {
  assert.equal(utf8(bodyText).length, 208);
  assert.equal(hex(sha256(bodyText)), "28ea8a5f35e46e442f56bc15b6e8a9c638e497350ae2558c9996994682f58015");
  const signed = signRequest(key, line, head, utf8(bodyText));
  assert.equal(
    signed["Msg-Sig"],
    "fef22fe017f73d2d0804d77cecdb85442fd35eefe5f599a0542748c44da3191b6c73c98d359e01f333ca7397edf1124a17067c2a4060d0788296f16b05980a08",
  );
});

const codeOf = (change: Parameters<typeof request>[0], receiving = receiver()) => {
  const verdict = verifyRequest(request(change), receiving);
  return verdict.ok ? "ok" : verdict.problem.code;
};

test("checks come in the demanded order; the first failure is the answer", () => {
  assert.equal(codeOf({}), "ok");
  assert.equal(codeOf({ twice: "Msg-Id" }), "header.invalid");
  assert.equal(codeOf({ headers: { "Msg-To": "other", "Msg-Kid": "none" } }), "peer.not-allowed");
  assert.equal(codeOf({ headers: { "Msg-Kid": "none", "Msg-Time": "2020-01-01T00:00:00.000Z" } }), "sign.unknown-key");
  assert.equal(codeOf({ headers: { "Msg-Time": "2020-01-01T00:00:00.000Z" } }), "sign.time-skew");
  assert.equal(codeOf({ body: `${bodyText} ` }), "sign.invalid");
  assert.equal(codeOf({}, receiver("2028-01-01T00:00:00.000Z")), "sign.key-expired");
});

test("skew of exactly 300 s passes, 1 ms more does not", () => {
  assert.equal(codeOf({}, receiver("2026-03-02T01:05:01.000Z")), "ok");
  assert.equal(codeOf({}, receiver("2026-03-02T01:05:01.001Z")), "sign.time-skew");
});

test("a nonce is good once in 600 s; a bad signature does not burn it", () => {
  const receiving = receiver();
  assert.equal(codeOf({ body: "x" }, receiving), "sign.invalid");
  assert.equal(codeOf({}, receiving), "ok");
  assert.equal(codeOf({}, receiving), "sign.nonce-used");
});

test("the body is judged last: an empty receipt has no shape", () => {
  const receiving = receiver();
  const verdict = verifyRequest(request(), receiving);
  assert.ok(verdict.ok);
  const read = readEnvelope(request(), verdict, { schemas: bankMessages, isAsk: false });
  assert.ok(!read.ok);
  assert.equal(read.problem.code, "schema.invalid");
});

test("an answer proves its sender, echoes id and nonce, and covers status and body", () => {
  const receiving = receiver();
  const answer = answerTo({ head: { ...head, kid: "k1", sig: "" } }, receiving, { status: 202, body: { ack: 1 } });
  const peer: Peer = { ...(receiving.findPeer("sim-bank") as Peer), system: "egret" };
  const pairs = Object.entries(answer.headers);
  assert.ok(isAnswerTo(head, peer, { status: 202, pairs, body: answer.body }));
  assert.ok(!isAnswerTo(head, peer, { status: 200, pairs, body: answer.body }));
  assert.ok(!isAnswerTo(head, peer, { status: 202, pairs, body: utf8("{}") }));
  assert.ok(!isAnswerTo({ ...head, nonce: "ff".repeat(16) }, peer, { status: 202, pairs, body: answer.body }));
});

test("a personal field opens with the receiver's key only", () => {
  const own = sha256("own");
  const jwe = encryptPersonal("闽海筑城建工集团有限公司", fieldKeyOf(own), random(1));
  assert.equal(decryptPersonal(jwe, own), "闽海筑城建工集团有限公司");
  assert.throws(() => decryptPersonal(jwe, sha256("other")));
  assert.throws(() => decryptPersonal(`${jwe.slice(0, -3)}AAA`, own));
});

test("a sealed value opens only for its purpose", () => {
  const own = sha256("own");
  const sealed = sealTo(fieldKeyOf(own), "salts need-1", utf8("secret"), random(2));
  assert.equal(hex(openSealed(own, "salts need-1", sealed)), hex(utf8("secret")));
  assert.throws(() => openSealed(own, "salts need-2", sealed));
});

test("a file cut anywhere, or with a changed byte, is refused whole", () => {
  const headLine = { file: "statement", system: "sim-bank", day: "2026-03-02", version: 1, from: "a", to: "b" };
  const bytes = writeFile(
    headLine,
    [
      { entryNo: 1, amountFen: "5" },
      { entryNo: 2, amountFen: "7" },
    ],
    { sumFen: "12" },
  );
  const whole = readFile(bytes);
  assert.ok("records" in whole && whole.records.length === 2);
  for (let length = 0; length < bytes.length; length++) assert.ok("refused" in readFile(bytes.slice(0, length)), `cut at ${length}`);
  const changed = bytes.slice();
  changed[20] = (changed[20] ?? 0) ^ 1;
  assert.ok("refused" in readFile(changed));
});
