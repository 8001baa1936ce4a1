import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { signCommand } from "../../../formats/act.ts";
import { concat, hex } from "../../../formats/bytes.ts";
import { checkReceipts, receiptHash, type SealReceipt } from "../../../formats/seal/index.ts";
import { fillerBytes } from "../../../formats/seal/rehearsal.ts";
import { creditCodeOf, type TestHouse, type TestPerson, testHouse } from "../../app/testing/test-house.ts";
import { findActor } from "../../identity/index.ts";
import { newId } from "../../kernel/index.ts";
import { procedureById } from "../../kinds/index.ts";
import { checkRecord } from "../../record/index.ts";
import { catalogueStage } from "../catalogue/index.ts";
import { tradePeople } from "../catalogue/testing/admitted-lot.ts";
import { ceremonyStage } from "../ceremony/index.ts";
import { tenderingStage } from "../tendering/index.ts";
import { type Procedure, transactionStage } from "../transaction/index.ts";
import { biddingStage } from "./index.ts";
import { bidDeadline, makeBid, type OpenLot, openLots } from "./testing/sealed-bid.ts";

const stages = [transactionStage, catalogueStage, ceremonyStage, tenderingStage, biddingStage];
const procedure = (id: string) => procedureById(id) as Procedure;

let house: TestHouse;
let lot: OpenLot;
let other: OpenLot;
let bidder: TestPerson;
let agentAsBidder: TestPerson;
before(async () => {
  house = await testHouse({ stages, procedure });
  const { agent, asBidder } = await agency();
  agentAsBidder = asBidder;
  const people = { ...(await tradePeople(house)), agent };
  [lot, other] = (await openLots(house, people, ["甲标段", "乙标段"])) as [OpenLot, OpenLot];
  bidder = await house.person("bidder");
});
after(() => house.close());

/** A repeated command is the same bytes, so it keeps its nonce. */
const nonces = new Map<string, string>();

/** The raw answer of a signed command, as the line carries it. */
async function rawAnswer(person: TestPerson, name: string, data: unknown, wish: { commandId: string; arrivedAt?: number }) {
  const { lotId } = lot;
  const nonce = nonces.get(wish.commandId) ?? house.house.nonces.issue({ act: name, membership: person.membershipId, lotId }).nonce;
  nonces.set(wish.commandId, nonce);
  const command = { v: 1 as const, act: name, commandId: wish.commandId, membership: person.membershipId, lotId, data, nonce };
  const actor = await findActor(house.house.pool, person.personId, person.membershipId, house.clock.now());
  assert.ok(actor);
  return house.house.perform(signCommand(command, person.secretKey), actor, wish.arrivedAt ?? house.clock.now());
}

test("a sealed bid has a receipt at once; replaced, withdrawn and sealed again they are one chain", async () => {
  const firm = await house.person("bidder");
  const receipts: SealReceipt[] = [];
  const seal = async (version: number) => {
    const bid = await makeBid(house, lot, { bidder: firm, version });
    receipts.push((await house.done(firm, "bid.seal", lot.lotId, bid.submission)).receipt);
    return bid;
  };
  await seal(1);
  const second = await seal(2);
  receipts.push((await house.done(firm, "bid.withdraw", lot.lotId, { bidDigest: second.bidDigest })).receipt);
  await house.refused(firm, "bid.withdraw", lot.lotId, { bidDigest: second.bidDigest }, "bid.none");
  await seal(3);
  assert.equal(checkReceipts(receipts, house.platform.keys.receiptKey, bidDeadline), undefined);
  assert.deepEqual(
    receipts.map(({ action, version }) => `${action} ${version}`),
    ["submit 1", "submit 2", "withdraw 2", "submit 3"],
  );
  assert.equal(receipts[3]?.prev, receiptHash(receipts[2] as SealReceipt));
  const { rows } = await house.house.pool.query(
    "SELECT 1 FROM record.position p JOIN record.event e ON e.id = p.event_id WHERE p.position = $1 AND e.type = 'sealed.event'",
    [receipts[0]?.evidenceSeq],
  );
  assert.equal(rows.length, 1, "evidenceSeq is the position of the sealed event");
});

