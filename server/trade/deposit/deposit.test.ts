import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { fromHex, hex } from "../../../formats/bytes.ts";
import { buildEdge } from "../../app/http.ts";
import { creditCodeOf, type TestHouse, type TestPerson } from "../../app/testing/test-house.ts";
import { openSession } from "../../identity/index.ts";
import { newId } from "../../kernel/index.ts";
import { checkRecord } from "../../record/index.ts";
import { machineClock } from "../../runtime/clock/clock.ts";
import { transaction } from "../../runtime/database/index.ts";
import type { TradePeople } from "../catalogue/testing/admitted-lot.ts";
import { publishedLot } from "../tendering/testing/published-lot.ts";
import { roadTerms } from "../tendering/testing/road-document.ts";
import { loadLot, performAsSystem } from "../transaction/index.ts";
import { lotDepositsOf, type ReleaseCause, releaseDue } from "./index.ts";
import { depositHouse, payerOf } from "./testing/deposit-house.ts";
import { type LoopBank, pay, refundDone } from "./testing/loop-bank.ts";
import { listAccounts, listRefunds } from "./views.ts";

let house: TestHouse;
let bank: LoopBank;
let people: TradePeople;
let guarantor: TestPerson;
let cashier: TestPerson;
let accountant: TestPerson;
before(async () => {
  ({ house, bank, people } = await depositHouse());
  guarantor = await house.person("guarantor", "鹭江沙箱银行");
  cashier = await house.person("cashier", "交易中心财务");
  accountant = await house.person("accountant", "交易中心财务复核");
});
after(() => house.close());

const depositFen = BigInt(roadTerms.depositFen);
const untilOn = "2027-04-07";
const day = 86_400_000;
const at = (days: number) => new Date(house.clock.now() + days * day).toISOString();

/** A lot published now, with a deadline in 25 days. */
async function openLot(): Promise<string> {
  if (house.clock.now() < Date.parse(roadTerms.offerStartAt)) return publishedLot(house, people);
  return publishedLot(house, people, { offerStartAt: at(0), offerEndAt: at(10), questionEndAt: at(10), bidDeadlineAt: at(25) });
}

const depositsIn = (lotId: string) => transaction(house.house.pool, async (tx) => [...(await lotDepositsOf(tx, lotId)).values()]);
const deadlineOf = (lotId: string) =>
  transaction(house.house.pool, async (tx) => (await loadLot(tx, lotId))?.milestones.get("bidDeadline")?.at as number);

let commands = 0;
async function release(lotId: string, organisations: string[] | "all", cause: ReleaseCause): Promise<void> {
  commands += 1;
  await performAsSystem(house.house.parts, { lotId, commandId: `test:release:${commands}`, now: house.clock.now() }, async (context) => {
    await releaseDue(context, { organisations, cause });
  });
  await house.house.settle();
}

async function openAndPay(firm: TestPerson, lotId: string, differs: object = {}): Promise<string> {
  const { account } = await house.done(firm, "dep.open", lotId, {});
  await pay(house, { account, amountFen: depositFen, ...(await payerOf(house, firm)), ...differs });
  return account;
}

const sign = (person: TestPerson, bytes: string) => hex(p256.sign(fromHex(bytes), person.secretKey, { lowS: false }));

