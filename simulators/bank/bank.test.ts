import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { hex } from "../../formats/bytes.ts";
import { encryptPersonal, readFile, transferText } from "../../formats/exchange/index.ts";
import { machine } from "../frame/main.ts";
import { type RunningSimulator, startSimulator } from "../frame/simulator.ts";
import { control, StandIn } from "../frame/stand-in.ts";
import { bank } from "./bank.ts";
import { bankFaults } from "./faults.ts";
import { interestFen } from "./interest.ts";

const home = mkdtempSync(join(tmpdir(), "egret-bank-"));
const token = "t".repeat(64);
const egret = new StandIn();
const maker = p256.utils.randomSecretKey();
const checker = p256.utils.randomSecretKey();
let running: RunningSimulator;
let accounts: string[] = [];
const drive = (act: string, args: object = {}) => control(running.url, token, "drive", { act, ...args }) as Promise<Record<string, string>>;
const fault = (order: object) => control(running.url, token, "faults", order);
type Books = {
  orders: { orderId: string; state: string; note?: string }[];
  mains: { balanceFen: string; entries: { dc: string; orderId?: string }[] }[];
};
const books = () => control(running.url, token, "books") as Promise<Books>;
const payer = { name: "闽海筑城建工集团有限公司", account: "00000592000001079190", kind: "basic" };

async function begin(): Promise<void> {
  running = await startSimulator(bank, { home, token, machine, retryMs: 20 });
  egret.knows(running.peer);
  await control(running.url, token, "peers", egret.row());
}

before(async () => {
  await egret.start();
  await begin();
  await control(running.url, token, "clock", {
    anchorReal: new Date(machine.now()).toISOString(),
    anchorVirtual: "2026-11-23T01:47:00.000Z",
    tempo: 1,
  });
  await drive("signatory", { publicKey: hex(p256.getPublicKey(maker, true)), role: "maker" });
  await drive("signatory", { publicKey: hex(p256.getPublicKey(checker, true)), role: "checker" });
  await egret.post(running.peer, egret.envelope("bank.openPool", "pool/pool-1", { poolId: "pool-1", purpose: "deposit", count: 20 }));
  const opened = await egret.waitFor("bank.poolOpened");
  ({ accounts } = opened.body as { accounts: string[] });
});

after(async () => {
  await running.stop();
  await egret.stop();
  rmSync(home, { recursive: true });
});

function order(orderId: string, ofBankRef: string, account: string, signers = { maker, checker }): Record<string, unknown> {
  const fieldKey = running.peer.fieldKey ?? "";
  const body = {
    orderId,
    kind: "refund",
    fromAccount: account,
    toName: encryptPersonal(payer.name, fieldKey, machine.random),
    toAccount: encryptPersonal(payer.account, fieldKey, machine.random),
    toBankCode: "000000000000",
    principalFen: "80000000",
    interestFen: "0",
    ofBankRef,
    causeCode: "CON-080",
  };
  const sign = (key: Uint8Array) => hex(p256.sign(transferText(body), key, { prehash: true, lowS: false, format: "compact" }));
  return { ...body, makerSig: sign(signers.maker), checkerSig: sign(signers.checker) };
}

test("interest: known answer of bank.md §3.4", () => assert.equal(interestFen(20_000_000n, 2_000n, 37n), 4_111n));

test("a pool has its accounts, none of which a real bank would take", () => {
  assert.equal(new Set(accounts).size, 20);
  assert.ok(accounts.every((account) => /^0000[0-9]{16}$/.test(account)));
});

test("BK01: a payment arrives as receipt and as statement line with the same reference", async () => {
  const { bankRef } = await drive("pay", { account: accounts[0], fen: "80000000", payer });
  const receipt = await egret.waitFor("bank.receipt");
  assert.equal(receipt.body.bankRef, bankRef);
  const { files } = (await drive("closeDay", { day: "2026-11-23" })) as unknown as { files: string[] };
  const file = await egret.get(running.peer, `/v1/files/${files[0]}`);
  assert.ok(file.how === "answered");
  const statement = readFile(file.bytes);
  assert.ok("records" in statement);
  assert.deepEqual(
    [statement.records[0]?.bankRef, statement.records[0]?.amountFen, statement.tail.closingFen],
    [bankRef, "80000000", "80000000"],
  );
});

