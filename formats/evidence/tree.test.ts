import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, hex, utf8 } from "../bytes.ts";
import { publicKeyOf } from "../draw/ed25519.ts";
import { jcs } from "../jcs.ts";
import {
  consistencyHolds,
  cosignatureLine,
  cosignatureTime,
  entryBundle,
  entryBytes,
  Frontier,
  type Hash,
  judgeHead,
  judgeNote,
  keyType,
  leafHash,
  makePolicy,
  nodeHash,
  nodesFromTiles,
  proveConsistency,
  proveInclusion,
  readEntryBundle,
  readNote,
  readTilePath,
  readVerifierKey,
  rootOf,
  signCheckpoint,
  splitOf,
  tileLevels,
  tilePath,
  verifierKeyText,
  widthAt,
} from "./index.ts";

const leaves = Array.from({ length: 700 }, (_, i) => leafHash(utf8(`leaf ${i}`)));

/** RFC 6962 §2.1, word for word: the oracle. */
function rootByDefinition(part: readonly Hash[]): Hash {
  if (part.length === 1) return part[0] as Hash;
  const k = splitOf(part.length);
  return nodeHash(rootByDefinition(part.slice(0, k)), rootByDefinition(part.slice(k)));
}

/** Tiles of a tree of `size`, made in the plainest way. */
function tilesOf(size: number) {
  const bytes = new Map<string, Uint8Array>();
  for (let level = 0; level < tileLevels(size); level++)
    for (let index = 0; widthAt(level, index, size) > 0; index++) {
      const width = widthAt(level, index, size);
      const span = 256 ** level;
      const hashes = Array.from({ length: width }, (_, i) =>
        rootByDefinition(leaves.slice((256 * index + i) * span, (256 * index + i + 1) * span)),
      );
      bytes.set(tilePath({ level, index, width }), concat(...hashes));
    }
  return nodesFromTiles((tile) => bytes.get(tilePath(tile)) ?? assert.fail(`${tilePath(tile)} was asked for and does not exist`), size);
}

test("the growing frontier has the root of the definition, and survives a store", () => {
  let frontier = new Frontier();
  for (const [i, leaf] of leaves.entries()) {
    frontier.append(leaf);
    if (i % 37 === 0) {
      assert.equal(hex(frontier.root()), hex(rootByDefinition(leaves.slice(0, i + 1))));
      frontier = Frontier.fromBytes(frontier.size, frontier.bytes());
    }
  }
  assert.throws(() => Frontier.fromBytes(3, frontier.bytes()), RangeError);
});

test("proofs from tiles hold, and hold for nothing else", async () => {
  const nodes = tilesOf(700);
  assert.equal(hex(await rootOf(nodes, 700)), hex(rootByDefinition(leaves)));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 699 }), fc.integer({ min: 0, max: 40 }), async (size1, turn) => {
      const proof = await proveConsistency(nodes, size1, 700);
      const [root1, root2] = [rootByDefinition(leaves.slice(0, size1)), rootByDefinition(leaves)];
      assert.ok(consistencyHolds(proof, root1, root2));
      assert.ok(!consistencyHolds(proof, root2, root2));
      assert.ok(!consistencyHolds(proof, root1, root1));
      const spoiled = proof.hashes.map((hash, i) =>
        i === turn % proof.hashes.length ? hash.replace(/^./, (d) => (d === "0" ? "1" : "0")) : hash,
      );
      assert.ok(!consistencyHolds({ ...proof, hashes: spoiled }, root1, root2));
      assert.ok(!consistencyHolds({ ...proof, hashes: proof.hashes.slice(1) }, root1, root2));
    }),
    { numRuns: 60 },
  );
  await assert.rejects(proveInclusion(nodes, 700, 700), RangeError);
  await assert.rejects(proveConsistency(nodes, 0, 700), RangeError);
});

test("a tile path is read back only in its one writing", () => {
  fc.assert(
    fc.property(
      fc.constantFrom<number | "entries">("entries", 0, 7, 63),
      fc.nat(10 ** 10),
      fc.integer({ min: 1, max: 256 }),
      (level, index, width) => {
        assert.deepEqual(readTilePath(tilePath({ level, index, width })), { level, index, width });
      },
    ),
  );
  for (const path of [
    "tile/0/7",
    "tile/0/007.p/0",
    "tile/0/007.p/256",
    "tile/0/x000/007",
    "tile/64/007",
    "tile/0/../../key",
    "tile/0/007.p/01",
    "checkpoint",
  ])
    assert.equal(readTilePath(path), undefined, path);
});

