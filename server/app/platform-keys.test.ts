/** The platform's keys are made once, kept whole, and never replaced because they could not be read. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { seededRandom } from "../kernel/index.ts";
import { openKeyFolder } from "./platform-keys.ts";

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "egret-keys-"));
  await work(folder).finally(() => rm(folder, { recursive: true, force: true }));
}

test("keys are made once and found again", () =>
  inFolder(async (folder) => {
    const first = await openKeyFolder(folder, seededRandom(1));
    const second = await openKeyFolder(folder, seededRandom(2));
    assert.equal(second.keys.receiptKey, first.keys.receiptKey);
    assert.deepEqual(second.answerSecret, first.answerSecret);
    assert.deepEqual(await readdir(folder), ["platform.json"], "nothing half-written lies about");
  }));

test("keys that cannot be read are a fault and stay as they are", () =>
  inFolder(async (folder) => {
    await mkdir(join(folder, "platform.json"));
    await assert.rejects(openKeyFolder(folder, seededRandom(1)), { code: "EISDIR" });
    assert.deepEqual(await readdir(join(folder, "platform.json")), []);
    await rm(join(folder, "platform.json"), { recursive: true });
    await writeFile(join(folder, "platform.json"), '{"receipt":');
    await assert.rejects(openKeyFolder(folder, seededRandom(1)), SyntaxError);
  }));
