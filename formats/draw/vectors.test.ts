import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { Value } from "@sinclair/typebox/value";
import { fromHex, hex, u32 } from "../bytes.ts";
import { beaconIsValid, beaconRoundFor, readBeaconPoint } from "./beacon.ts";
import { commitIsValid, revealOpensCommit } from "./commit.ts";
import { fallbackIsValid, findPlanFault, freezeIsValid } from "./plan.ts";
import { assembleRecord, withSubstitution } from "./record.ts";
import { partialIsValid } from "./recovery.ts";
import { type DrawRecord, DrawRecordSchema } from "./schemas.ts";
import { drawStream, shuffle, streamOfKey, uniform } from "./stream.ts";
import { proveVrf, verifyVrf } from "./vrf.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a vector holds follows from its kind.
type Case = { id: string; kind: string; input: any; expect: any };
const { cases }: { cases: Case[] } = JSON.parse(readFileSync(new URL("../vectors/draw-v1.json", import.meta.url), "utf8"));
const ofKind = (kind: string) => cases.filter((vector) => vector.kind === kind);

for (const { id, input, expect } of ofKind("shuffle")) {
  test(`${id}: the list is shuffled as the vector says`, () => {
    const seed = fromHex(input.seed);
    const stream = input.info === null ? streamOfKey(seed) : drawStream(seed, input.info);
    assert.deepEqual(shuffle([...Array(input.n).keys()], stream), expect.order);
  });
}

for (const { id, input, expect } of ofKind("uniform")) {
  test(`${id}: the numbers are the vector's`, () => {
    const stream = streamOfKey(fromHex(input.key));
    assert.deepEqual(
      Array.from({ length: input.count }, () => String(uniform(stream, BigInt(input.n)))),
      expect.values,
    );
  });
}

for (const { id, input, expect } of ofKind("uniformStream")) {
  test(`${id}: values of the incomplete round are thrown away`, () => {
    let consumed = 0;
    const result = uniform(() => BigInt(input.values[consumed++]), BigInt(input.n));
    assert.deepEqual({ ok: true, result: String(result), consumed }, expect);
  });
}

for (const { id, input, expect } of ofKind("vrf")) {
  test(`${id}: the proof is ${expect.ok ? "accepted" : "refused"}`, () => {
    const beta = verifyVrf(fromHex(input.pk), fromHex(input.alpha), fromHex(input.pi));
    assert.equal(beta && hex(beta), expect.beta);
  });
}

for (const { id, input, expect } of ofKind("beacon")) {
  test(`${id}: the round is ${expect.ok ? "accepted" : "refused"}`, () => {
    assert.equal(beaconIsValid(input.round, input.signature), expect.ok === true);
  });
}

test("one beacon point has one encoding: x + p is refused", () => {
  const { Point } = bls12_381.G1;
  const p = Point.Fp.ORDER;
  const point = [...Array(100).keys()].map((k) => Point.BASE.multiply(BigInt(k + 1))).find(({ x }) => x + p < 2n ** 381n);
  assert.ok(point !== undefined, "about one point in four has room for a second encoding");
  const whole = BigInt(`0x${point.toHex(true)}`);
  assert.ok(readBeaconPoint(whole.toString(16))?.equals(point));
  assert.equal(readBeaconPoint((whole + p).toString(16)), undefined);
});

// RFC 9381 appendix B.3, examples 16 to 18.
const rfcExamples = [
  {
    secret: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    alpha: "",
    pi: "8657106690b5526245a92b003bb079ccd1a92130477671f6fc01ad16f26f723f26f8a57ccaed74ee1b190bed1f479d9727d2d0f9b005a6e456a35d4fb0daab1268a1b0db10836d9826a528ca76567805",
  },
  {
    secret: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    alpha: "72",
    pi: "f3141cd382dc42909d19ec5110469e4feae18300e94f304590abdced48aed5933bf0864a62558b3ed7f2fea45c92a465301b3bbf5e3e54ddf2d935be3b67926da3ef39226bbc355bdc9850112c8f4b02",
  },
  {
    secret: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    alpha: "af82",
    pi: "9bc0f79119cc5604bf02d23b4caede71393cedfbb191434dd016d30177ccbf8096bb474e53895c362d8628ee9f9ea3c0e52c7a5c691b6c18c9979866568add7a2d41b00b05081ed0f58ee5e31b3a970e",
  },
];
for (const [k, { secret, key, alpha, pi }] of rfcExamples.entries()) {
  test(`RFC 9381 example ${16 + k} is proved and verified`, () => {
    const proof = proveVrf(fromHex(secret), fromHex(alpha));
    assert.equal(hex(proof), pi);
    assert.equal(verifyVrf(fromHex(key), fromHex(alpha), proof)?.length, 64);
    assert.equal(verifyVrf(fromHex(key), u32(7), proof), undefined);
  });
}

test("the round of a plan is the first one 60 s after tReveal", () => {
  assert.equal(beaconRoundFor("2026-03-05T02:00:00.000Z"), 26624232);
  assert.equal(beaconRoundFor("2023-09-15T10:59:03.000Z"), 657413);
  assert.equal(beaconRoundFor("2023-09-15T10:59:04.000Z"), 657414);
  assert.equal(beaconRoundFor("2000-01-01T00:00:00.000Z"), 1);
});

for (const { id, input } of ofKind("record").filter(({ expect }) => expect.ok === true)) {
  test(`${id}: the record is assembled again from its steps, to the byte`, () => {
    const record: DrawRecord = input.record;
    assert.ok(Value.Check(DrawRecordSchema, record));
    assert.equal(findPlanFault(record.plan), undefined);
    assert.ok(freezeIsValid(record.plan, record.freeze.sig));
    assert.ok(record.fallback === null || fallbackIsValid(record.plan, record.fallback.reason, record.fallback.sig));
    const commitOf = (i: number) => record.commits.find((commit) => commit.i === i) ?? assert.fail();
    for (const commit of record.commits) assert.ok(commitIsValid(record.plan, commit));
    for (const reveal of record.reveals) assert.ok(revealOpensCommit(record.plan, commitOf(reveal.i), reveal));
    for (const partial of record.partials) assert.ok(partialIsValid(record.plan, commitOf(partial.i), partial));
    const assembled = assembleRecord({ ...record, reveals: record.reveals.toReversed() });
    assert.ok(assembled.ok);
    const made = record.substitutions.reduce(
      (soFar, { stratum, out, reason, log }) => withSubstitution(soFar, { stratum, out, reason }, log),
      assembled.record,
    );
    assert.deepEqual(made, record);
  });
}

for (const { id, expect, input } of ofKind("record").filter(({ expect }) => ["E_TOO_FEW", "E_QUOTA"].includes(expect.error))) {
  test(`${id}: the draw lawfully fails with ${expect.error}`, () => {
    const assembled = assembleRecord(input.record);
    assert.equal(assembled.ok ? "ok" : assembled.code, expect.error);
  });
}

for (const { id, input, expect } of ofKind("record").filter(({ expect }) => expect.error === "E_PLAN")) {
  test(`${id}: such a plan is not frozen`, () => {
    const { plan } = input.record;
    const shapeFails = !Value.Check(DrawRecordSchema.properties.plan, plan);
    assert.ok(shapeFails || findPlanFault(plan) !== undefined, expect.error);
  });
}
