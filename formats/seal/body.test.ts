import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, equalBytes, hex } from "../bytes.ts";
import { chunkNonce, localEngine, sealBody } from "./body.ts";
import { containerSize, filesAreLawful, manifestBytes, manifestLength } from "./container.ts";
import { headerHash } from "./digest.ts";
import { newKeyPair } from "./group.ts";
import { drawSealSecrets, makeHeader, unwrapKb } from "./header.ts";
import { leafHash, merkleRoot } from "./merkle.ts";
import { makePartial, openBody, recoverKey, sourceOfBytes, sourceOfPieces } from "./opening.ts";
import { fillerBytes, rehearseBid, rehearseCeremony, seededRandom } from "./rehearsal.ts";
import { CHUNK } from "./schemas.ts";
import { suiteOf } from "./suite.ts";

const ceremonies = [1, 2].map((id) => rehearseCeremony(id as 1 | 2, { tenderId: "T-1", lotId: "L-1" }, seededRandom(`body/${id}`)));

function fileSet(sizes: number[]) {
  return sizes.map((size, i) => ({ name: `附件-${i}.pdf`, bytes: fillerBytes(i + 1, size) }));
}

async function roundTrip(suiteId: 1 | 2, sizes: number[]): Promise<void> {
  const { ceremony, shares } = ceremonies[suiteId - 1]!;
  const files = fileSet(sizes);
  const bid = await rehearseBid(ceremony, { bidderId: "B-1", files }, seededRandom(sizes.join()));
  const kb = unwrapKb(bid.header, bid.encSecret)!;
  const partials = [3, 1].map((member) => makePartial(bid, { member, share: shares[member - 1]! }, seededRandom(`p${member}`)));
  const key = recoverKey(bid.header, kb, { t: 2, partials });
  assert.ok(key.ok);
  const opened = await openBody(bid, key.dek, sourceOfBytes(bid.body));
  assert.ok(opened.ok);
  for (const { name, bytes } of files) assert.ok(equalBytes(await opened.bid.read(name), bytes), name);
}

test("what is sealed opens again, for any files and both suites", async () => {
  const size = fc.oneof(fc.constantFrom(0, 1, CHUNK - 1, CHUNK, CHUNK + 1), fc.integer({ min: 0, max: 3 * CHUNK }));
  const sets = fc.array(size, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(sets, (sizes) => roundTrip(1, sizes)),
    { numRuns: 12 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 70000 }), { minLength: 1, maxLength: 3 }), (sizes) => roundTrip(2, sizes)),
    { numRuns: 5 },
  );
});

test("a file above 128 MiB is hashed while it runs, and opens", () => roundTrip(1, [129 * CHUNK + 5, 3]));

test("a manifest longer than a chunk is sealed last, in as many chunks as it takes", async () => {
  await roundTrip(
    1,
    Array.from({ length: 9500 }, (_, i) => (i === 9000 ? 2 * CHUNK : i % 3)),
  );
});

test("the stream of chunks equals sealing everything at once", async () => {
  const files = fileSet([5, 2 * CHUNK + 77, 0, 900_000]);
  const bid = await rehearseBid(ceremonies[0]!.ceremony, { bidderId: "B-1", files }, seededRandom("once"));
  const suite = suiteOf(1);
  const rows = await Promise.all(
    files.map(async ({ name, bytes }) => ({ name, size: bytes.length, hash: hex(await suite.hashBulk(bytes)) })),
  );
  const plain = concat(manifestBytes(rows), ...files.map(({ bytes }) => bytes));
  assert.equal(plain.length, bid.header.size);
  const chunks = Array.from({ length: Math.ceil(plain.length / CHUNK) }, (_, i) =>
    suite.seal(bid.secrets.dek, chunkNonce(bid.header, i), headerHash(bid.header), plain.subarray(i * CHUNK, (i + 1) * CHUNK)),
  );
  assert.ok(equalBytes(concat(...chunks), bid.body));
  assert.equal(
    hex(
      merkleRoot(
        suite,
        chunks.map((chunk) => leafHash(suite, chunk)),
      ),
    ),
    bid.root,
  );
});