test("money and guarantees are judged at the opening by value date, account and validity", async () => {
  const lotId = await openLot();
  const [payer, late, foreign, short, vouched, nothing, refusedOne] = (await Promise.all(
    ["准时", "迟到", "一般户", "不足", "保函", "空户", "被拒"].map((name) => house.person("bidder", `${name}建设有限公司`)),
  )) as [TestPerson, TestPerson, TestPerson, TestPerson, TestPerson, TestPerson, TestPerson];
  const deadline = await deadlineOf(lotId);
  const account = await openAndPay(payer, lotId, { valueAt: new Date(deadline).toISOString() });
  await openAndPay(late, lotId, { valueAt: new Date(deadline + 1).toISOString() });
  await openAndPay(foreign, lotId, { payerAccountKind: "general" });
  await openAndPay(short, lotId, { amountFen: depositFen - 1n });
  await house.done(nothing, "dep.open", lotId, {});
  assert.equal((await house.done(payer, "dep.open", lotId, {})).account, account, "a second request gets the same account");

  const { guaranteeId } = await house.done(vouched, "gua.apply", lotId, { guarantor: guarantor.organisationId, form: "3" });
  const tooShort = await house.refused(
    guarantor,
    "gua.issue",
    lotId,
    { guaranteeId, number: "BH-1", untilOn: "2027-04-06", fileSha256: null },
    "guarantee.shorter-than-bid-validity",
  );
  assert.deepEqual([tooShort.ruleId, tooShort.data.requiredOn], ["CON-023", untilOn]);
  await house.done(guarantor, "gua.issue", lotId, { guaranteeId, number: "BH-1", untilOn, fileSha256: null });
  await house.refused(guarantor, "gua.refuse", lotId, { guaranteeId, reason: "改变主意" }, "act.not-possible-now");
  const other = await house.done(refusedOne, "gua.apply", lotId, { guarantor: guarantor.organisationId, form: "5" });
  await house.done(guarantor, "gua.refuse", lotId, { guaranteeId: other.guaranteeId, reason: "授信不足" });
  const stranger = await house.person("guarantor", "另一家银行");
  await house.refused(stranger, "gua.issue", lotId, { guaranteeId, number: "X", untilOn, fileSha256: null }, "object.unknown");
  await house.refused(vouched, "gua.apply", lotId, { guarantor: payer.organisationId, form: "3" }, "guarantee.guarantor-unknown");

  await house.jumpTo(deadline);
  await house.refused(nothing, "dep.open", lotId, {}, "act.step-not-open");
  const judged = new Map((await depositsIn(lotId)).map((deposit) => [deposit.organisation, deposit]));
  const seen = (firm: TestPerson) => {
    const { form, paidFen, inTime, state } = judged.get(firm.organisationId)!;
    return [form, paidFen, inTime, state];
  };
  assert.deepEqual(seen(payer), ["transfer", depositFen.toString(), true, "held"]);
  assert.deepEqual(seen(late), ["none", "0", false, "lapsed"]);
  assert.deepEqual(seen(foreign), ["none", "0", false, "lapsed"]);
  assert.deepEqual(seen(short), ["transfer", (depositFen - 1n).toString(), false, "lapsed"]);
  assert.deepEqual(seen(vouched), ["guarantee", depositFen.toString(), true, "held"]);
  assert.deepEqual(seen(nothing), ["none", "0", false, "lapsed"]);
  assert.deepEqual(seen(refusedOne), ["none", "0", false, "lapsed"]);
});

test("a deadline that is put off makes a guarantee too short: it is prolonged, or does not count", async () => {
  const lotId = await openLot();
  const [prolonged, left] = [await house.person("bidder", "延长建设有限公司"), await house.person("bidder", "未延长建设有限公司")];
  const until = () => new Date(deadline + roadTerms.bidValidityDays * day + 8 * 3_600_000).toISOString().slice(0, 10);
  let deadline = await deadlineOf(lotId);
  const orders: string[] = [];
  for (const firm of [prolonged, left]) {
    const { guaranteeId } = await house.done(firm, "gua.apply", lotId, { guarantor: guarantor.organisationId, form: "3" });
    await house.done(guarantor, "gua.issue", lotId, { guaranteeId, number: "BH-9", untilOn: until(), fileSha256: null });
    orders.push(guaranteeId);
  }
  deadline += 3 * day;
  const amendment = {
    title: "澄清第 1 号",
    reason: "图纸更正",
    affectsBids: true,
    changes: [{ where: "图纸", before: "P6", after: "P8" }],
  };
  const moved = { terms: {}, content: null, files: null, newBidDeadlineAt: new Date(deadline).toISOString(), acknowledged: [] };
  await house.done(people.agent, "doc.amend", lotId, { ...amendment, ...moved });
  await house.done(guarantor, "gua.issue", lotId, { guaranteeId: orders[0], number: "BH-9-1", untilOn: until(), fileSha256: null });
  await house.jumpTo(await deadlineOf(lotId));
  const judged = new Map((await depositsIn(lotId)).map((deposit) => [deposit.organisation, deposit]));
  assert.deepEqual(
    [judged.get(prolonged.organisationId)?.inTime, judged.get(prolonged.organisationId)?.guarantee?.number],
    [true, "BH-9-1"],
  );
  assert.deepEqual([judged.get(left.organisationId)?.inTime, judged.get(left.organisationId)?.form], [false, "guarantee"]);
});

