import assert from "node:assert/strict";
import { test } from "node:test";
import { openingOf, type WireOpening } from "./opening.ts";

const bid = {
  bidDigest: "a",
  name: "甲",
  attendedAt: null,
  keyAt: null,
  judged: null,
  status: null,
  code: null,
  header: null,
  priceFen: null,
  durationDays: null,
  quality: null,
  projectManager: null,
  depositForm: null,
  formFault: null,
  confirmedAt: null,
  objection: null,
  answer: null,
};
const board = (changes: Partial<WireOpening>): WireOpening => ({
  state: "decrypting",
  stateWords: "解密",
  deadline: "",
  decryptionEnd: null,
  confirmEnd: null,
  bidCount: 2,
  required: null,
  threshold: 2,
  bids: [],
  members: [],
  ...changes,
});

test("before the read-out a bid is only waiting or delivered", () => {
  const { bids } = openingOf(board({ bids: [bid, { ...bid, keyAt: "2026-12-08T01:02:00.000Z" }] }));
  assert.deepEqual(
    bids.map(({ state, form }) => [state, form]),
    [
      ["waiting", undefined],
      ["delivered", undefined],
    ],
  );
});

test("a missing key is shown with its judged cause", () => {
  const { bids } = openingOf(board({ bids: [{ ...bid, judged: "bidder", status: "revoked" }] }));
  assert.equal(bids[0]?.state, "revoked");
  assert.match(bids[0]?.note ?? "", /视为撤销/);
});

test("too few bids: the number only, and why", () => {
  const opening = openingOf(board({ state: "failed", required: 3 }));
  assert.equal(opening.step, "closed");
  assert.equal(opening.failed, "收到 2 份投标，少于 3 份，不开标。");
});
