import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCiphertext, checkSubmission } from "./check-submission.ts";
import { bidDigestOf, submitMessage } from "./digest.ts";
import { newKeyPair, signMessage } from "./group.ts";
import { unwrapKb } from "./header.ts";
import {
  checkKeyRelease,
  checkPartial,
  freezeHolds,
  makeFreeze,
  makeKeysFrozen,
  makePartial,
  recoverKey,
  sourceOfBytes,
} from "./opening.ts";
import { checkReceipts, makeReceipt, type ReceiptFields } from "./receipt.ts";
import { recipeBytes, rehearseBid, rehearseCeremony, seededRandom } from "./rehearsal.ts";
import type { SealHeader } from "./schemas.ts";
import { suiteOf } from "./suite.ts";

const random = seededRandom("submission");
const suite = suiteOf(1);
const LOT = { tenderId: "T-1", lotId: "L-1" };
const { ceremony, shares } = rehearseCeremony(1, LOT, random);
const place = { ceremony, part: "all" as const };
const files = [{ name: "bid-form.json", bytes: recipeBytes("form", 900) }];
const bid = await rehearseBid(ceremony, { bidderId: "B-1", files }, random);
const other = await rehearseBid(ceremony, { bidderId: "B-2", files }, random);
const platform = newKeyPair(suite, random);

/** The bid with another header, signed again by its own (new) key, so that only the header is at fault. */
function signedAnew(change: Partial<SealHeader>) {
  const header = { ...bid.header, ...change };
  const key = newKeyPair(suite, random);
  const changed = { header, root: bid.root, cipherSize: bid.cipherSize };
  return { ...changed, signKey: key.key, sig: signMessage(suite, key.secret, submitMessage(bidDigestOf(changed)), random) };
}

test("an honest bid is taken and named by its digest", () => {
  assert.deepEqual(checkSubmission(bid, place), { ok: true, bidDigest: bid.bidDigest });
});

const refusals: [string, Parameters<typeof checkSubmission>[0], string][] = [
  ["another lot", signedAnew({ lotId: "L-2" }), "E_LOT"],
  ["another tender", signedAnew({ tenderId: "T-2" }), "E_LOT"],
  ["another envelope", signedAnew({ part: "technicalPart" }), "E_LOT"],
  ["another committee key", signedAnew({ pk: ceremony.memberKeys[0]! }), "E_PK"],
  ["another ceremony", signedAnew({ ceremony: "00".repeat(32) }), "E_PK"],
  ["R of another bidder", signedAnew({ R: other.header.R, pokR: other.header.pokR }), "E_POKR"],
  ["R off the curve", signedAnew({ R: `02${"ff".repeat(32)}` }), "E_POINT"],
  ["suite 2 in a lot of suite 1", signedAnew({ suite: 2, wrapDek: "00".repeat(64) }), "E_SUITE"],
  ["chunks of another size", signedAnew({ chunk: 65536 as never }), "E_FORMAT"],
  ["a CMS wrap that is not canonical base64", signedAnew({ wrapKb: { alg: "cms", value: "AAA" } }), "E_FORMAT"],
  ["a bidder id of 22 characters and 66 bytes", signedAnew({ bidderId: "标".repeat(22) }), "E_FORMAT"],
  ["a lone surrogate", signedAnew({ bidderId: "\ud800" }), "E_FORMAT"],
  ["an unknown member", { ...signedAnew({}), header: { ...bid.header, note: "x" } as never }, "E_FORMAT"],
  ["a cipherSize that is not the rule's", { ...bid, cipherSize: bid.cipherSize + 1 }, "E_SIZE"],
  ["another root under the old signature", { ...bid, root: "00".repeat(32) }, "E_BID_SIG"],
  ["the key of another bidder", { ...bid, signKey: other.signKey }, "E_BID_SIG"],
  ["a signature of zeros", { ...bid, sig: "00".repeat(64) }, "E_BID_SIG"],
];
for (const [what, submission, code] of refusals) {
  test(`refused: ${what}`, () => assert.deepEqual(checkSubmission(submission, place), { ok: false, code }));
}

test("the uploaded ciphertext is compared with size and root", async () => {
  assert.equal(await checkCiphertext(bid, sourceOfBytes(bid.body)), undefined);
  const broken = bid.body.slice();
  broken[7]! ^= 1;
  assert.equal(await checkCiphertext(bid, sourceOfBytes(broken)), "E_ROOT");
  assert.equal(await checkCiphertext(bid, sourceOfBytes(bid.body.slice(1))), "E_SIZE");
});

