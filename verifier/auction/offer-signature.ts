/**
 * The signature of an offer (docs/formats/offer.md): a session key signs the digest of exactly what the record says was
 * offered, for exactly this session. Written apart from the side that takes offers.
 */
import { p256 } from "@noble/curves/nist.js";
import { concat, fromHex, hex } from "../../formats/bytes.ts";
import { jcs, sha256 } from "../../formats/jcs.ts";
import type { ProvenLine } from "../../formats/record-line.ts";

export const offerTypes: ReadonlySet<string> = new Set(["auc.offered", "auc.offerRefused"]);

/** Whether the key beside the line signed what stands in the line. Never throws on malformed input. */
export function offerHolds({ stream, act, data }: Pick<ProvenLine, "stream" | "act" | "data">): boolean {
  if (act === null || typeof act.sig !== "string") return false;
  try {
    const { offerId, number, priceFen, lastSeqSeen } = data;
    const digest = sha256(jcs({ auction: stream, offerId, number, priceFen, lastSeqSeen }));
    if (hex(digest) !== act.digest) return false;
    return p256.verify(fromHex(act.sig), concat("egret/v1 offer\n", digest), fromHex(act.key), { lowS: false });
  } catch {
    return false;
  }
}