test("money goes back with interest, by two persons' signatures, only when the bank's statement has it", async () => {
  const lotId = await openLot();
  const firm = await house.person("bidder", "退款建设有限公司");
  const vouched = await house.person("bidder", "保函退还有限公司");
  const account = await openAndPay(firm, lotId);
  const { guaranteeId } = await house.done(vouched, "gua.apply", lotId, { guarantor: guarantor.organisationId, form: "4" });
  await house.done(guarantor, "gua.issue", lotId, { guaranteeId, number: "BX-2", untilOn: "2027-12-31", fileSha256: null });
  await house.jumpTo(await deadlineOf(lotId));
  await house.refused(guarantor, "gua.discharge", lotId, { guaranteeId }, "guarantee.not-releasable");
  await release(lotId, "all", "contractSigned");
  const [due] = (await transaction(house.house.pool, listRefunds)).filter((row) => row.account === account);
  assert.ok(due);
  assert.equal(due.state, "due");
  await house.refused(cashier, "dep.orderRelease", null, { orderId: due.orderId, makerSig: "0".repeat(128) }, "act.not-possible-now");

  const prepared = await house.done(cashier, "dep.prepareRelease", null, { orderId: due.orderId });
  // 25 days at the demand rate of 0.2 % on 800,000 yuan.
  assert.deepEqual([prepared.principalFen, prepared.interestFen], [depositFen.toString(), "11111"]);
  await house.refused(
    cashier,
    "dep.orderRelease",
    null,
    { orderId: due.orderId, makerSig: sign(accountant, prepared.bytesToSign) },
    "deposit.order-signature-invalid",
  );
  await house.done(cashier, "dep.orderRelease", null, { orderId: due.orderId, makerSig: sign(cashier, prepared.bytesToSign) });
  bank.missingInStatement.add(
    (
      await transaction(house.house.pool, (tx) =>
        tx.query("SELECT event FROM record.event WHERE type = 'dep.received' ORDER BY id DESC LIMIT 1"),
      )
    ).rows.map((row: { event: string }) => JSON.parse(row.event).data.bankRef)[0],
  );
  const checked = { orderId: due.orderId, checkerSig: sign(accountant, prepared.bytesToSign) };
  await house.refused(accountant, "dep.approveRelease", null, checked, "deposit.not-in-statement");
  bank.missingInStatement.clear();
  await house.refused(cashier, "dep.approveRelease", null, checked, "act.not-your-role");
  await house.done(accountant, "dep.approveRelease", null, checked);
  assert.equal(bank.orders.at(-1)?.orderId, due.orderId);
  assert.ok(!JSON.stringify(bank.orders.at(-1)).includes(lotId.slice(4)), "the bank learns of no lot");

  await refundDone(house, due.orderId);
  assert.equal((await depositsIn(lotId)).find(({ organisation }) => organisation === firm.organisationId)?.state, "released");
  await house.done(guarantor, "gua.discharge", lotId, { guaranteeId });
  const lot = await transaction(house.house.pool, (tx) => loadLot(tx, lotId));
  assert.equal(lot?.done.get("deposit.release")?.outcome, "released");
});

test("one person cannot be maker and checker, whatever roles they hold", async () => {
  const both = await personOfTwoRoles();
  const asChecker = { ...both, membershipId: both.membershipId.replace(/\.1$/, ".2") };
  const lotId = await openLot();
  const firm = await house.person("bidder", "两岗测试有限公司");
  const account = await openAndPay(firm, lotId);
  await house.jumpTo(await deadlineOf(lotId));
  await release(lotId, "all", "contractSigned");
  const due = (await transaction(house.house.pool, listRefunds)).find((row) => row.account === account);
  assert.ok(due);
  const { orderId } = due;
  const { bytesToSign } = await house.done(both, "dep.prepareRelease", null, { orderId });
  await house.done(both, "dep.orderRelease", null, { orderId, makerSig: sign(both, bytesToSign) });
  await house.refused(asChecker, "dep.approveRelease", null, { orderId, checkerSig: sign(both, bytesToSign) }, "act.separation-of-duties");
  // Another person's act that only repeats the maker's signature is not a second hand either.
  await house.refused(
    accountant,
    "dep.approveRelease",
    null,
    { orderId, checkerSig: sign(both, bytesToSign) },
    "deposit.order-signature-invalid",
  );
});

/** Somebody whom the registrar gave both memberships. */
async function personOfTwoRoles(): Promise<TestPerson> {
  const secretKey = p256.utils.randomSecretKey(house.random.bytes(48));
  const [organisationId, personId] = [newId("org", house.clock.now(), house.random), newId("per", house.clock.now(), house.random)];
  const certificate = {
    usage: "sign",
    publicKey: hex(p256.getPublicKey(secretKey, true)),
    serial: "T-two",
    certificate: "",
    notBefore: "2020-01-01T00:00:00.000Z",
    notAfter: "2030-01-01T00:00:00.000Z",
  };
  await house.done(house.registrar, "org.enrol", null, {
    organisation: {
      id: organisationId,
      creditCode: creditCodeOf(9_999_999),
      name: "一人两岗",
      roles: ["tradingCentre"],
      regionCode: "350200",
      sector: null,
      profile: {},
    },
    people: [{ id: personId, details: { name: "一人" }, roles: ["cashier", "accountant"], certificates: [certificate] }],
  });
  return { ...cashier, personId, membershipId: `mem_${personId.slice(4)}.1`, organisationId, secretKey };
}

