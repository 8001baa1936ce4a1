/** Acts of all four families, made by the signing side, hold in server and verifier; every changed part of them fails in both. */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { commandDigest } from "../formats/act.ts";
import { isSignedBy } from "../formats/act-proof.ts";
import type { ActSignature, SignatureKey } from "../formats/act-signature.ts";
import { signCommandWith, softwareSigner } from "../formats/act-signers.ts";
import { hex } from "../formats/bytes.ts";
import { Sm2Point } from "../formats/seal/sm2.ts";
import { actKey, actSignature, familyOfHolding } from "./act-signature.ts";

const origin = "http://localhost:8630";
const scalar = "11".repeat(32);
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const tokens: Record<SignatureKey["family"], { secret: string; key: string }> = {
  p256: { secret: scalar, key: hex(p256.getPublicKey(Buffer.from(scalar, "hex"), true)) },
  passkey: { secret: scalar, key: hex(p256.getPublicKey(Buffer.from(scalar, "hex"), true)) },
  sm2: { secret: scalar, key: Sm2Point.BASE.multiply(BigInt(`0x${scalar}`)).toHex(true) },
  rsa: {
    secret: rsa.privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
    key: Buffer.from(rsa.publicKey.export({ format: "jwk" }).n ?? "", "base64url").toString("hex"),
  },
};
const families = Object.keys(tokens) as SignatureKey["family"][];
const command = { v: 1 as const, act: "ntc.sign", commandId: "cmd_0000000000000001", membership: "mem_1", lotId: "lot_1", data: { a: 1 } };

/** What server and verifier say; they must never differ. */
function holds(sig: ActSignature, key: SignatureKey, said: object = command): boolean {
  const { family } = key;
  const server = isSignedBy({ ...command, ...said, sig }, key);
  const digest = commandDigest({ ...command, ...said });
  const isShaped = actKey(key.key) && actSignature(sig as never);
  assert.equal(isShaped && familyOfHolding({ digest, key: key.key, sig: sig as never }) === family, server);
  return server;
}

/** The text with one hex digit or character changed, at a third of its length. */
const bent = (text: string) => {
  const at = Math.floor(text.length / 3);
  return `${text.slice(0, at)}${text[at] === "1" ? "2" : "1"}${text.slice(at + 1)}`;
};

for (const family of families) {
  test(`an act signed by ${family} holds, and no changed part of it does`, async () => {
    const { secret, key } = tokens[family];
    const { sig } = await signCommandWith(command, softwareSigner({ family, secret }, origin));
    assert.ok(holds(sig, { family, key }));
    assert.ok(!holds(sig, { family, key }, { data: { a: 2 } }), "another content");
    assert.ok(!holds(sig, { family, key }, { nonce: "00".repeat(32) }), "a nonce that was not signed");
    const parts =
      typeof sig === "string"
        ? [bent(sig)]
        : Object.entries(sig).flatMap(([name, part]) => (name === "family" ? [] : [{ ...sig, [name]: bent(part) }]));
    for (const part of parts) assert.ok(!holds(part as ActSignature, { family, key }), JSON.stringify(part).slice(0, 60));
    for (const other of families.filter((one) => one !== family)) {
      assert.ok(!isSignedBy({ ...command, sig }, { family: other, key }), `taken for ${other}`);
      assert.ok(
        !isSignedBy({ ...command, sig }, { family, key: tokens[other].key }) || key === tokens[other].key,
        `by the key of ${other}`,
      );
    }
  });
}

interface Statement {
  clientData: Record<string, unknown>;
  flags: number;
  site: string;
}
const sha = (data: string | Uint8Array) => createHash("sha256").update(data).digest();

async function passkeyOver(change: Partial<Statement> = {}): Promise<boolean> {
  const made = await signCommandWith(command, softwareSigner({ family: "passkey", secret: scalar }, origin));
  const { challenge } = JSON.parse((made.sig as { clientData: string }).clientData);
  const { flags = 5, site = "localhost" } = change;
  const clientData = JSON.stringify({ type: "webauthn.get", challenge, origin, crossOrigin: false, ...change.clientData });
  const data = Buffer.concat([sha(site), Buffer.from([flags, 0, 0, 0, 0])]);
  const value = hex(p256.sign(Buffer.concat([data, sha(clientData)]), Buffer.from(scalar, "hex"), { lowS: false }));
  return holds({ family: "passkey", authenticatorData: hex(data), clientData, value }, { family: "passkey", key: tokens.passkey.key });
}

test("a passkey's own statement is judged: kind, challenge, site, presence, verification", async () => {
  assert.ok(await passkeyOver(), "nothing changed");
  const wrong: Record<string, Partial<Statement>> = {
    "a registration": { clientData: { type: "webauthn.create" } },
    "another challenge": { clientData: { challenge: "AAAA" } },
    "a frame of another site": { clientData: { crossOrigin: true } },
    "another site's key": { site: "example.com" },
    "nobody present": { flags: 4 },
    "touched by anybody": { flags: 1 },
  };
  for (const [name, change] of Object.entries(wrong)) assert.equal(await passkeyOver(change), false, name);
});

test("RSA: a block with something after the digest, a short modulus and another exponent's signature are refused", async () => {
  const { sig } = await signCommandWith(command, softwareSigner({ family: "rsa", secret: tokens.rsa.secret }, origin));
  const value = (sig as { value: string }).value;
  assert.ok(!holds({ family: "rsa", value: value.slice(2) }, { family: "rsa", key: tokens.rsa.key }));
  assert.ok(!holds({ family: "rsa", value: `${"00".repeat(255)}01` }, { family: "rsa", key: tokens.rsa.key }));
  assert.ok(!holds({ family: "rsa", value: tokens.rsa.key }, { family: "rsa", key: tokens.rsa.key }));
});
