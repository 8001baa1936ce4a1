import assert from "node:assert/strict";
import { test } from "node:test";
import { HouseError } from "../server/runtime/database/index.ts";
import { findBrowser } from "./browser.ts";

const none = async () => undefined;
const starting = async () => ({ path: process.execPath, env: {} });
const broken = async () => ({ path: "/nonexistent/chromium", env: {} });

test("the first browser that really starts is taken", async () => {
  const { path, env } = await findBrowser([none, broken, starting]);
  assert.equal(path, process.execPath);
  assert.equal(env.LC_ALL, "C.UTF-8", "whatever the locale of the login, it finds a file with a Chinese name");
});

test("no browser is one plain sentence with the three remedies, never a skip", async () => {
  await assert.rejects(findBrowser([none, broken]), (error) => {
    assert(error instanceof HouseError);
    assert.match(error.message, /^No Chromium .*CHROMIUM_PATH.*apt.*npm.*\.$/);
    return true;
  });
});

test("a wrong CHROMIUM_PATH is told, not passed over", async () => {
  const kept = process.env.CHROMIUM_PATH;
  process.env.CHROMIUM_PATH = "/nonexistent/chromium";
  try {
    await assert.rejects(findBrowser(), /CHROMIUM_PATH says \/nonexistent\/chromium/);
  } finally {
    if (kept === undefined) delete process.env.CHROMIUM_PATH;
    else process.env.CHROMIUM_PATH = kept;
  }
});