test("a refund that the bank rejects is due again under a new order", async () => {
  const lotId = await openLot();
  const firm = await house.person("bidder", "退票建设有限公司");
  const account = await openAndPay(firm, lotId);
  await house.jumpTo(await deadlineOf(lotId));
  await release(lotId, [firm.organisationId], "notAwarded");
  const refundNow = async () => (await transaction(house.house.pool, listRefunds)).find((row) => row.account === account)!;
  const { orderId } = await refundNow();
  const { bytesToSign } = await house.done(cashier, "dep.prepareRelease", null, { orderId });
  await house.done(cashier, "dep.orderRelease", null, { orderId, makerSig: sign(cashier, bytesToSign) });
  await house.done(accountant, "dep.approveRelease", null, { orderId, checkerSig: sign(accountant, bytesToSign) });
  await refundDone(house, orderId, "rejected");
  const again = await refundNow();
  assert.equal(again.state, "due");
  assert.notEqual(again.orderId, orderId);
});

test("the same message of the bank counts once; a late arrival with an early value date counts after all", async () => {
  const lotId = await openLot();
  const firm = await house.person("bidder", "在途建设有限公司");
  const { account } = await house.done(firm, "dep.open", lotId, {});
  const early = new Date(house.clock.now()).toISOString();
  await house.jumpTo(await deadlineOf(lotId));
  assert.equal((await depositsIn(lotId))[0]?.inTime, false);
  const receipt = { account, amountFen: depositFen, ...(await payerOf(house, firm)), valueAt: early, bankRef: "br-twice" };
  await pay(house, receipt);
  await pay(house, receipt);
  const [deposit] = await depositsIn(lotId);
  assert.deepEqual([deposit?.inTime, deposit?.state, deposit?.paidFen], [true, "held", depositFen.toString()]);
  assert.equal(
    (await transaction(house.house.pool, listAccounts)).find((row) => row.account === account)?.receivedFen,
    depositFen.toString(),
  );
  await pay(house, { ...receipt, bankRef: "br-late", valueAt: new Date(house.clock.now() + 1).toISOString() });
  const [due] = (await transaction(house.house.pool, listRefunds)).filter((row) => row.account === account);
  assert.equal(due?.cause, "late");
});

test("a firm claims its money back before the opening; the account's record does not say who", async () => {
  const lotId = await openLot();
  const firm = await house.person("bidder", "撤回建设有限公司");
  await house.refused(firm, "dep.claim", lotId, {}, "object.unknown");
  const account = await openAndPay(firm, lotId);
  const { refunds } = await house.done(firm, "dep.claim", lotId, {});
  assert.equal(refunds, 1);
  const [due] = (await transaction(house.house.pool, listRefunds)).filter((row) => row.account === account);
  assert.equal(due?.cause, "withdrawn");
  const events = await transaction(house.house.pool, (tx) =>
    tx.query<{ event: string }>("SELECT event FROM record.event WHERE event LIKE $1", [`%${account}%`]),
  );
  for (const { event } of events.rows) for (const secret of [firm.organisationId, firm.personId, lotId]) assert.ok(!event.includes(secret));
  await house.jumpTo(await deadlineOf(lotId));
  await house.refused(firm, "dep.claim", lotId, {}, "deposit.judged-at-opening");
  assert.equal((await depositsIn(lotId))[0]?.inTime, false, "money that goes back secures nothing");
});

test("a deposit is kept only for a cause of the law (CON-031), and then does not go back", async () => {
  const lotId = await openLot();
  const firm = await house.person("bidder", "撤销建设有限公司");
  await openAndPay(firm, lotId);
  await house.jumpTo(await deadlineOf(lotId));
  const forfeit = { organisation: firm.organisationId, cause: "rejected", basis: "评标委员会否决投标" };
  const problem = await house.refused(people.buyer, "dep.forfeit", lotId, forfeit, "deposit.not-forfeitable");
  assert.equal(problem.ruleId, "CON-031");
  await house.done(people.buyer, "dep.forfeit", lotId, { ...forfeit, cause: "revokedAfterDeadline", basis: "开标后撤销投标" });
  await release(lotId, "all", "contractSigned");
  assert.equal((await depositsIn(lotId))[0]?.state, "forfeited");
});

