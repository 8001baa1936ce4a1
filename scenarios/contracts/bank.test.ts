/** The cases of bank.md §9 that stand between adapter and bank. What the deposit stage makes of them is tested there. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { hex } from "../../formats/bytes.ts";
import { type BankFact, type BankPort, bankAdapter, matchReceipt, type TransferOrder } from "../../server/exchange/index.ts";
import { bankFaults } from "../../simulators/bank/faults.ts";
import { PlatformSide } from "./platform-side.ts";

const home = mkdtempSync(join(tmpdir(), "egret-bk-"));
const maker = p256.utils.randomSecretKey();
const checker = p256.utils.randomSecretKey();
const keyOf = (secret: Uint8Array) => hex(p256.getPublicKey(secret, true));
const payer = { name: "闽海筑城建工集团有限公司", account: "00000592000001079190", kind: "basic" };
let side: PlatformSide;
let bank: BankPort;
let accounts: readonly string[] = [];
let mainAccount = "";

before(async () => {
  side = await PlatformSide.start(home);
  bank = bankAdapter(side.client);
  await side.simulators.drive("bank", "signatory", { publicKey: keyOf(maker), role: "maker" });
  await side.simulators.drive("bank", "signatory", { publicKey: keyOf(checker), role: "checker" });
  await side.deliver(bank.openAccounts({ poolId: "pool-1", purpose: "deposit", count: 30 }));
  const opened = bank.readFact((await side.waitFor("bank.poolOpened")).envelope);
  assert.ok(opened?.fact === "poolOpened");
  ({ accounts, mainAccount } = opened);
});

after(async () => {
  await side.stop();
  rmSync(home, { recursive: true });
});

const pay = async (account: number, fen = "80000000", more: object = {}) =>
  (await side.simulators.drive("bank", "pay", { account: accounts[account], fen, payer, ...more })).bankRef as string;
type Received = Extract<BankFact, { fact: "received" }>;
async function receiptOf(bankRef: string): Promise<Received> {
  for (let count = 1; ; count++) {
    const fact = bank.readFact((await side.waitFor("bank.receipt", count)).envelope);
    if (fact?.fact === "received" && fact.bankRef === bankRef) return fact;
  }
}

function refundOf(orderId: string, receipt: Received, change: Partial<TransferOrder> = {}) {
  return bank.prepareTransfer({
    orderId,
    purpose: "refund",
    fromAccount: receipt.account,
    toName: receipt.payerName,
    toAccount: receipt.payerAccount,
    toBankCode: "000000000000",
    principalFen: receipt.amountFen,
    interestFen: 0n,
    ofBankRef: receipt.bankRef,
    causeCode: "CON-080",
    ...change,
  });
}

function signed(prepared: ReturnType<typeof refundOf>, checkedBy = checker) {
  const sign = (secret: Uint8Array) => hex(p256.sign(bank.signedBytesOf(prepared), secret, { lowS: false }));
  return bank.orderTransfer(prepared, {
    makerKey: keyOf(maker),
    makerSig: sign(maker),
    checkerKey: keyOf(checkedBy),
    checkerSig: sign(checkedBy),
  });
}

const debitsOf = async (orderId: string) =>
  (await bank.statementSince(mainAccount, 0)).entries.filter((line) => line.dc === "D" && line.orderId === orderId);

test("BK01 a payment in full: receipt, statement entry and books agree", async () => {
  const receipt = await receiptOf(await pay(0));
  assert.deepEqual(
    [receipt.amountFen, receipt.payerName, receipt.payerAccount, receipt.payerAccountKind],
    [80_000_000n, payer.name, payer.account, "basic"],
  );
  assert.equal(matchReceipt(receipt, []), "provisional");
  assert.equal(matchReceipt(receipt, (await bank.statementSince(mainAccount, 0)).entries), "matched");
  await side.simulators.drive("bank", "closeDay", { day: "2026-11-23" });
  const { statements, refused } = await bank.statementsOf("2026-11-23");
  assert.deepEqual([refused, statements[0]?.closingFen], [[], 80_000_000n]);
  assert.equal(await bank.payerAccountKind(payer), "basic");
});

test("BK02 the same receipt 50 times in parallel: one message, equal answers", async () => {
  await side.simulators.control("bank", "faults", bankFaults.BK02);
  const bankRef = await pay(1, "100");
  await receiptOf(bankRef);
  const id = side.inbox.messages.find(({ envelope }) => envelope.body.bankRef === bankRef)?.envelope.id ?? "";
  const answers = () => side.acknowledgements.filter((one) => one.id === id);
  for (let i = 0; i < 400 && answers().length < 51; i++) await new Promise((resolve) => setTimeout(resolve, 25));
  assert.equal(answers().length, 51);
  assert.equal(new Set(answers().map(({ body }) => (JSON.parse(body) as { ack: { receivedAt: string } }).ack.receivedAt)).size, 1);
  assert.equal(side.inbox.messages.filter(({ envelope }) => envelope.body.bankRef === bankRef).length, 1);
});

test("BK03 executed without an answer: found by query, one debit", async () => {
  await side.simulators.control("bank", "faults", bankFaults.BK03);
  const receipt = await receiptOf(await pay(2));
  const message = side.message(signed(refundOf("ord-3", receipt)));
  assert.equal((await side.client.deliver(message, "none")).how, "retry");
  const found = await side.client.deliver(message, "unanswered");
  assert.ok(found.how === "known" && found.state === "done");
  assert.equal((await debitsOf("ord-3")).length, 1);
});

test("BK03b an order that never arrived goes again only after a signed 'unknown' and 60 s", async () => {
  await side.simulators.control("bank", "faults", {
    kind: "dropBeforeEffect",
    match: { type: "bank.transfer", direction: "in" },
    skip: 0,
    count: 1,
  });
  const receipt = await receiptOf(await pay(3));
  const message = side.message(signed(refundOf("ord-3b", receipt)));
  assert.equal((await side.client.deliver(message, "none")).how, "retry");
  assert.equal((await side.client.deliver(message, "unanswered", false)).how, "retry");
  assert.equal((await debitsOf("ord-3b")).length, 0);
  assert.equal((await side.client.deliver(message, "unanswered", true)).how, "delivered");
  assert.equal((await debitsOf("ord-3b")).length, 1);
});

test("BK04 one fen too much under a good signature: provisional, then disputed by the statement", async () => {
  await side.simulators.control("bank", "faults", bankFaults.BK04);
  const receipt = await receiptOf(await pay(4, "500"));
  assert.equal(receipt.amountFen, 501n);
  assert.equal(matchReceipt(receipt, (await bank.statementSince(mainAccount, 0)).entries), "disputed");
});

test("BK05 signed by another key: 401, nothing stored; the gap door gives the true message", async () => {
  await side.simulators.control("bank", "faults", bankFaults.BK05);
  const before = side.inbox.messages.length;
  const bankRef = await pay(5, "600");
  for (let i = 0; i < 200 && side.refused.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 25));
  assert.deepEqual(side.refused, ["sign.invalid"]);
  assert.equal(side.inbox.messages.length, before);
  const [missed] = await side.client.missedMessages("sim-bank", `acc/${accounts[5]}`, 1);
  assert.equal(missed?.body.bankRef, bankRef);
});

test("BK06/07 the value date travels to the millisecond", async () => {
  for (const [account, valueAt] of [
    [6, "2026-11-23T02:00:00.000Z"],
    [7, "2026-11-23T02:00:00.001Z"],
  ] as const) {
    assert.equal((await receiptOf(await pay(account, "700", { valueAt }))).valueAt, valueAt);
  }
});

test("BK08 the result comes before the acknowledgement: kept, and the order is done once", async () => {
  await side.simulators.control("bank", "faults", bankFaults.BK08);
  const receipt = await receiptOf(await pay(8));
  const message = side.message(signed(refundOf("ord-8", receipt)));
  const delivery = side.client.deliver(message, "none");
  for (let count = 1; ; count++) {
    const fact = bank.readFact((await side.waitFor("bank.transferResult", count)).envelope);
    if (fact?.fact === "transferJudged" && fact.orderId === "ord-8") break;
  }
  assert.equal((await delivery).how, "retry");
  const found = await side.client.deliver(message, "unanswered");
  assert.ok(found.how === "known" && found.state === "done");
  assert.equal((await debitsOf("ord-8")).length, 1);
});

test("BK09 a statement cut at 60 % is refused whole; asked again it is whole", async () => {
  await side.simulators.drive("bank", "closeDay", { day: "2026-11-23" });
  await side.simulators.control("bank", "faults", { ...bankFaults.BK09, skip: 1, count: 2 });
  const cut = await bank.statementsOf("2026-11-23");
  assert.deepEqual([cut.statements.length, cut.refused.length], [0, 2]);
  const whole = await bank.statementsOf("2026-11-23");
  assert.deepEqual([whole.statements[0]?.version, whole.refused], [2, []]);
});

test("BK11 one person as maker and checker is refused before sending, and by the bank", async () => {
  const receipt = await receiptOf(await pay(10));
  assert.throws(() => signed(refundOf("ord-11", receipt), maker), /one person/);
  const stranger = p256.utils.randomSecretKey();
  await side.deliver(signed(refundOf("ord-11s", receipt), stranger));
  const state = await side.client.objectState("sim-bank", "order/ord-11s");
  assert.ok(state.how === "answered" && (state.body as { state: string }).state === "rejected");
});

test("BK12 the payer's account is closed: rejected, then paid once to a new account", async () => {
  const receipt = await receiptOf(await pay(11));
  await side.simulators.drive("bank", "closeAccount", { payerAccount: payer.account });
  await side.deliver(signed(refundOf("ord-12", receipt)));
  const rejected = await side.client.objectState("sim-bank", "order/ord-12");
  assert.ok(rejected.how === "answered");
  assert.equal((rejected.body as { lastResult: { body: { reason: string } } }).lastResult.body.reason, "accountClosed");
  await side.deliver(signed(refundOf("ord-12b", receipt, { toAccount: "00000592000099999990" })));
  assert.equal((await debitsOf("ord-12b")).length, 1);
  assert.equal((await debitsOf("ord-12")).length, 0);
});
