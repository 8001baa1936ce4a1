/** What nobody may see: prices before their gate, and which of two lots has more bids. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { verifyOpening } from "../../../verifier/seal/index.ts";
import { type TestHouse, type TestPerson, testHouse } from "../../app/testing/test-house.ts";
import { procedureById } from "../../kinds/index.ts";
import { readStream } from "../../record/index.ts";
import { biddingStage } from "../bidding/index.ts";
import { bidDeadline, type MadeBid, makeBid, type OpenLot, openLots, partialsOf, testForm } from "../bidding/testing/sealed-bid.ts";
import { catalogueStage } from "../catalogue/index.ts";
import { tradePeople } from "../catalogue/testing/admitted-lot.ts";
import { ceremonyStage } from "../ceremony/index.ts";
import { tenderingStage } from "../tendering/index.ts";
import { loadLot, type Procedure, transactionStage } from "../transaction/index.ts";
import { bidFile, openedBids, openingOf, openingRecord, openingStage } from "./index.ts";

const stages = [transactionStage, catalogueStage, ceremonyStage, tenderingStage, biddingStage, openingStage()];
const prices = ["7319504286", "7319504287", "7319504288"];

let house: TestHouse;
interface Firm {
  person: TestPerson;
  bid: MadeBid;
}

let damagedFirms: Firm[] = [];
let nineFirms: Firm[] = [];
let strictFirms: Firm[] = [];
let canary: OpenLot;
let two: OpenLot;
let nine: OpenLot;
let damaged: OpenLot;
let strict: OpenLot;
before(async () => {
  house = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure });
  const lots = await openLots(house, await tradePeople(house), ["金丝雀标段", "甲标段", "乙标段", "损坏标段", "从严标段"], {
    从严标段: { countUndecrypted: false },
  });
  [canary, two, nine, damaged, strict] = lots as [OpenLot, OpenLot, OpenLot, OpenLot, OpenLot];
});
after(() => house.close());

/** Every value of every table that a superuser of the database can read, as text; bytes also as hex and as latin text. */
async function everything(): Promise<string> {
  const { pool } = house.house;
  const { rows } = await pool.query<{ name: string }>(
    "SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')",
  );
  const texts: string[] = [];
  for (const { name } of rows) {
    const content = await pool.query(`SELECT * FROM ${name}`);
    texts.push(
      JSON.stringify(content.rows, (_, value) =>
        value?.type === "Buffer" ? [Buffer.from(value.data).toString("latin1"), Buffer.from(value.data).toString("hex")] : value,
      ),
    );
  }
  return texts.join("\n");
}

/** A planted text in every form in which it could lie about. */
function traces(all: string, planted: string): boolean {
  const bytes = Buffer.from(planted);
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift, "x"), bytes])
      .toString("base64")
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [planted, bytes.toString("hex"), ...base64].some((form) => all.includes(form));
}

async function sealBids(lot: OpenLot, count: number): Promise<Firm[]> {
  const made = [];
  for (let i = 0; i < count; i++) {
    const person = await house.person("bidder");
    const bid = await makeBid(house, lot, { bidder: person, form: testForm(prices[i % prices.length] as string) });
    await house.done(person, "bid.seal", lot.lotId, bid.submission);
    made.push({ person, bid });
  }
  return made;
}

test("a superuser finds no price, no bidder and no lot of a sealed bid before the deadline", async () => {
  const [sealed] = await sealBids(canary, 1);
  const all = await everything();
  for (const price of prices) assert.ok(!traces(all, price), `the price ${price} lies in the database`);
  assert.ok(!traces(all, sealed?.bid.kb ?? ""), "Kb lies in the database");
  const { rows } = await house.house.pool.query<{ event: string }>("SELECT event FROM record.event WHERE type = 'sealed.event'");
  for (const { event } of rows) {
    for (const name of [canary.lotId, sealed?.person.personId, sealed?.person.organisationId, sealed?.person.membershipId])
      assert.ok(!event.includes(name ?? "?"));
  }
  assert.ok(traces(all, "金丝雀标段"), "the scan can find something");
});

