import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fillerBytes } from "../../../formats/seal/rehearsal.ts";
import { verifyOpening } from "../../../verifier/seal/index.ts";
import { type TestHouse, type TestPerson, testHouse } from "../../app/testing/test-house.ts";
import { procedureById } from "../../kinds/index.ts";
import { checkRecord, readStream } from "../../record/index.ts";
import { biddingStage } from "../bidding/index.ts";
import { bidDeadline, type MadeBid, makeBid, type OpenLot, openLots, partialsOf, testForm } from "../bidding/testing/sealed-bid.ts";
import { catalogueStage } from "../catalogue/index.ts";
import { tradePeople } from "../catalogue/testing/admitted-lot.ts";
import { ceremonyStage } from "../ceremony/index.ts";
import { tenderingStage } from "../tendering/index.ts";
import { loadLot, type Procedure, transactionStage } from "../transaction/index.ts";
import { bidFile, openedBids, openingOf, openingRecord, openingRecordPaper, openingStage } from "./index.ts";

const minuteMs = 60_000;
const windowEnd = Date.parse(bidDeadline) + 30 * minuteMs;
const stages = [transactionStage, catalogueStage, ceremonyStage, tenderingStage, biddingStage, openingStage()];

interface Firm {
  person: TestPerson;
  bid: MadeBid;
}

let house: TestHouse;
let lot: OpenLot;
const firms: Firm[] = [];
let withdrawn: TestPerson;

const done = (person: TestPerson, act: string, data: unknown) => house.done(person, act, lot.lotId, data);
const refused = (person: TestPerson, act: string, data: unknown, code: string) => house.refused(person, act, lot.lotId, data, code);
const deliver = ({ person, bid }: Firm) => done(person, "bid.deliverKey", { bidDigest: bid.bidDigest, kb: bid.kb, via: "bidder" });
const state = async () => (await openingOf(house.house.pool, lot.lotId))?.state;

/** What member 1, 2 or 3 posts for the given bids. */
const posted = (member: number, bids: readonly MadeBid[]) => partialsOf(house, lot.desks[member - 1] as OpenLot["desks"][number], bids);
const decryptionEnd = async () => (await loadLot(house.house.pool, lot.lotId))?.milestones.get("decryptionEnd")?.at;

before(async () => {
  house = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure });
  [lot] = (await openLots(house, await tradePeople(house), ["下潭尾湾南岸道路"])) as [OpenLot];
});
after(() => house.close());

async function seal(person: TestPerson, wish: Omit<Parameters<typeof makeBid>[2], "bidder">): Promise<MadeBid> {
  const bid = await makeBid(house, lot, { bidder: person, ...wish });
  await done(person, "bid.seal", bid.submission);
  return bid;
}

test("five firms seal; one replaces, a sixth takes its bid back; no key is taken before the deadline", async () => {
  const drawings = { name: "施工组织设计.pdf", bytes: fillerBytes(11, 1_300_000) };
  for (let i = 0; i < 5; i++) {
    const person = await house.person("bidder", `建设公司${i + 1}`);
    const bid = await seal(person, { form: testForm(`${18_600_000_000 + i}`), files: i === 0 ? [drawings] : [] });
    firms.push({ person, bid });
  }
  const replacing = firms[1] as Firm;
  replacing.bid = await seal(replacing.person, { version: 2, form: testForm("18100000000") });
  withdrawn = await house.person("bidder", "撤回公司");
  const { bidDigest } = await seal(withdrawn, {});
  await done(withdrawn, "bid.withdraw", { bidDigest });
  const first = firms[0] as Firm;
  const early = await refused(
    first.person,
    "bid.deliverKey",
    { bidDigest: first.bid.bidDigest, kb: first.bid.kb, via: "bidder" },
    "opening.early-key",
  );
  assert.equal(early.ruleId, "CON-037");
  assert.equal(await state(), undefined);
});

test("at the deadline the opening begins in the same transaction, and the list is frozen", async () => {
  await house.jumpTo(bidDeadline);
  const opening = await openingOf(house.house.pool, lot.lotId);
  assert.equal(opening?.state, "decrypting");
  assert.equal(opening?.beganAt, bidDeadline);
  assert.deepEqual(opening?.freeze?.digests, firms.map(({ bid }) => bid.bidDigest).sort());
  assert.equal(opening?.withdrawn.length, 1);
  assert.equal(await decryptionEnd(), windowEnd);
  const [begun] = await readStream(house.house.pool, `opn_${lot.lotId.slice(4)}`);
  const reached = (await readStream(house.house.pool, lot.lotId)).find(
    ({ type, data }) => type === "lot.milestoneReached" && data.name === "bidDeadline",
  );
  assert.equal(begun?.commandId, reached?.commandId);
  await refused(withdrawn, "opn.attend", {}, "opening.no-bid");
});

