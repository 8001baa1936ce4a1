import assert from "node:assert/strict";
import { test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { fromHex, hex } from "../../formats/bytes.ts";
import { actMessage, commandDigest, signAct } from "./sign-act.ts";

const secret = "11".repeat(32);
const command = { act: "notice.publish", lotId: "lot_1", data: { title: "公告" } };

test("the signature covers the command without its sig, and verifies with the public key", async () => {
  const sig = await signAct(command, secret);
  const key = p256.getPublicKey(fromHex(secret), true);
  const verifies = (message: Uint8Array) =>
    p256.verify(fromHex(sig), message, key, { prehash: true, lowS: false, format: "compact" });
  assert.equal(sig.length, 128);
  assert.ok(verifies(actMessage({ ...command, sig })));
  assert.ok(!verifies(actMessage({ ...command, lotId: "lot_2" })));
});

test("the digest shown before signing is the one of the canonical bytes", () => {
  assert.equal(commandDigest(command), commandDigest({ data: { title: "公告" }, lotId: "lot_1", act: "notice.publish" }));
  assert.equal(hex(actMessage(command)).slice(0, 26), hex(new TextEncoder().encode("egret/v1 act\n")));
});
