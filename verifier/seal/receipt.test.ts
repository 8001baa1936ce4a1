import assert from "node:assert/strict";
import { test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import { anOpening } from "../package/test-opening.ts";
import { verifyReceipt } from "./receipt.ts";

const secret = sha256("a platform");
const key = hex(p256.getPublicKey(secret, true));
const other = hex(p256.getPublicKey(sha256("another platform"), true));
const receipt = (await anOpening(secret, key)).opening.bids[0]?.receipts[0];
const codeOf = (value: unknown, keys: string[]) => {
  const verdict = verifyReceipt(JSON.stringify(value), keys);
  return verdict.ok ? "ok" : verdict.code;
};

test("a receipt holds under the platform's key and under no other", () => {
  assert.equal(codeOf(receipt, [other, key]), "ok");
  assert.equal(codeOf(receipt, [other]), "E_RECEIPT_SIG");
  assert.equal(codeOf(receipt, []), "E_RECEIPT_SIG");
});

test("a receipt of which anything was changed is refused with its code", () => {
  assert.equal(codeOf({ ...receipt, version: 2 }, [key]), "E_RECEIPT_SIG");
  assert.equal(codeOf({ ...receipt, suite: 3 }, [key]), "E_SUITE");
  assert.equal(codeOf({ ...receipt, more: 1 }, [key]), "E_FORMAT");
  const twice = verifyReceipt("{} {}", [key]);
  assert.ok(!twice.ok && twice.code === "E_JSON");
});