test("never more than the allowed number of chunks is in memory at a time", async () => {
  const suite = suiteOf(1);
  const random = seededRandom("memory");
  const { ceremony } = ceremonies[0]!;
  let read = 0;
  const size = 200 * CHUNK;
  const file = {
    name: "big",
    size,
    read(start: number, end: number) {
      read = end;
      return new Uint8Array(end - start);
    },
  };
  const secrets = drawSealSecrets(suite, random);
  const fields = {
    suite: 1 as const,
    tenderId: "T-1",
    lotId: "L-1",
    part: "all" as const,
    bidderId: "B-1",
    version: 1,
    pk: ceremony.pk,
    ceremony: "00".repeat(32),
  };
  const header = makeHeader({ ...fields, size: containerSize([file]), bidderEncKey: newKeyPair(suite, random).key }, secrets);
  let sealed = 0;
  for await (const { bytes } of sealBody({
    header,
    engine: localEngine(suite, await suite.bulkKey(secrets.dek)),
    files: [file],
    inFlight: 4,
  })) {
    sealed += bytes.length;
    assert.ok(read - sealed <= (4 + 16 + 16 + 2) * CHUNK, "in flight, the block at hand, the block ahead, the kept first chunk");
  }
});

test("a flipped byte anywhere in the body is E_ROOT, a cut one E_SIZE, a wrong key E_CHUNK", async () => {
  const bid = await rehearseBid(ceremonies[0]!.ceremony, { bidderId: "B-1", files: fileSet([CHUNK + 9]) }, seededRandom("flip"));
  await fc.assert(
    fc.asyncProperty(fc.nat(bid.body.length - 1), fc.integer({ min: 1, max: 255 }), async (offset, change) => {
      const body = bid.body.slice();
      body[offset]! ^= change;
      assert.deepEqual(await openBody(bid, bid.secrets.dek, sourceOfBytes(body)), { ok: false, code: "E_ROOT" });
    }),
    { numRuns: 10 },
  );
  assert.deepEqual(await openBody(bid, bid.secrets.dek, sourceOfBytes(bid.body.slice(0, -1))), { ok: false, code: "E_SIZE" });
  assert.deepEqual(await openBody(bid, bid.secrets.kb, sourceOfBytes(bid.body)), { ok: false, code: "E_CHUNK" });
});

test("pieces of any size read like one ciphertext", async () => {
  const bid = await rehearseBid(ceremonies[0]!.ceremony, { bidderId: "B-1", files: fileSet([2 * CHUNK + 9]) }, seededRandom("pieces"));
  const cuts = [0, 700_000, 700_001, 1_900_000, bid.body.length];
  const pieces = cuts.slice(1).map((end, i) => ({ size: end - cuts[i]!, read: async () => bid.body.slice(cuts[i]!, end) }));
  const opened = await openBody(bid, bid.secrets.dek, sourceOfPieces(pieces));
  assert.ok(opened.ok);
});

test("a file that changes while it is read stops the sealing", async () => {
  const suite = suiteOf(1);
  const secrets = drawSealSecrets(suite, seededRandom("short"));
  const { ceremony } = ceremonies[0]!;
  const file = { name: "a", size: 100, read: () => new Uint8Array(99) };
  const fields = {
    suite: 1 as const,
    tenderId: "T-1",
    lotId: "L-1",
    part: "all" as const,
    bidderId: "B-1",
    version: 1,
    pk: ceremony.pk,
    ceremony: "00".repeat(32),
  };
  const header = makeHeader({ ...fields, size: containerSize([file]), bidderEncKey: ceremony.members[0]!.encKey }, secrets);
  const sealing = sealBody({ header, engine: localEngine(suite, await suite.bulkKey(secrets.dek)), files: [file] });
  await assert.rejects(sealing.next(), /changed while it was read/);
});

test("names that could leave the folder, repeat or hide are not lawful", () => {
  const one = (name: string) => filesAreLawful([{ name, size: 1 }]);
  assert.ok(one("投标函.pdf") && one("a".repeat(255)));
  for (const name of ["", ".", "..", "a/b", "a\\b", "a\u0000", "a\u007f", "标".repeat(86), "\ud800"])
    assert.ok(!one(name), JSON.stringify(name));
  assert.ok(!filesAreLawful([]));
  assert.ok(
    !filesAreLawful([
      { name: "a", size: 1 },
      { name: "a", size: 2 },
    ]),
  );
  assert.equal(manifestLength([{ name: "a", size: 10 }]), manifestBytes([{ name: "a", size: 10, hash: "f".repeat(64) }]).length);
});
