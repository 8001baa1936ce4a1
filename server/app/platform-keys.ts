/** The platform's own keys: made once, kept in the key folder (0700), never in the database (decisions §3). */

import { mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { fromHex, hex } from "../../formats/bytes.ts";
import { proveVrf } from "../../formats/draw/index.ts";
import type { Random } from "../kernel/index.ts";
import type { PlatformKeys } from "../trade/transaction/index.ts";
import { nationalKeyOf } from "./national-key.ts";

export interface KeyFolder {
  keys: PlatformKeys;
  answerSecret: Uint8Array;
  /** Signs messages to outside systems, Ed25519. */
  messageSecret: Uint8Array;
  /** P-256: personal fields for us are encrypted to it. */
  fieldSecret: Uint8Array;
  /** P-256 of the draw service: rosters of an expert pool are sealed to it. */
  drawServiceSecret: Uint8Array;
  /** Shared with the expert pool outside the protocol: join tags are made under it. */
  joinKey: Uint8Array;
}

interface Kept {
  receipt: string;
  vrf: string;
  message: string;
  answers: string;
  field: string;
  drawService: string;
  join: string;
}

export async function openKeyFolder(folder: string, random: Random): Promise<KeyFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return keyFolderOf((await findKept(join(folder, "platform.json"))) ?? (await keepFresh(folder, random)));
}

/** Only keys that were never made may be made: whatever else hinders reading them is a fault. */
async function findKept(path: string): Promise<Kept | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as Kept);
}

/** Whole or not at all, and on disk before anything is signed with them. */
async function keepFresh(folder: string, random: Random): Promise<Kept> {
  const fresh = freshKeys(random);
  const path = join(folder, "platform.json");
  await writeFile(`${path}.new`, JSON.stringify(fresh), { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
  return fresh;
}

/** Keys that live only as long as the process: for tests and stories, from their seed. */
export function passingKeys(random: Random): KeyFolder {
  return keyFolderOf(freshKeys(random));
}

function freshKeys(random: Random): Kept {
  const scalar = () => hex(p256.utils.randomSecretKey(random.bytes(48) as Uint8Array<ArrayBuffer>));
  return {
    receipt: scalar(),
    field: scalar(),
    drawService: scalar(),
    join: hex(random.bytes(32)),
    vrf: hex(random.bytes(32)),
    message: hex(random.bytes(32)),
    answers: hex(random.bytes(32)),
  };
}

function keyFolderOf(kept: Kept): KeyFolder {
  const receipt = fromHex(kept.receipt);
  const vrf = fromHex(kept.vrf);
  const sign = (message: Uint8Array) => hex(p256.sign(message, receipt, { lowS: false }));
  const national = nationalKeyOf(receipt);
  return {
    keys: {
      receiptKey: hex(p256.getPublicKey(receipt, true)),
      sign,
      suiteKey: (suite) => (suite === 1 ? hex(p256.getPublicKey(receipt, true)) : national.key),
      signFor: (suite, message) => (suite === 1 ? sign(message) : national.sign(message)),
      vrfKey: hex(ed25519.getPublicKey(vrf)),
      proveVrf: (alpha) => hex(proveVrf(vrf, alpha)),
    },
    answerSecret: fromHex(kept.answers),
    messageSecret: fromHex(kept.message),
    fieldSecret: fromHex(kept.field),
    drawServiceSecret: fromHex(kept.drawService),
    joinKey: fromHex(kept.join),
  };
}