test("two lots with 2 and 9 sealed acts cannot be told apart (decisions §3)", async () => {
  await sealBids(two, 2);
  nineFirms = await sealBids(nine, 9);
  const shown = async (lotId: string) => {
    const { rows } = await house.house.pool.query(
      `SELECT (SELECT count(*)::int FROM record.event WHERE stream LIKE '%' || $1) AS events, (SELECT count(*)::int FROM record.event WHERE event LIKE '%' || $1 || '%') AS mentions,
              (SELECT count(*)::int FROM record.command WHERE answer LIKE '%' || $1 || '%') AS answers, (SELECT count(*)::int FROM transaction.deadline WHERE lot_id LIKE '%' || $1) AS deadlines`,
      [lotId.slice(4)],
    );
    const thread = await loadLot(house.house.pool, lotId);
    return {
      ...rows[0],
      version: thread?.version,
      done: [...(thread?.done.keys() ?? [])],
      milestones: [...(thread?.milestones.keys() ?? [])],
    };
  };
  assert.deepEqual(await shown(two.lotId), await shown(nine.lotId));
  const { rows } = await house.house.pool.query(
    `SELECT DISTINCT length(event) AS event, a.version, length(a.ciphertext) AS ciphertext, a.receipt_hash IS NULL AS r, a.bid_digest IS NULL AS b, a.r_hash IS NULL AS h
     FROM record.sealed_act a JOIN record.event e ON e.stream = a.id`,
  );
  assert.equal(rows.length, 1, "every sealed act has the same shape and size");
  const kept = await house.house.pool.query("SELECT DISTINCT length(answer) AS size, status FROM record.command WHERE actor = 'sealed'");
  assert.equal(kept.rows.length, 1, "kept answers of sealed acts have one size");
});

test("two bidders are too few: nothing is opened, the lot fails, bids go back; nine go on (CON-044)", async () => {
  damagedFirms = await sealBids(damaged, 3);
  const person = await house.person("bidder");
  const bid = await makeBid(house, damaged, { bidder: person, form: { v: 1, priceFen: "12.5" } });
  await house.done(person, "bid.seal", damaged.lotId, bid.submission);
  damagedFirms.push({ person, bid });
  strictFirms = await sealBids(strict, 3);
  await house.jumpTo(bidDeadline);
  const opening = await openingOf(house.house.pool, two.lotId);
  assert.equal(opening?.state, "failed");
  assert.deepEqual(opening?.failure, { bids: 2, required: 3 });
  assert.equal((await loadLot(house.house.pool, two.lotId))?.state, "failed");
  assert.equal(await openingRecord(house.house.pool, two.lotId), undefined);
  const events = await readStream(house.house.pool, `opn_${two.lotId.slice(4)}`);
  assert.equal(events.filter(({ type }) => type === "bid.returned").length, 2);
  assert.equal((await openingOf(house.house.pool, nine.lotId))?.state, "decrypting");
});

test("where the document does not count undecrypted bids, two keys of three are too few and nothing is read", async () => {
  const { lotId, people } = strict;
  const [silent, ...others] = strictFirms as [Firm, ...Firm[]];
  for (const { person, bid } of others)
    await house.done(person, "bid.deliverKey", lotId, { bidDigest: bid.bidDigest, kb: bid.kb, via: "bidder" });
  await house.jumpTo(Date.parse(bidDeadline) + 30 * 60_000);
  for (const person of [people.centre, people.agent])
    await house.done(person, "opn.judgeMissing", lotId, { bidDigest: silent.bid.bidDigest, cause: "bidder" });
  assert.equal((await openingOf(house.house.pool, lotId))?.state, "failed");
  assert.equal((await loadLot(house.house.pool, lotId))?.state, "failed");
});

