/**
 * What `bench/seal.ts` runs inside Chromium. Both sides take the same file, read in the same blocks, and encrypt it
 * in chunks of 1 MiB with WebCrypto AES-GCM. The yardstick does nothing else. The sealing side is the product's own:
 * it also hashes every file and every chunk, builds the root and gives out the ciphertext. Rounds alternate, so that
 * neither side has the quieter machine.
 */
import { containerSize } from "../formats/seal/container.ts";
import { newKeyPair, type Random } from "../formats/seal/group.ts";
import { drawSealSecrets, makeHeader } from "../formats/seal/header.ts";
import { CHUNK, type PlainFile, sealBody } from "../formats/seal/index.ts";
import { suiteOf } from "../formats/seal/suite.ts";
import { startChunkWorkers } from "../portal/sealing/chunk-workers.ts";

export interface PageWish {
  bytes: number;
  fileBytes: number;
  rounds: number;
}

export interface PageResult {
  sealMs: number[];
  rawMs: number[];
  /** The yardstick without reading the file: from one block in memory, again and again. */
  rawFromMemoryMs: number[];
}

/** What both sides read at once. */
const BLOCK = 16 * CHUNK;

const random: Random = (length) => crypto.getRandomValues(new Uint8Array(length));

/** Runs inside the page; gives milliseconds of every round. */
export async function measure(wish: PageWish): Promise<PageResult> {
  const files = filesOf(wish);
  const result: PageResult = { sealMs: [], rawMs: [], rawFromMemoryMs: [] };
  for (let round = 0; round < wish.rounds; round++) {
    result.rawMs.push(await timed(() => encryptOnly(files)));
    result.sealMs.push(await timed(() => seal(files)));
    result.rawFromMemoryMs.push(await timed(() => encryptOnly([inMemory(wish.bytes)])));
  }
  return result;
}

function inMemory(size: number): PlainFile {
  const block = new Uint8Array(BLOCK).fill(7);
  return { name: "memory", size, read: (start, end) => block.subarray(0, end - start) };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Windows of the one file that the bench put into the page's file field. */
function filesOf({ bytes, fileBytes }: PageWish): PlainFile[] {
  const chosen = document.querySelector("input")?.files?.[0];
  if (chosen?.size !== bytes) throw new Error("the file of the bench is not there");
  return Array.from({ length: Math.ceil(bytes / fileBytes) }, (_, i) => {
    const size = Math.min(fileBytes, bytes - i * fileBytes);
    const blob = chosen.slice(i * fileBytes, i * fileBytes + size);
    return { name: `file-${i}.bin`, size, read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()) };
  });
}

async function seal(files: PlainFile[]): Promise<void> {
  const suite = suiteOf(1);
  const secrets = drawSealSecrets(suite, random);
  const keys = newKeyPair(suite, random);
  const fields = { suite: 1 as const, tenderId: "T", lotId: "L", part: "all" as const, bidderId: "B", version: 1 };
  const size = containerSize(files);
  const header = makeHeader({ ...fields, pk: keys.key, ceremony: "00".repeat(32), size, bidderEncKey: keys.key }, secrets);
  const dek = await crypto.subtle.importKey("raw", secrets.dek, "AES-GCM", false, ["encrypt"]);
  const engine = startChunkWorkers({ suite: 1, key: dek });
  let sealed = 0;
  for await (const { bytes } of sealBody({ header, engine, files, inFlight: engine.inFlight })) sealed += bytes.length;
  engine.stop();
  if (sealed < size) throw new Error("bytes are missing");
}

async function encryptOnly(files: PlainFile[]): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const running: Promise<ArrayBuffer>[] = [];
  const iv = new DataView(new ArrayBuffer(12));
  for (const file of files) {
    for (let at = 0; at < file.size; at += BLOCK) {
      const block = await file.read(at, Math.min(file.size, at + BLOCK));
      for (let start = 0; start < block.length; start += CHUNK) {
        iv.setUint32(8, iv.getUint32(8) + 1);
        running.push(crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, block.subarray(start, start + CHUNK)));
        if (running.length >= 8) await running.shift();
      }
    }
  }
  await Promise.all(running);
}

Object.assign(globalThis, { measure });
