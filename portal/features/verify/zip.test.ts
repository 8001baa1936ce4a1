import assert from "node:assert/strict";
import { test } from "node:test";
import { zipOf } from "./test-zip.ts";
import { isZip, unzip, ZipFault } from "./zip.ts";

const text = (value: string) => new TextEncoder().encode(value);

test("stored and deflated members come out as they went in, folders apart", async () => {
  const long = text("长".repeat(100_000));
  const zip = zipOf([
    { path: "a/", bytes: text(""), stored: true },
    { path: "a/短.txt", bytes: text("short"), stored: true },
    { path: "a/long.txt", bytes: long },
  ]);
  assert.ok(isZip(zip));
  const files = await unzip(zip);
  assert.deepEqual([...files.keys()], ["a/短.txt", "a/long.txt"]);
  assert.deepEqual(files.get("a/long.txt"), long);
});

test("an archive that lies, is cut or says a path twice is refused", async () => {
  const good = { path: "a.txt", bytes: text("0123456789".repeat(50)) };
  for (const zip of [
    zipOf([{ ...good, claims: 3 }]),
    zipOf([{ ...good, claims: 5000 }]),
    zipOf([{ ...good, claims: 2 ** 31 }]),
    zipOf([good, good]),
    zipOf([good]).slice(0, 40),
    zipOf([good]).fill(0xff, 40, 44),
  ]) {
    await assert.rejects(unzip(zip), ZipFault);
  }
});