test("keys: the right one, of one's own bid, within the window; a second one changes nothing", async () => {
  const [first, second, third] = firms as [Firm, Firm, Firm];
  await done(first.person, "opn.attend", {});
  for (const firm of [first, second]) await deliver(firm);
  await done(third.person, "bid.deliverKey", { bidDigest: third.bid.bidDigest, kb: third.bid.kb, via: "recoveryCode" });
  await deliver(first);
  await refused(second.person, "bid.deliverKey", { bidDigest: first.bid.bidDigest, kb: first.bid.kb, via: "bidder" }, "opening.key-wrong");
  const fourth = firms[3] as Firm;
  await refused(fourth.person, "bid.deliverKey", { bidDigest: fourth.bid.bidDigest, kb: first.bid.kb, via: "bidder" }, "opening.key-wrong");
  await refused(lot.people.buyer, "opn.postPartial", { partials: posted(1, [first.bid]) }, "act.not-possible-now");
});

test("a pause keeps the remaining time; an extension needs two sides and holds for all", async () => {
  const { centre, buyer } = lot.people;
  await house.jumpTo(Date.parse(bidDeadline) + 10 * minuteMs);
  assert.deepEqual((await done(centre, "opn.pause", { cause: "现场断网" })).awaited, ["buyer"]);
  assert.equal(await state(), "decrypting");
  await done(buyer, "opn.pause", { cause: "现场断网" });
  assert.equal(await state(), "paused");
  const fourth = firms[3] as Firm;
  await refused(fourth.person, "bid.deliverKey", { bidDigest: fourth.bid.bidDigest, kb: fourth.bid.kb, via: "bidder" }, "act.on-hold");
  await house.jumpTo(Date.parse(bidDeadline) + 40 * minuteMs);
  assert.equal(await state(), "paused", "the window does not end during a pause");
  await done(buyer, "opn.resume", {});
  await done(centre, "opn.resume", {});
  assert.equal(await decryptionEnd(), windowEnd + 30 * minuteMs);
  await done(buyer, "opn.extend", { minutes: 10, cause: "部分投标人网络缓慢" });
  await done(buyer, "opn.extend", { minutes: 10, cause: "部分投标人网络缓慢" });
  assert.equal(await decryptionEnd(), windowEnd + 30 * minuteMs, "one side cannot extend alone");
  await done(centre, "opn.extend", { minutes: 10, cause: "部分投标人网络缓慢" });
  assert.equal(await decryptionEnd(), windowEnd + 40 * minuteMs);
});

test("after the window the missing key is judged by centre and buyer together: bidder's fault, revoked", async () => {
  await deliver(firms[3] as Firm);
  await house.jumpTo(windowEnd + 40 * minuteMs + 1);
  assert.equal(await state(), "judging");
  const fifth = firms[4] as Firm;
  const late = await refused(
    fifth.person,
    "bid.deliverKey",
    { bidDigest: fifth.bid.bidDigest, kb: fifth.bid.kb, via: "bidder" },
    "opening.key-late",
  );
  assert.equal(late.ruleId, "CON-046");
  const { bidDigest } = fifth.bid;
  assert.deepEqual((await done(lot.people.centre, "opn.judgeMissing", { bidDigest, cause: "platform" })).awaited, ["buyer", "supervisor"]);
  await done(lot.people.centre, "opn.judgeMissing", { bidDigest, cause: "bidder" });
  assert.equal(await state(), "judging");
  await done(lot.people.buyer, "opn.judgeMissing", { bidDigest, cause: "bidder" });
  assert.equal(await state(), "unsealing");
});

