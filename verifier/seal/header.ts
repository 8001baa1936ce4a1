/** What a header commits to, and the keys that follow from it (seal-v1 §4). */
import { concat, fromHex, hex, lp, u8, u32, u64 } from "../../formats/bytes.ts";
import { jcs } from "../../formats/jcs.ts";
import { type Algorithms, hkdf, type Point, pointBytes } from "./algorithms.ts";
import type { Bid, Header } from "./record.ts";

const zeroNonce = new Uint8Array(12);

/** ctx */
export function contextOf(
  algorithms: Algorithms,
  header: Pick<Header, "suite" | "tenderId" | "lotId" | "part" | "bidderId" | "version" | "pk">,
): Uint8Array {
  const { suite, tenderId, lotId, part, bidderId, version, pk } = header;
  return algorithms.hash("seal/v1 ctx\n", u8(suite), lp(tenderId), lp(lotId), lp(part), lp(bidderId), u32(version), fromHex(pk));
}

export function headerHashOf(algorithms: Algorithms, header: Header): Uint8Array {
  return algorithms.hash("seal/v1 header\n", jcs(header));
}

export function bidDigestOf(algorithms: Algorithms, { header, root, cipherSize }: Pick<Bid, "header" | "root" | "cipherSize">): string {
  return hex(algorithms.hash("seal/v1 bid\n", headerHashOf(algorithms, header), fromHex(root), u64(cipherSize)));
}

export function chunksOf(size: number): number {
  return Math.ceil(size / 1048576);
}

export function commitKbOf(algorithms: Algorithms, context: Uint8Array, salt: string, kb: string): string {
  return hex(algorithms.hash("seal/v1 kb\n", context, fromHex(salt), fromHex(kb)));
}

export function kcOf(algorithms: Algorithms, dek: Uint8Array, context: Uint8Array): string {
  return hex(hkdf(algorithms, dek, context, "seal/v1 commit\n"));
}

/** Ke from P = x·R = r·pk. */
export function keOf(algorithms: Algorithms, P: Point, R: string, context: Uint8Array): Uint8Array {
  return hkdf(algorithms, pointBytes(P), fromHex(R), concat("seal/v1 ke\n", context));
}

/** KEK; `core` is the header without wrapDek. */
export function kekOf(
  algorithms: Algorithms,
  halves: { kb: string; ke: Uint8Array },
  core: Omit<Header, "wrapDek">,
  context: Uint8Array,
): Uint8Array {
  return hkdf(algorithms, concat(fromHex(halves.kb), halves.ke), algorithms.hash(jcs(core)), concat("seal/v1 kek\n", context));
}

/** DEK, or the code of why there is none. */
export function unwrapDek(
  algorithms: Algorithms,
  header: Header,
  kb: string,
  P: Point | undefined,
): { dek: Uint8Array } | { code: "E_WRAP" | "E_KC" } {
  if (P === undefined) return { code: "E_WRAP" };
  const context = contextOf(algorithms, header);
  const { wrapDek, ...core } = header;
  const key = kekOf(algorithms, { kb, ke: keOf(algorithms, P, header.R, context) }, core, context);
  const dek = algorithms.open({ key, nonce: zeroNonce, aad: context, data: fromHex(wrapDek) });
  if (dek?.length !== 32) return { code: "E_WRAP" };
  return kcOf(algorithms, dek, context) === header.kc ? { dek } : { code: "E_KC" };
}
