/** The doors of bidding and opening as people reach them: who reads what, when, over HTTP. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { FastifyInstance } from "fastify";
import { hex } from "../../../formats/bytes.ts";
import { unwrapKb } from "../../../formats/seal/index.ts";
import { buildEdge } from "../../app/http.ts";
import { type TestHouse, type TestPerson, testHouse } from "../../app/testing/test-house.ts";
import { openSession } from "../../identity/index.ts";
import { procedureById } from "../../kinds/index.ts";
import { machineClock } from "../../runtime/clock/clock.ts";
import { biddingStage } from "../bidding/index.ts";
import { bidDeadline, type MadeBid, makeBid, type OpenLot, openLots, partialsOf, testForm } from "../bidding/testing/sealed-bid.ts";
import { catalogueStage } from "../catalogue/index.ts";
import { tradePeople } from "../catalogue/testing/admitted-lot.ts";
import { ceremonyStage } from "../ceremony/index.ts";
import { tenderingStage } from "../tendering/index.ts";
import { type Procedure, transactionStage } from "../transaction/index.ts";
import { openingStage } from "./index.ts";

let house: TestHouse;
let edge: FastifyInstance;
let lot: OpenLot;
let expert: TestPerson;
const firms: { person: TestPerson; bid: MadeBid }[] = [];
const seated = new Set<string>();
const opening = openingStage({ sitsOnCommittee: async (_, __, personId) => seated.has(personId) });

before(async () => {
  const stages = [transactionStage, catalogueStage, ceremonyStage, tenderingStage, biddingStage, opening];
  house = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure });
  edge = await buildEdge({
    house: house.house,
    sandbox: { clock: house.clock, walletUrl: null, settle: () => house.house.settle(), changed: async () => undefined },
    onFault: (error) => assert.fail(String(error)),
  });
  [lot] = (await openLots(house, await tradePeople(house), ["厅堂标段"])) as [OpenLot];
  expert = await house.person("expert");
});
after(async () => {
  await edge.close();
  await house.close();
});

/** Reads a path below the lot; status and body. */
async function get(path: string, person?: TestPerson) {
  const headers: Record<string, string> = {};
  if (person) {
    const token = await openSession(house.house.pool, { personId: person.personId, machineNow: machineClock.now(), random: house.random });
    Object.assign(headers, { authorization: `Bearer ${token}`, "egret-membership": person.membershipId });
  }
  const answer = await edge.inject({ method: "GET", url: `/api/v1/lots/${lot.lotId}/${path}`, headers });
  return { status: answer.statusCode, body: answer.json(), size: answer.rawPayload.length };
}

test("before the deadline only the bidder reads of its bid, in one size; nobody sees an opening", async () => {
  const [watcher, rival] = [await house.person("bidder"), await house.person("bidder")];
  const empty = await get("own-bid", rival);
  assert.equal(empty.body.nextVersion, 1);
  for (let i = 0; i < 3; i++) {
    const person = await house.person("bidder", `投标单位${i}`);
    const bid = await makeBid(house, lot, { bidder: person, form: testForm(`${17_777_000_000 + i}`) });
    await house.done(person, "bid.seal", lot.lotId, bid.submission);
    firms.push({ person, bid });
  }
  const own = await get("own-bid", firms[0]?.person);
  assert.equal(own.body.live.bidDigest, firms[0]?.bid.bidDigest);
  assert.equal(own.body.receipts.length, 1);
  assert.equal(own.size, empty.size);
  const kb = unwrapKb(own.body.live.header, firms[0]?.person.sealSecret as Uint8Array);
  assert.equal(kb && hex(kb), firms[0]?.bid.kb, "with its certificate the bidder finds its key again from any device");
  assert.equal((await get("own-bid", watcher)).body.live, null);
  assert.equal((await get("own-bid", lot.people.buyer)).status, 404);
  assert.equal((await get("own-bid")).status, 404);
  for (const path of ["opening", "opening/record"]) assert.equal((await get(path, lot.people.supervisor)).status, 404, path);
  assert.deepEqual((await get("next-steps", firms[0]?.person)).body, (await get("next-steps", rival)).body);
});

test("the board shows bidders from the deadline and prices only after the read-out, to everybody alike", async () => {
  const jump = await edge.inject({ method: "POST", url: "/api/v1/sandbox/clock/jump", payload: { to: bidDeadline } });
  assert.equal(jump.statusCode, 200, jump.body);
  const { rows } = await house.house.pool.query("SELECT 1 FROM record.event WHERE type = 'lot.drainExceeded'");
  assert.equal(rows.length, 0, "the wish to move the clock is no command that the drain waits for");
  const board = await get("opening");
  assert.equal(board.body.bidCount, 3);
  assert.deepEqual(board.body.bids.map(({ name }: { name: string }) => name).sort(), ["投标单位0", "投标单位1", "投标单位2"]);
  const steps = (await get("next-steps", firms[0]?.person)).body.items as { act: string; fill?: { bidDigest: string } }[];
  assert.deepEqual(
    steps.map(({ act }) => act),
    ["opn.attend", "bid.deliverKey"],
  );
  assert.equal(steps[1]?.fill?.bidDigest, firms[0]?.bid.bidDigest);
  for (const { person, bid } of firms)
    await house.done(person, "bid.deliverKey", lot.lotId, { bidDigest: bid.bidDigest, kb: bid.kb, via: "bidder" });
  await house.jumpTo(Date.parse(bidDeadline) + 30 * 60_000);
  assert.equal((await get("next-steps", lot.people.centre)).body.items[0].act, "opn.postPartial");
  const bids = firms.map(({ bid }) => bid);
  for (const desk of lot.desks.slice(0, 2))
    await house.done(desk.person, "opn.postPartial", lot.lotId, { partials: partialsOf(house, desk, bids) });
  const hidden = await get("opening", lot.people.buyer);
  assert.equal(hidden.body.state, "unsealed");
  assert.ok(!JSON.stringify(hidden.body).includes("17777000"), "no price before the read-out");
  assert.equal((await get("opening/record", lot.people.buyer)).status, 404);
  await house.done(lot.people.buyer, "opn.readOut", lot.lotId, {});
  const shown = await get("opening");
  assert.deepEqual(shown.body.bids.map(({ priceFen }: { priceFen: string }) => priceFen).sort(), [
    "17777000000",
    "17777000001",
    "17777000002",
  ]);
  assert.equal((await get("opening/record")).body.format, "seal-opening/v1");
});

test("a file of a bid is read by a member of the committee after the opening, and by nobody for the role alone", async () => {
  const path = `bids/${firms[0]?.bid.bidDigest}/files/bid-form.json`;
  seated.add(expert.personId);
  assert.equal((await get(path, expert)).status, 404, "not during the opening");
  for (const { person } of firms) await house.done(person, "opn.confirm", lot.lotId, { withObjection: null });
  await house.done(lot.people.centre, "opn.close", lot.lotId, {});
  const read = await get(path, expert);
  assert.equal(JSON.parse(Buffer.from(read.body.contentBase64, "base64").toString()).priceFen, "17777000000");
  assert.equal((await get(path, await house.person("expert"))).status, 404);
  for (const person of [lot.people.buyer, lot.people.supervisor, lot.people.centre, firms[1]?.person])
    assert.equal((await get(path, person)).status, 404);
  assert.equal((await edge.inject({ method: "GET", url: `/api/v1/files/${read.body.sha256}` })).statusCode, 404);
});