test("entry bundles are read back, and a cut one is refused", () => {
  const entries = ["{}", "abc", "x".repeat(4096)].map(utf8);
  assert.deepEqual(readEntryBundle(entryBundle(entries)).map(hex), entries.map(hex));
  assert.throws(() => readEntryBundle(entryBundle(entries).subarray(0, 20)), RangeError);
});

test("a note with its cosignatures is judged good, and each of its bytes counts", () => {
  const [logSecret, one, two] = [1, 2, 3].map((n) => new Uint8Array(32).fill(n)) as [Uint8Array, Uint8Array, Uint8Array];
  const key = (name: string, type: number, secret: Uint8Array) => ({ name, type, publicKey: publicKeyOf(secret) });
  const keys = {
    origin: "log.example/a",
    logKeys: [key("log.example/a", keyType.log, logSecret)],
    witnesses: [key("w1", keyType.witness, one), key("w2", keyType.witness, two)],
    k: 2,
  };
  const note = signCheckpoint({ origin: keys.origin, size: 700, root: rootByDefinition(leaves) }, logSecret);
  const body = readNote(note)?.body ?? assert.fail();
  const witnessed =
    note + cosignatureLine(body, { name: "w1", secret: one }, 1000) + cosignatureLine(body, { name: "w2", secret: two }, 1001);
  assert.deepEqual(judgeNote(note, keys), { ok: false, code: "E_QUORUM" });
  const judged = judgeNote(witnessed, keys);
  assert.ok(judged.ok);
  assert.deepEqual(judged.cosigners, ["w1", "w2"]);
  assert.equal(cosignatureTime(body, judged.note.lines[1] ?? assert.fail(), keys.witnesses[0] ?? assert.fail()), 1000n);
  for (let i = 0; i < witnessed.length; i += 7) {
    const spoiled = `${witnessed.slice(0, i)}${witnessed[i] === "A" ? "B" : "A"}${witnessed.slice(i + 1)}`;
    assert.ok(!judgeNote(spoiled, keys).ok, `character ${i}`);
  }
  assert.equal(judgeHead(`${note}\n`, keys).ok, false);
  const policy = makePolicy(keys, null);
  assert.deepEqual(
    policy.witnesses.map(readVerifierKey).map((read) => read && verifierKeyText(read)),
    policy.witnesses,
  );
  assert.throws(() => makePolicy({ ...keys, k: 3 }, null), RangeError);
});

test("an entry that shows too much or too little is refused", () => {
  const entry = {
    v: 1 as const,
    seq: 0,
    at: "2026-11-23T01:47:00.000Z",
    stream: "lot/L-1",
    type: "lot.opened",
    actor: "0".repeat(64),
    commitment: "f".repeat(64),
  };
  entryBytes(entry);
  for (const change of [
    { stream: "lot/张三" },
    { stream: "" },
    { type: "lot" },
    { at: "2026-02-30T00:00:00.000Z" },
    { seq: -1 },
    { commitment: "" },
    { name: "x" },
  ])
    assert.throws(() => entryBytes({ ...entry, ...change }), { code: "E_ENTRY" });
});

test("entry bytes are JCS of the entry, whatever it holds", () => {
  const text = (first: string, rest: string, most: number) =>
    fc
      .tuple(fc.constantFrom(...first), fc.array(fc.constantFrom(...rest), { maxLength: most }))
      .map(([head, tail]) => head + tail.join(""));
  const entries = fc.record({
    v: fc.constant(1 as const),
    seq: fc.nat(2 ** 31 - 1),
    at: fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true }).map((date) => date.toISOString()),
    stream: text("abz/-", "AZaz09._/-", 127),
    type: text("ab", "abz09", 20).map((noun) => `${noun}.done`),
    actor: fc.constant("0f".repeat(32)),
    commitment: fc.constant("f0".repeat(32)),
  });
  fc.assert(fc.property(entries, (entry) => assert.equal(hex(entryBytes(entry)), hex(jcs(entry)))));
});