test("a wrong share is on record with its author and changes nothing; the bid without key takes none", async () => {
  const bids = firms.slice(0, 4).map(({ bid }) => bid);
  const { buyer, centre, supervisor } = lot.people;
  const own = posted(1, bids);
  const wrong = own.map((partial, i) => (i === 0 ? { ...partial, D: (own[1] as typeof partial).D } : partial));
  assert.deepEqual((await done(buyer, "opn.postPartial", { partials: wrong })).rejected, [bids[0]?.bidDigest]);
  await refused(buyer, "opn.postPartial", { partials: posted(2, bids) }, "opening.not-your-share");
  await refused(centre, "opn.postPartial", { partials: posted(2, [(firms[4] as Firm).bid]) }, "opening.partial-for-sealed-bid");
  await refused(buyer, "opn.postPartial", { partials: own.slice(1) }, "opening.partial-repeated");
  await done(supervisor, "opn.postPartial", { partials: posted(3, bids) });
  assert.equal(await state(), "unsealing", "one bid still has one valid share");
  assert.deepEqual(await openedBids(house.house.pool, lot.lotId), []);
  await done(centre, "opn.postPartial", { partials: posted(2, bids) });
  assert.equal(await state(), "unsealed");
  assert.deepEqual(await openedBids(house.house.pool, lot.lotId), [], "nothing is shown before the read-out");
});

test("all are read out at once; confirmation and objection on the spot; then the centre closes", async () => {
  const { buyer, centre } = lot.people;
  const [first, second, third, fourth] = firms as [Firm, Firm, Firm, Firm];
  await refused(first.person, "opn.confirm", { withObjection: null }, "opening.objection-not-on-the-spot");
  await done(buyer, "opn.readOut", {});
  await done(first.person, "opn.confirm", { withObjection: null });
  await done(second.person, "opn.confirm", { withObjection: "第五家的密钥是平台故障造成的。" });
  await refused(centre, "opn.close", {}, "opening.confirmation-open");
  await done(third.person, "opn.confirm", { withObjection: null });
  await done(fourth.person, "opn.confirm", { withObjection: null });
  assert.equal((await refused(centre, "opn.close", {}, "opening.objection-unanswered")).ruleId, "CON-048");
  await done(buyer, "opn.answerObjection", { bidDigest: second.bid.bidDigest, answer: "监控与日志显示平台正常，已记录。" });
  await done(centre, "opn.close", {});
  assert.equal(await state(), "closed");
  assert.equal((await loadLot(house.house.pool, lot.lotId))?.done.get("opening.open")?.outcome, "opened");
  await refused(first.person, "opn.confirm", { withObjection: "事后异议" }, "opening.objection-not-on-the-spot");
});

test("the opening record verifies, with and without bodies, and each outcome is right", async () => {
  const text = JSON.stringify(await openingRecord(house.house.pool, lot.lotId));
  const bodies = new Map(firms.map(({ bid }) => [bid.bidDigest, bid.body]));
  const verdict = verifyOpening(text, (digest) => bodies.get(digest));
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.equal(verdict.bodies, "checked");
  assert.deepEqual(
    firms.map(({ bid }) => verdict.statuses[bid.bidDigest]),
    ["opened", "opened", "opened", "opened", "revoked"],
  );
  assert.ok(verifyOpening(text).ok);
  const record = JSON.parse(text);
  assert.equal(record.rejected.length, 1);
  assert.deepEqual(record.keyReleases.map(({ via }: { via: string }) => via).sort(), ["bidder", "bidder", "bidder", "recoveryCode"]);
  assert.equal(record.withdrawn.length, 1);
  assert.equal(record.bids.find(({ header }: { header: { version: number } }) => header.version === 2).receipts.length, 2);
});

test("later stages get the forms and the files, byte by byte", async () => {
  const rows = await openedBids(house.house.pool, lot.lotId);
  const row = (firm: Firm) => rows.find(({ bidDigest }) => bidDigest === firm.bid.bidDigest);
  assert.equal(row(firms[1] as Firm)?.form?.priceFen, "18100000000");
  assert.equal(row(firms[4] as Firm)?.status, "revoked");
  assert.equal(row(firms[4] as Firm)?.form, null);
  const found = await bidFile(house.house.pool, house.platform, {
    lotId: lot.lotId,
    bidDigest: (firms[0] as Firm).bid.bidDigest,
    name: "施工组织设计.pdf",
  });
  assert.deepEqual(Buffer.from(found?.bytes ?? []), Buffer.from(fillerBytes(11, 1_300_000)));
  assert.equal(await house.platform.files.get(found?.file.hash ?? ""), undefined, "the public address of a digest gives nothing");
  const paper = await openingRecordPaper(house.house.pool, lot.lotId);
  assert.ok(JSON.stringify(paper).includes("181,000,000.00"));
  assert.ok(JSON.stringify(paper).includes("监控与日志显示平台正常"));
});

test("the record stays whole", async () => {
  assert.equal((await checkRecord(house.house.pool)).fault, null);
});