test("the very deadline is in time, one millisecond later is late (招标投标法 第二十八条)", async () => {
  const firm = await house.person("bidder");
  const bid = await makeBid(house, lot, { bidder: firm });
  const end = Date.parse(bidDeadline);
  const late = await rawAnswer(firm, "bid.seal", bid.submission, { commandId: "late-by-one-millisecond", arrivedAt: end + 1 });
  assert.equal(JSON.parse(late.text).code, "bid.late");
  assert.equal(JSON.parse(late.text).ruleId, "CON-035");
  assert.match(JSON.parse(late.text).title, /招标投标法 第二十八条/);
  const inTime = await rawAnswer(firm, "bid.seal", bid.submission, { commandId: "at-the-very-deadline", arrivedAt: end });
  assert.equal(inTime.status, 200, inTime.text.trim());
  assert.equal(JSON.parse(inTime.text).result.receipt.receivedAt, bidDeadline);
  assert.equal(
    JSON.parse(
      (await rawAnswer(firm, "bid.withdraw", { bidDigest: bid.bidDigest }, { commandId: "withdrawn-too-late", arrivedAt: end + 1 })).text,
    ).code,
    "bid.revoke-only",
  );
});

test("all answers have one size, and a repeated command gets the same bytes", async () => {
  const firm = await house.person("bidder");
  const bid = await makeBid(house, lot, { bidder: firm });
  const first = await rawAnswer(firm, "bid.seal", bid.submission, { commandId: "sealed-and-repeated" });
  const again = await rawAnswer(firm, "bid.seal", bid.submission, { commandId: "sealed-and-repeated" });
  const other = await rawAnswer(firm, "bid.seal", (await makeBid(house, lot, { bidder: firm })).submission, {
    commandId: "sealed-and-repeated",
  });
  const refused = await rawAnswer(firm, "bid.withdraw", { bidDigest: "0".repeat(64) }, { commandId: "refused-and-sized-alike" });
  assert.equal(first.status, 200);
  assert.deepEqual(again, first);
  assert.equal(JSON.parse(other.text).code, "request.key-reused");
  await house.refused(firm, "bid.seal", lot.lotId, bid.submission, "bid.version");
  assert.deepEqual(
    [first, other, refused].map(({ text }) => text.length),
    [4096, 4096, 4096],
  );
});

test("a bid that is not sealed for this lot is refused, and nothing of it is kept", async () => {
  const bid = await makeBid(house, lot, { bidder });
  const elsewhere = await makeBid(house, other, { bidder });
  const refusals: [string, object, string, string | undefined][] = [
    ["another lot's bid", elsewhere.submission, "bid.unencrypted", "E_LOT"],
    ["a signature of zeros", { ...bid.submission, sig: "00".repeat(64) }, "bid.unencrypted", "E_BID_SIG"],
    ["a wrong root", { ...bid.submission, root: "00".repeat(32) }, "bid.unencrypted", "E_BID_SIG"],
    ["another party's id", (await makeBid(house, lot, { bidder: await house.person("bidder") })).submission, "bid.other-party", undefined],
    ["version 2 without a first", (await makeBid(house, lot, { bidder, version: 2 })).submission, "bid.version", undefined],
  ];
  const opened = await events();
  for (const [what, submission, code, inside] of refusals) {
    const problem = await house.refused(bidder, "bid.seal", lot.lotId, submission, code);
    assert.equal(problem.data.code, inside, what);
  }
  assert.equal((await house.act(bidder, "bid.seal", lot.lotId, { file: "plain.pdf" })).body.code, "request.invalid");
  assert.equal(await events(), opened);
  assert.ok(opened > 0);
});

test("pieces that are missing, changed or exchanged are found before a receipt is given (CON-036)", async () => {
  const bid = await makeBid(house, lot, { bidder, files: [{ name: "技术标.pdf", bytes: fillerBytes(7, 1_500_000) }] });
  const [first, second, ...rest] = bid.submission.chunks;
  assert.ok(first && second);
  const stranger = hex(house.random.bytes(16));
  const cases: [string, object[], string][] = [
    ["missing", [{ ...first, name: stranger }, second, ...rest], "missing"],
    ["another digest", [{ ...first, sha256: "00".repeat(32) }, second, ...rest], "digest"],
    ["another order", [second, first, ...rest], "root"],
    ["one too few", [first, second], "size"],
  ];
  for (const [what, chunks, fault] of cases) {
    const problem = await house.refused(bidder, "bid.seal", lot.lotId, { ...bid.submission, chunks }, "bid.incomplete");
    assert.equal(problem.data.fault, fault, what);
    assert.equal(problem.ruleId, "CON-036");
  }
  const changed = concat(bid.body.subarray(0, first.size - 1), Uint8Array.of(bid.body[first.size - 1]! ^ 1)).subarray(0, first.size);
  const damaged = { ...first, name: hex(house.random.bytes(16)) };
  await house.platform.files.put(damaged.name, changed);
  const submission = { ...bid.submission, chunks: [damaged, second, ...rest] };
  assert.equal((await house.refused(bidder, "bid.seal", lot.lotId, submission, "bid.incomplete")).data.fault, "digest");
});