test("a lot that is cancelled gives everything back (CON-080): claimed before the opening, by itself after it", async () => {
  const early = await openLot();
  const firm = await house.person("bidder", "终止建设有限公司");
  const account = await openAndPay(firm, early);
  await house.done(people.buyer, "lot.cancel", early, { cause: "规划调整，终止招标" });
  await house.done(firm, "dep.claim", early, {});
  const lateLot = await openLot();
  const second = await openAndPay(firm, lateLot);
  await house.jumpTo(await deadlineOf(lateLot));
  await house.done(people.buyer, "lot.cancel", lateLot, { cause: "规划调整，终止招标" });
  const rows = await transaction(house.house.pool, listRefunds);
  for (const number of [account, second]) assert.equal(rows.find((row) => row.account === number)?.cause, "cancelled");
});

test("the tables of catalogue and deposit are rebuilt from the record as they were (I09)", async () => {
  await transaction(house.house.pool, async (tx) => {
    for (const view of ["catalogue.admissions", "deposit.accounts", "deposit.joined"]) {
      const before = await house.house.views.fingerprint(tx, view);
      await house.house.views.rebuild(tx, view);
      assert.deepEqual(await house.house.views.fingerprint(tx, view), before, view);
      assert.ok(
        Object.values(before).some((print) => print !== "empty"),
        `${view} has rows`,
      );
    }
  });
});

test("no account left is said so; the record is whole", async () => {
  const lotId = await openLot();
  const firm = await house.person("bidder", "无号建设有限公司");
  bank.accountsLeft = 0;
  await house.refused(firm, "dep.open", lotId, {}, "deposit.no-account");
  bank.accountsLeft = 100;
  assert.equal((await transaction(house.house.pool, checkRecord)).fault, null);
});

test("each reads its own: the firm its money, the guarantor its orders, the cashier accounts without a lot, the room after the opening", async () => {
  const lotId = await openLot();
  const firm = await house.person("bidder", "查询建设有限公司");
  const account = await openAndPay(firm, lotId);
  const { guaranteeId } = await house.done(firm, "gua.apply", lotId, { guarantor: guarantor.organisationId, form: "3" });
  const edge = await buildEdge({ house: house.house, onFault: (error) => assert.fail(String(error)) });
  const get = async (path: string, person?: TestPerson) => {
    const token =
      person && (await openSession(house.house.pool, { personId: person.personId, machineNow: machineClock.now(), random: house.random }));
    const headers = person ? { authorization: `Bearer ${token}`, "egret-membership": person.membershipId } : {};
    return edge.inject({ url: `/api/v1${path}`, headers });
  };
  const own = (await get(`/lots/${lotId}/deposit`, firm)).json();
  assert.deepEqual([own.account, own.receipts.length, own.guarantees[0].state, own.judged], [account, 1, "applied", null]);
  assert.equal((await get(`/lots/${lotId}/deposit`, await house.person("bidder"))).json().account, null);
  assert.equal((await get(`/lots/${lotId}/deposit`, people.buyer)).statusCode, 404);

  const desk = (await get("/guarantees", guarantor)).json().items.find((order: { id: string }) => order.id === guaranteeId);
  assert.deepEqual([desk.applicant, desk.lotId, desk.requiredUntilOn !== "", desk.releasable], ["查询建设有限公司", lotId, true, false]);
  const steps = (await get(`/lots/${lotId}/next-steps`, guarantor)).json().items;
  assert.ok(
    steps.some((step: { act: string; fill: { guaranteeId: string } }) => step.act === "gua.issue" && step.fill.guaranteeId === guaranteeId),
  );
  assert.deepEqual((await get("/guarantees", await house.person("guarantor"))).json().items, []);

  const accounts = await get("/deposits", cashier);
  assert.ok(
    accounts
      .json()
      .items.some((row: { account: string; receivedFen: string }) => row.account === account && row.receivedFen === depositFen.toString()),
  );
  assert.ok(!accounts.body.includes(lotId.slice(4)) && !accounts.body.includes("查询建设"));
  assert.equal((await get("/deposits", people.centre)).statusCode, 404);
  assert.equal((await get(`/lots/${lotId}/deposits`, people.buyer)).statusCode, 404);
  await house.jumpTo(await deadlineOf(lotId));
  const shown = (await get(`/lots/${lotId}/deposits`, people.buyer)).json().items;
  assert.deepEqual([shown[0].name, shown[0].inTime, shown[0].form], ["查询建设有限公司", true, "transfer"]);
  assert.ok(!JSON.stringify(shown).includes(account));
  assert.equal((await get("/deposits/refunds", accountant)).statusCode, 200);
  await edge.close();
});