test("a damaged piece is the platform's fault by name, a broken form is told, the others go on", async () => {
  const { lotId, desks } = damaged;
  const [first, ...rest] = damagedFirms as [Firm, ...Firm[]];
  const piece = first.bid.submission.chunks[0]?.name ?? "";
  const bytes = (await house.platform.files.get(piece)) as Uint8Array;
  await house.damageFile(
    piece,
    Uint8Array.from(bytes, (byte, i) => (i === 5 ? byte ^ 1 : byte)),
  );
  await house.done(damaged.people.centre, "opn.extend", lotId, { minutes: 1, cause: "统一延长" });
  await house.done(damaged.people.buyer, "opn.extend", lotId, { minutes: 1, cause: "统一延长" });
  for (const { person, bid } of damagedFirms) {
    await house.done(person, "bid.deliverKey", lotId, { bidDigest: bid.bidDigest, kb: bid.kb, via: "bidder" });
  }
  await house.jumpTo(Date.parse(bidDeadline) + 31 * 60_000);
  const bids = damagedFirms.map(({ bid }) => bid);
  for (const desk of desks.slice(0, 2))
    await house.done(desk.person, "opn.postPartial", lotId, { partials: partialsOf(house, desk, bids) });
  await house.done(damaged.people.agent, "opn.readOut", lotId, {});
  const rows = new Map((await openedBids(house.house.pool, lotId)).map((row) => [row.bidDigest, row]));
  assert.deepEqual([rows.get(first.bid.bidDigest)?.status, rows.get(first.bid.bidDigest)?.code], ["invalid", "E_ROOT"]);
  for (const { bid } of rest) assert.equal(rows.get(bid.bidDigest)?.status, "opened");
  assert.match(rows.get(rest.at(-1)?.bid.bidDigest ?? "")?.formFault ?? "", /不符合格式/);
  assert.equal(
    await bidFile(house.house.pool, house.platform, { lotId, bidDigest: first.bid.bidDigest, name: "bid-form.json" }),
    undefined,
  );
});

test("nobody delivers in time: an extension reopens the window for all; the platform's fault needs the supervisor and costs nothing", async () => {
  const { lotId, desks, people } = nine;
  const state = async () => (await openingOf(house.house.pool, lotId))?.state;
  const deliver = ({ person, bid }: Firm) =>
    house.done(person, "bid.deliverKey", lotId, { bidDigest: bid.bidDigest, kb: bid.kb, via: "bidder" });
  assert.equal(await state(), "judging");
  const [lost, unlucky, ...others] = nineFirms as [Firm, Firm, ...Firm[]];
  await house.done(people.centre, "opn.extend", lotId, { minutes: 20, cause: "平台入口故障" });
  await house.done(people.agent, "opn.extend", lotId, { minutes: 20, cause: "平台入口故障" });
  assert.equal(await state(), "decrypting");
  for (const firm of others) await deliver(firm);
  await house.jumpTo(Date.parse(bidDeadline) + 60 * 60_000);
  const judgeBy = (person: TestPerson, { bid }: Firm, cause: string) =>
    house.done(person, "opn.judgeMissing", lotId, { bidDigest: bid.bidDigest, cause });
  for (const person of [people.centre, people.buyer]) await judgeBy(person, lost, "bidder");
  for (const person of [people.centre, people.buyer]) await judgeBy(person, unlucky, "platform");
  assert.equal(await state(), "judging", "the supervision authority has not spoken");
  await judgeBy(people.supervisor, unlucky, "platform");
  assert.equal(await state(), "unsealing");
  const bids = others.map(({ bid }) => bid);
  for (const desk of desks.slice(1)) await house.done(desk.person, "opn.postPartial", lotId, { partials: partialsOf(house, desk, bids) });
  const record = await openingRecord(house.house.pool, lotId);
  const verdict = verifyOpening(JSON.stringify(record));
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.equal(verdict.statuses[lost.bid.bidDigest], "revoked");
  assert.equal(verdict.statuses[unlucky.bid.bidDigest], "withdrawn");
  assert.equal(Object.values(verdict.statuses).filter((status) => status === "opened").length, 7);
});
