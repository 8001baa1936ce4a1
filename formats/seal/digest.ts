/**
 * The digests by which a bid is named (seal-v1 §4, §5): ctx binds a bid to its lot and person, headerHash binds
 * every chunk to its header, bidDigest is what the bidder signs and the log holds.
 */
import { type Bytesish, concat, fromHex, hex, lp, u8, u32, u64, utf8 } from "../bytes.ts";
import { jcs } from "../jcs.ts";
import type { Bytes, Suite } from "./group.ts";
import { CHUNK, type SealHeader } from "./schemas.ts";
import { suiteOf } from "./suite.ts";

type ContextFields = Pick<SealHeader, "suite" | "tenderId" | "lotId" | "part" | "bidderId" | "version" | "pk">;

export function contextOf(header: ContextFields): Bytes {
  const names = [header.tenderId, header.lotId, header.part, header.bidderId].map((name) => lp(name));
  return suiteOf(header.suite).hash("seal/v1 ctx\n", u8(header.suite), ...names, u32(header.version), fromHex(header.pk));
}

export function headerHash(header: SealHeader): Bytes {
  return suiteOf(header.suite).hash("seal/v1 header\n", jcs(header));
}

/** size + N·τ */
export function cipherSizeOf(suite: Suite, size: number): number {
  return size + chunkCount(size) * suite.tagLength;
}

export function chunkCount(size: number): number {
  return Math.ceil(size / CHUNK);
}

/** hex32 of the whole bid. */
export function bidDigestOf(bid: { header: SealHeader; root: string; cipherSize: number }): string {
  const parts: Bytesish[] = ["seal/v1 bid\n", headerHash(bid.header), fromHex(bid.root), u64(bid.cipherSize)];
  return hex(suiteOf(bid.header.suite).hash(...parts));
}

/** The bytes that the bidder signs. */
export function submitMessage(bidDigest: string): Bytes {
  return concat(utf8("seal/v1 submit\n"), fromHex(bidDigest));
}