const at = (ms: string) => `2026-11-20T01:00:00.${ms}Z`;
const fields: ReceiptFields = {
  header: bid.header,
  action: "submit",
  bidDigest: bid.bidDigest,
  receivedAt: at("000"),
  deadline: at("500"),
  evidenceSeq: 7,
  previous: null,
};

test("a receipt at the very deadline is given, one millisecond later none (招标投标法 第二十八条)", () => {
  assert.equal(makeReceipt({ ...fields, receivedAt: at("500") }, platform.secret, random).receivedAt, at("500"));
  assert.throws(() => makeReceipt({ ...fields, receivedAt: at("501") }, platform.secret, random), RangeError);
});

test("receipts of submit, replace, withdraw and submit again form a chain", () => {
  const first = makeReceipt(fields, platform.secret, random);
  const second = makeReceipt(
    { ...fields, header: { ...bid.header, version: 2 }, evidenceSeq: 8, previous: first },
    platform.secret,
    random,
  );
  const withdrawn = makeReceipt(
    { ...fields, action: "withdraw", header: { ...bid.header, version: 2 }, evidenceSeq: 9, previous: second },
    platform.secret,
    random,
  );
  const third = makeReceipt(
    { ...fields, header: { ...bid.header, version: 3 }, evidenceSeq: 10, previous: withdrawn },
    platform.secret,
    random,
  );
  const chain = [first, second, withdrawn, third];
  assert.equal(checkReceipts(chain, platform.key, at("500")), undefined);
  assert.equal(checkReceipts([first, third], platform.key, at("500")), "E_RECEIPT_CHAIN");
  assert.equal(checkReceipts(chain, bid.signKey, at("500")), "E_RECEIPT_SIG");
  assert.equal(checkReceipts(chain, platform.key, at("499")), "E_LATE");
  const twice = { ...fields, action: "withdraw" as const, header: { ...bid.header, version: 2 }, evidenceSeq: 11, previous: withdrawn };
  assert.throws(() => makeReceipt(twice, platform.secret, random), RangeError, "a withdrawal needs a live bid");
});

test("the freeze is one list, whatever the order of arrival", () => {
  const opening = { suite: 1 as const, ...LOT, part: "all" as const };
  const freeze = makeFreeze(opening, [other.bidDigest, bid.bidDigest], platform.secret, random);
  assert.deepEqual(freeze.digests, [bid.bidDigest, other.bidDigest].sort());
  assert.ok(freezeHolds(opening, freeze, platform.key));
  assert.ok(!freezeHolds({ ...opening, lotId: "L-2" }, freeze, platform.key));
  assert.ok(!freezeHolds(opening, { ...freeze, digests: [bid.bidDigest] }, platform.key));
  assert.throws(
    () => makeKeysFrozen({ suite: 1, ...freeze }, [{ bidDigest: "00".repeat(32), cause: "bidder" }], platform.secret, random),
    RangeError,
  );
});

test("neither the bidder's half nor t members alone open a bid", () => {
  const kb = unwrapKb(bid.header, bid.encSecret)!;
  const partials = [1, 2, 3].map((member) => makePartial(bid, { member, share: shares[member - 1]! }, random));
  assert.equal(unwrapKb(bid.header, other.encSecret), undefined);
  assert.equal(checkKeyRelease(bid.header, "ab".repeat(32)), "E_KB");
  assert.deepEqual(recoverKey(bid.header, new Uint8Array(32), { t: 2, partials }), { ok: false, code: "E_WRAP" });
  assert.throws(() => recoverKey(bid.header, kb, { t: 2, partials: partials.slice(0, 1) }), RangeError);
  assert.ok(recoverKey(bid.header, kb, { t: 2, partials }).ok);
});

test("a wrong partial names its author and changes nothing for the others", () => {
  const [one, two] = [1, 2].map((member) => makePartial(bid, { member, share: shares[member - 1]! }, random));
  assert.equal(checkPartial(ceremony, bid.header, one!), undefined);
  assert.equal(checkPartial(ceremony, bid.header, { ...two!, D: one!.D }), "E_DLEQ");
  assert.equal(checkPartial(ceremony, bid.header, { ...one!, member: 4 }), "E_PARTIAL");
  assert.equal(checkPartial(ceremony, other.header, one!), "E_DLEQ", "a partial of another bid");
});