test("key material is used once: R in the whole house, salt and prefix among one's own versions", async () => {
  const firm = await house.person("bidder");
  const bid = await makeBid(house, lot, { bidder: firm });
  await house.done(firm, "bid.seal", lot.lotId, bid.submission);
  const fresh = (await makeBid(house, lot, { bidder: firm })).secrets;
  const sameR = await makeBid(house, lot, { bidder: firm, version: 2, secrets: { ...fresh, r: bid.secrets.r } });
  const samePrefix = await makeBid(house, lot, { bidder: firm, version: 2, secrets: { ...fresh, prefix: bid.secrets.prefix } });
  const sameSalt = await makeBid(house, lot, { bidder: firm, version: 2, secrets: { ...fresh, salt: bid.secrets.salt } });
  for (const again of [sameR, samePrefix, sameSalt])
    await house.refused(firm, "bid.seal", lot.lotId, again.submission, "bid.reused-secret");
  const rival = await house.person("bidder");
  const copied = await makeBid(house, lot, { bidder: rival, secrets: { ...fresh, r: bid.secrets.r } });
  await house.refused(rival, "bid.seal", lot.lotId, copied.submission, "bid.reused-secret");
});

test("the agent of the tender may not bid in it (招标投标法实施条例 第十三条)", async () => {
  const bid = await makeBid(house, lot, { bidder: agentAsBidder });
  assert.equal((await house.refused(agentAsBidder, "bid.seal", lot.lotId, bid.submission, "bid.party-is-agent")).ruleId, "CON-094");
});

test("two commands of one firm at once: one version 1, the other is told the next", async () => {
  const firm = await house.person("bidder");
  const bids = [await makeBid(house, lot, { bidder: firm }), await makeBid(house, lot, { bidder: firm })];
  const answers = await Promise.all(
    bids.map((bid, i) => rawAnswer(firm, "bid.seal", bid.submission, { commandId: `at-the-same-moment-${i}` })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422]);
});

test("what came in time but was not finished before the opening is called the platform's fault", async () => {
  const firm = await house.person("bidder");
  const bid = await makeBid(house, lot, { bidder: firm });
  await house.jumpTo(bidDeadline);
  const end = Date.parse(bidDeadline);
  const answer = await rawAnswer(firm, "bid.seal", bid.submission, { commandId: "in-time-but-not-finished", arrivedAt: end });
  assert.equal(JSON.parse(answer.text).code, "bid.not-finished-in-time");
  const late = await rawAnswer(firm, "bid.seal", bid.submission, { commandId: "late-after-the-deadline", arrivedAt: end + 1 });
  assert.equal(JSON.parse(late.text).code, "bid.late");
  assert.deepEqual(
    [answer, late].map(({ text }) => text.length),
    [4096, 4096],
  );
});

test("the record stays whole", async () => {
  await house.house.settle();
  assert.equal((await checkRecord(house.house.pool)).fault, null);
});

async function events(): Promise<number> {
  const { rows } = await house.house.pool.query(
    "SELECT count(*)::int AS n FROM record.event WHERE type = 'sealed.event' OR stream LIKE 'lot%'",
  );
  return rows[0].n;
}

/** An agency of which one person acts as agent and another tries to bid. */
async function agency(): Promise<{ agent: TestPerson; asBidder: TestPerson }> {
  const organisationId = newId("org", house.clock.now(), house.random);
  const make = (role: "agent" | "bidder") => {
    const secretKey = p256.utils.randomSecretKey(house.random.bytes(48));
    const personId = newId("per", house.clock.now(), house.random);
    const person: TestPerson = {
      personId,
      drawSecret: house.random.bytes(32),
      sealSecret: house.random.bytes(32),
      membershipId: `mem_${personId.slice(4)}.1`,
      organisationId,
      role,
      secretKey,
    };
    const validity = { notBefore: "2020-01-01T00:00:00.000Z", notAfter: "2030-01-01T00:00:00.000Z" };
    const certificate = { usage: "sign", publicKey: hex(p256.getPublicKey(secretKey, true)), serial: role, certificate: "", ...validity };
    return { person, enrolment: { id: personId, details: { name: role }, roles: [role], certificates: [certificate] } };
  };
  const [agent, asBidder] = [make("agent"), make("bidder")];
  const basics = {
    creditCode: creditCodeOf(8_000_001),
    name: "闽南天衡招标咨询有限公司",
    roles: ["procurementAgent", "bidder"],
    regionCode: "350200",
  };
  const organisation = { id: organisationId, ...basics, sector: null, profile: {} };
  await house.done(house.registrar, "org.enrol", null, { organisation, people: [agent.enrolment, asBidder.enrolment] });
  return { agent: agent.person, asBidder: asBidder.person };
}
