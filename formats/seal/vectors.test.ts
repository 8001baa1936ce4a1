import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromHex, hex } from "../bytes.ts";
import { ceremonyHash, checkCeremony } from "./ceremony-check.ts";
import { containerSize } from "./container.ts";
import { bidDigestOf, chunkCount, contextOf, headerHash } from "./digest.ts";
import { findPoint, messageIsSigned, pointOf } from "./group.ts";
import { committeeKeyOf, makeHeader, wrappingKeyOf } from "./header.ts";
import { dleqHolds } from "./proofs.ts";
import { readRecoveryCode, recoveryCode } from "./recovery-code.ts";
import { fileOfBytes, recipeBytes, sealToMemory } from "./rehearsal.ts";
import { suiteOf } from "./suite.ts";

// biome-ignore lint/suspicious/noExplicitAny: the inputs have one shape per kind.
type Case = { id: string; kind: string; input: any; expect: any };
const { cases } = JSON.parse(readFileSync(new URL("../vectors/seal-v1.json", import.meta.url), "utf8")) as { cases: Case[] };

const RUN: Record<string, (input: Case["input"]) => unknown> = {
  aead({ suite, key, nonce, aad, plaintext }) {
    return { ok: true, ct: hex(suiteOf(suite).seal(fromHex(key), fromHex(nonce), fromHex(aad), fromHex(plaintext))) };
  },
  sign({ suite, key, message, sig }) {
    return messageIsSigned(suiteOf(suite), key, fromHex(message), sig) ? { ok: true } : { error: "E_SIG" };
  },
  dleq({ suite: id, ctx, member, c, z, ...points }) {
    const suite = suiteOf(id);
    const [Y, R, D] = [points.Y, points.R, points.D].map((text) => findPoint(suite, text));
    const holds = Y && R && D && dleqHolds(suite, { context: fromHex(ctx), member, Y, R, D }, { c, z });
    return holds ? { ok: true } : { error: "E_DLEQ" };
  },
  recovery({ suite, ctx, code }) {
    const kb = readRecoveryCode(suiteOf(suite), fromHex(ctx), code);
    return kb ? { ok: true, kb: hex(kb) } : { error: "E_RECOVERY_CODE" };
  },
  ceremony({ ceremony }) {
    const code = checkCeremony(ceremony);
    return code === undefined ? { ok: true, ceremonyHash: ceremonyHash(ceremony) } : { error: code };
  },
  seal: (input) => sealVector(input),
};

async function sealVector({ r, kb, dek, salt, prefix, pokK, wrapR, files: recipes, ...fields }: Case["input"]) {
  const suite = suiteOf(fields.suite);
  const files = recipes.map((file: { name: string; label: string; size: number }) =>
    fileOfBytes(file.name, recipeBytes(file.label, file.size)),
  );
  const scalar = (text: string) => BigInt(`0x${text}`);
  const secrets = {
    dek: fromHex(dek),
    kb: fromHex(kb),
    salt: fromHex(salt),
    prefix: fromHex(prefix),
    r: scalar(r),
    pokK: scalar(pokK),
    wrapR: scalar(wrapR),
  };
  const header = makeHeader({ ...fields, size: containerSize(files) }, secrets);
  const { body, root, cipherSize } = await sealToMemory(header, secrets.dek, files);
  const context = contextOf(header);
  const ke = committeeKeyOf(header, pointOf(suite, fields.pk).multiply(secrets.r));
  return {
    ok: true,
    header,
    ctx: hex(context),
    ke: hex(ke),
    kek: hex(wrappingKeyOf(header, secrets.kb, ke)),
    headerHash: hex(headerHash(header)),
    chunks: chunkCount(header.size),
    cipherSize,
    firstBytes: hex(body.subarray(0, 32)),
    lastBytes: hex(body.subarray(-32)),
    root,
    bidDigest: bidDigestOf({ header, root, cipherSize }),
    recoveryCode: recoveryCode(suite, context, secrets.kb),
  };
}

for (const { id, kind, input, expect } of cases) {
  const run = RUN[kind];
  // `opening` is a matter of the verifier, which runs every case of the file.
  if (run) test(`making side: vector ${id}`, async () => assert.deepEqual(await run(input), expect));
}

test("every kind of vector but `opening` is run here", () => {
  assert.deepEqual(new Set(cases.map(({ kind }) => kind)), new Set([...Object.keys(RUN), "opening"]));
});