test("BK03: an order that was executed without an answer is found by query and never executed twice", async () => {
  const ofBankRef = ((await books()) as unknown as { receipts: { bankRef: string }[] }).receipts[0]?.bankRef ?? "";
  await fault(bankFaults.BK03);
  const message = egret.envelope("bank.transfer", "order/ord-1", order("ord-1", ofBankRef, accounts[0] ?? ""));
  assert.equal((await egret.post(running.peer, message)).how, "unknown");
  const state = await egret.get(running.peer, "/v1/objects/order/ord-1");
  assert.ok(state.how === "answered");
  assert.equal((state.body as { state: string }).state, "done");
  const again = await egret.post(running.peer, message);
  assert.ok(again.how === "answered" && (again.body as { ack: { repeat: boolean } }).ack.repeat);
  const debits = (await books()).mains.flatMap(({ entries }) => entries).filter(({ dc, orderId }) => dc === "D" && orderId === "ord-1");
  assert.equal(debits.length, 1);
  assert.equal((await egret.waitFor("bank.transferResult")).body.state, "done");
});

test("BK11: one person as maker and checker is rejected; so are strangers", async () => {
  const { bankRef } = await drive("pay", { account: accounts[1], fen: "80000000", payer });
  await egret.post(
    running.peer,
    egret.envelope("bank.transfer", "order/ord-2", order("ord-2", bankRef ?? "", accounts[1] ?? "", { maker, checker: maker })),
  );
  const result = await egret.waitFor("bank.transferResult", 2);
  assert.deepEqual([result.body.orderId, result.body.state], ["ord-2", "rejected"]);
});

test("a signed answer that the order is unknown is not the same as no answer", async () => {
  const state = await egret.get(running.peer, "/v1/objects/order/never-sent");
  assert.ok(state.how === "refused");
  assert.equal(state.problem.code, "order.unknown");
});

test("BK12: the payer's account is closed: rejected with the reason", async () => {
  await drive("closeAccount", { payerAccount: payer.account });
  const { bankRef } = await drive("pay", { account: accounts[2], fen: "80000000", payer });
  await egret.post(running.peer, egret.envelope("bank.transfer", "order/ord-3", order("ord-3", bankRef ?? "", accounts[2] ?? "")));
  assert.deepEqual((await egret.waitFor("bank.transferResult", 3)).body.reason, "accountClosed");
});

test("BK05: a receipt signed by another key is refused by its reader; the gap door gives the true one", async () => {
  await fault(bankFaults.BK05);
  const { bankRef } = await drive("pay", { account: accounts[4], fen: "100", payer });
  for (let i = 0; i < 200 && egret.refused.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 25));
  assert.deepEqual(egret.refused, ["sign.invalid"]);
  const gap = await egret.get(running.peer, `/v1/messages?object=acc/${accounts[4]}&fromSeq=1`);
  assert.ok(gap.how === "answered");
  assert.equal((gap.body as { messages: { body: { bankRef: string } }[] }).messages[0]?.body.bankRef, bankRef);
});

test("the same message id with another body is refused; a hole in the numbers is kept, not applied", async () => {
  const first = egret.envelope("bank.openPool", "pool/pool-9", { poolId: "pool-9", purpose: "fee", count: 1 });
  const reused = { ...first, body: { ...first.body, count: 2 } };
  const early = { ...first, id: "e-early", seq: 2 };
  assert.equal((await egret.post(running.peer, early)).how, "answered");
  assert.equal((await egret.get(running.peer, "/v1/objects/pool/pool-9")).how, "refused");
  assert.equal((await egret.post(running.peer, first)).how, "answered");
  const answer = await egret.post(running.peer, reused);
  assert.ok(answer.how === "refused");
  assert.equal(answer.problem.code, "msg.id-reused");
});

test("everything is there after a restart, and the clock does not run back", async () => {
  const kept = await books();
  await running.stop();
  await begin();
  assert.deepEqual(await books(), kept);
  const { now } = (await control(running.url, token, "clock", {
    anchorReal: new Date(machine.now()).toISOString(),
    anchorVirtual: "2026-11-01T00:00:00.000Z",
    tempo: 1,
  })) as { now: string };
  assert.ok(now >= "2026-11-23T01:47:00.000Z");
});

test("without its token nobody drives the bank", async () => {
  await assert.rejects(control(running.url, "wrong", "books"), /403/);
});
