/** What is kept is whole, under its own digest, and leaves no side file when it is refused. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DigestDiffers, DiskFiles, NameTaken, TooLarge } from "./file-store.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "egret-files-"));
});
after(() => rm(folder, { recursive: true, force: true }));

const bytes = new TextEncoder().encode("招标文件");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const others = new TextEncoder().encode("别的内容");

async function namesBelow(): Promise<string[]> {
  return (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
}

test("bytes are kept under their digest and come back whole", async () => {
  const files = new DiskFiles(folder);
  assert.deepEqual(await files.put(sha256, bytes, { sha256 }), { sha256, size: bytes.length });
  assert.deepEqual(new Uint8Array((await files.get(sha256)) as Uint8Array), bytes);
});

test("other bytes never take the place of a digest: they are refused and what was there stays", async () => {
  const files = new DiskFiles(folder);
  await files.put(sha256, bytes, { sha256 });
  await assert.rejects(files.put(sha256, others, { sha256 }), DigestDiffers);
  assert.deepEqual(new Uint8Array((await files.get(sha256)) as Uint8Array), bytes);
  assert.deepEqual(await namesBelow(), [sha256]);
});

test("a name that is taken keeps its bytes, also when two write at once; the same bytes are the same file", async () => {
  const files = new DiskFiles(folder);
  const name = "00112233445566778899aabbccddeeff";
  const both = await Promise.allSettled([files.put(name, bytes), files.put(name, others)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  const winner = both[0].status === "fulfilled" ? bytes : others;
  assert.deepEqual(new Uint8Array((await files.get(name)) as Uint8Array), winner);
  assert.equal((await files.put(name, winner)).size, winner.length);
  await assert.rejects(files.put(name, winner === bytes ? others : bytes), NameTaken);
  assert.deepEqual(
    (await namesBelow()).filter((file) => file.startsWith(name)),
    [name],
  );
});

test("too much, or a body that breaks off, leaves nothing", async () => {
  const files = new DiskFiles(folder);
  const name = "0123456789abcdef0123456789abcdef";
  await assert.rejects(files.put(name, bytes, { limit: 3 }), TooLarge);
  async function* broken() {
    yield bytes;
    throw new Error("the line broke");
  }
  await assert.rejects(files.put(name, broken()), /the line broke/);
  assert.equal(await files.get(name), undefined);
  assert.deepEqual(
    (await namesBelow()).filter((file) => file.startsWith(name)),
    [],
  );
});

test("a name that leads out of the folder is refused", async () => {
  const files = new DiskFiles(folder);
  for (const name of ["../../../../etc/passwd", "short", "a/b-0123456789abcdef"]) await assert.rejects(files.put(name, bytes), RangeError);
});
