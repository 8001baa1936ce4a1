import assert from "node:assert/strict";
import { test } from "node:test";
import { drawSealSecrets, type HeaderFields, makeHeader, newKeyPair, suiteOf } from "../../formats/seal/index.ts";
import { seededRandom } from "../../formats/seal/rehearsal.ts";
import { beginRemembered } from "./begin-upload.ts";
import { FilesChanged, isSameBid, type UnfinishedUpload, UploadLedger, type UploadStore } from "./upload-ledger.ts";

const random = seededRandom("ledger");
const suite = suiteOf(1);
const [pk, enc] = [newKeyPair(suite, random).key, newKeyPair(suite, random).key];
const fields: HeaderFields = {
  suite: 1,
  tenderId: "T",
  lotId: "L",
  part: "all",
  bidderId: "B",
  version: 1,
  pk,
  ceremony: "00".repeat(32),
  size: 9,
  bidderEncKey: enc,
};
const header = makeHeader(fields, drawSealSecrets(suite, random));
const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]);

/** Keeps a copy, as IndexedDB does. */
function memoryStore(): UploadStore & { kept: UnfinishedUpload | undefined } {
  return {
    kept: undefined,
    async load() {
      return this.kept && structuredClone(this.kept);
    },
    async save(upload) {
      this.kept = structuredClone(upload);
    },
    async clear() {
      this.kept = undefined;
    },
  };
}

test("after a reload the same piece keeps its name, and what is stored is known", async () => {
  const store = memoryStore();
  const before = new UploadLedger({ header, key, pieces: [] }, store);
  await before.stored(await before.note({ first: 1, sha256: "aa", newName: () => "n1" }));
  await before.note({ first: 4, sha256: "bb", newName: () => "n2" });
  const after = new UploadLedger((await store.load())!, store);
  assert.deepEqual(await after.note({ first: 1, sha256: "aa", newName: () => "x" }), {
    first: 1,
    name: "n1",
    sha256: "aa",
    isStored: true,
  });
  assert.deepEqual(await after.note({ first: 4, sha256: "bb", newName: () => "x" }), {
    first: 4,
    name: "n2",
    sha256: "bb",
    isStored: false,
  });
  assert.equal(after.upload.key.extractable, false);
  await after.finish();
  assert.equal(await store.load(), undefined);
});

test("a piece is noted before anything is sent, and other bytes under its nonces end the resumption", async () => {
  const store = memoryStore();
  const ledger = new UploadLedger({ header, key, pieces: [] }, store);
  const noted = await ledger.note({ first: 1, sha256: "aa", newName: () => "n1" });
  assert.equal(store.kept?.pieces.length, 1);
  await assert.rejects(ledger.note({ first: 1, sha256: "cc", newName: () => "n1" }), FilesChanged);
  await ledger.stored(noted);
  assert.equal(store.kept, undefined, "a piece that still reports brings nothing back");
});

test("an upload goes on only for the same version of the same bid", () => {
  assert.ok(isSameBid(header, fields));
  for (const change of [{ version: 2 }, { size: 10 }, { lotId: "M" }, { pk: enc }, { bidderEncKey: pk }])
    assert.ok(!isSameBid(header, { ...fields, ...change }));
});

test("a reopened page goes on with header and key, another version begins with fresh ones", async () => {
  const store = memoryStore();
  const first = await beginRemembered(fields, random, store);
  await first.ledger?.note({ first: 1, sha256: "aa", newName: () => "n1" });
  const again = await beginRemembered(fields, random, store);
  assert.deepEqual(again.header, first.header);
  assert.deepEqual(
    again.ledger?.upload.pieces.map(({ name }) => name),
    ["n1"],
  );
  const next = await beginRemembered({ ...fields, version: 2 }, random, store);
  assert.notEqual(next.header.R, first.header.R);
  assert.notEqual(next.header.prefix, first.header.prefix);
  assert.equal(await store.load(), undefined, "the old data key is forgotten");
});
