import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makeSymlinks } from "./embedded-place.ts";

test("the links that npm packages cannot carry are made by us, and making them twice is harmless", () => {
  const native = mkdtempSync(join(tmpdir(), "egret-native-"));
  mkdirSync(join(native, "lib"));
  writeFileSync(join(native, "lib", "libx.so.1.2"), "");
  writeFileSync(join(native, "pg-symlinks.json"), JSON.stringify([{ source: "native/lib/libx.so.1.2", target: "native/lib/libx.so.1" }]));
  assert.equal(makeSymlinks(native), true);
  assert.equal(makeSymlinks(native), true);
  assert.equal(readlinkSync(join(native, "lib", "libx.so.1")), "libx.so.1.2");
  rmSync(native, { recursive: true });
});

test("a package without its list of links is an error, not a whole package", () => {
  const native = mkdtempSync(join(tmpdir(), "egret-native-"));
  assert.throws(() => makeSymlinks(native), /pg-symlinks/);
  rmSync(native, { recursive: true });
});
