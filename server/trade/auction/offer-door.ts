/**
 * The one door for offers, whoever brings them: the session key of the number must have signed this very offer for this
 * very auction. What cannot be ascribed to a number is refused without a word in the record, so that nobody fills the
 * record with offers of others. Checked by the machine's own code and at once: between arrival and judgement nothing waits.
 */
import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { p256 } from "@noble/curves/nist.js";
import { fromHex, hex } from "../../../formats/bytes.ts";
import { offerDigest, offerMessage, type SignedOffer } from "../../../formats/offer.ts";
import { type Refusal, refuse } from "../../kernel/index.ts";
import type { OfferAnswer } from "./auction.ts";
import { refusalWords } from "./refusal-words.ts";
import type { Sequencer } from "./sequencer.ts";

const keys = new Map<string, KeyObject>();
const keysKept = 20_000;

/** Judged, committed and answered; or refused, with the reason. @throws Overloaded, Restoring, OfferIdReused */
export async function takeOffer(sequencer: Sequencer, signed: SignedOffer): Promise<OfferAnswer | Refusal> {
  const { auction, offerId, number, priceFen, lastSeqSeen, sig } = signed;
  const key = sequencer.session(auction)?.keys.get(number);
  if (sequencer.session(auction) && key === undefined) return refusalWords("auction.not-numbered", {});
  if (key !== undefined && !isOfferSignedBy(signed, key))
    return refuse("auction.bad-signature", {
      message: "报价的签名与号牌的会话密钥不符，未受理。",
      messageEn: "The offer is not signed by the session key of this number; it was not taken.",
      whatToDo: "请从您自己的竞价页面报价；换设备时请重新进入竞价厅。",
    });
  const proof = { digest: hex(offerDigest(signed)), key: key ?? "", sig };
  return sequencer.offer(auction, { auction, offerId, number, priceFen, lastSeqSeen }, proof);
}

/** Never throws on malformed input. */
export function isOfferSignedBy(signed: SignedOffer, key: string): boolean {
  try {
    return verify("sha256", offerMessage(signed), { key: keyOf(key), dsaEncoding: "ieee-p1363" }, fromHex(signed.sig));
  } catch {
    return false;
  }
}

function keyOf(compressed: string): KeyObject {
  const known = keys.get(compressed);
  if (known) return known;
  const point = p256.Point.fromHex(compressed).toBytes(false);
  const coordinate = (from: number) => Buffer.from(point.subarray(from, from + 32)).toString("base64url");
  const key = createPublicKey({ key: { kty: "EC", crv: "P-256", x: coordinate(1), y: coordinate(33) }, format: "jwk" });
  if (keys.size >= keysKept) keys.clear();
  keys.set(compressed, key);
  return key;
}
