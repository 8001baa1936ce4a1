/**
 * Opening of sealed bids on the server: seconds a bid, and which share of them is arithmetic on the curve.
 * `node bench/opening.ts`: 50 bids of 20 MB, the published size, in some seconds. The yardstick decrypts the
 * same ciphertext by Node's own AES-GCM and hashes it once, and does nothing else.
 */
import { createDecipheriv, createHash, randomBytes } from "node:crypto";
import { chunkNonce } from "../formats/seal/body.ts";
import { headerHash } from "../formats/seal/digest.ts";
import {
  type Bytes,
  CHUNK,
  checkPartial,
  makePartial,
  openBody,
  recoverKey,
  type SealCeremony,
  sourceOfBytes,
} from "../formats/seal/index.ts";
import { fillerBytes, type RehearsedBid, rehearseBid, rehearseCeremony } from "../formats/seal/rehearsal.ts";

interface Times {
  curveMs: number;
  bodyMs: number;
  yardstickMs: number;
}

const MEGABYTE = 1_000_000;

/** Sums over all bids as one JSON-able object. */
export async function run() {
  const bids = 50;
  const bytes = 20 * MEGABYTE;
  const { ceremony, shares } = rehearseCeremony(1, { tenderId: "T", lotId: "L" }, randomBytes);
  const sum: Times = { curveMs: 0, bodyMs: 0, yardstickMs: 0 };
  await openOne(ceremony, shares, bytes); // The first one warms the tables and the compiler.
  for (let i = 0; i < bids; i++) {
    const times = await openOne(ceremony, shares, bytes);
    for (const name of ["curveMs", "bodyMs", "yardstickMs"] as const) sum[name] += times[name];
  }
  const openMs = sum.curveMs + sum.bodyMs;
  const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
  return {
    bench: "opening",
    bids,
    bytesABid: bytes,
    secondsABid: rounded(openMs / bids / 1000),
    curveShare: rounded(sum.curveMs / openMs),
    ratio: rounded(sum.yardstickMs / openMs),
    detail: {
      curveMsABid: rounded(sum.curveMs / bids),
      bodyMsABid: rounded(sum.bodyMs / bids),
      yardstickMsABid: rounded(sum.yardstickMs / bids),
    },
  };
}

/** Seals one bid (not counted), then opens it as the server does: two partials checked, combined, body checked. */
async function openOne(ceremony: SealCeremony, shares: readonly Uint8Array[], bytes: number): Promise<Times> {
  const files = [
    { name: "bid-form.json", bytes: fillerBytes(1, 2000) },
    { name: "bid.pdf", bytes: fillerBytes(2, bytes - 2000) },
  ];
  const bid = await rehearseBid(ceremony, { bidderId: "B", files }, randomBytes);
  const partials = shares.slice(0, 2).map((share, i) => makePartial(bid, { member: i + 1, share }, randomBytes));
  const start = performance.now();
  if (partials.some((partial) => checkPartial(ceremony, bid.header, partial) !== undefined)) throw new Error("a partial is wrong");
  const key = recoverKey(bid.header, bid.secrets.kb, { t: 2, partials });
  if (!key.ok) throw new Error(key.code);
  const curveEnd = performance.now();
  const body = await openBody(bid, key.dek, sourceOfBytes(bid.body));
  if (!body.ok) throw new Error(body.code);
  const bodyEnd = performance.now();
  decryptOnly(bid, key.dek);
  return { curveMs: curveEnd - start, bodyMs: bodyEnd - curveEnd, yardstickMs: performance.now() - bodyEnd };
}

function decryptOnly({ header, body }: RehearsedBid, dek: Bytes): void {
  const aad = headerHash(header);
  const hash = createHash("sha256");
  for (let at = 0, i = 0; at < body.length; at += CHUNK + 16, i++) {
    const chunk = body.subarray(at, at + CHUNK + 16);
    const decipher = createDecipheriv("aes-256-gcm", dek, chunkNonce(header, i));
    decipher.setAAD(aad).setAuthTag(chunk.subarray(chunk.length - 16));
    decipher.update(chunk.subarray(0, chunk.length - 16));
    decipher.final();
    hash.update(chunk);
  }
  hash.digest();
}

if (import.meta.main) console.log(JSON.stringify(await run()));
