/**
 * The signed offer of an online auction (decisions §7): what a session key signs for each offer.
 *
 * sig = ECDSA P-256 over SHA-256("egret/v1 offer\n" ‖ H(JCS(offer without sig))), r ‖ s, 64 bytes. The key is
 * made in the page for one auction, one number and one session; a signed act binds it to a person. Record and
 * verifier keep both, so that nobody can say later that an offer was somebody else's.
 */
import { p256 } from "@noble/curves/nist.js";
import { type Static, Type } from "@sinclair/typebox";
import { concat, hex } from "./bytes.ts";
import { jcs, sha256 } from "./jcs.ts";

export const offerSchema = Type.Object(
  {
    /** The stream of the session, so that an offer counts in one auction only. */
    auction: Type.String({ pattern: "^auc_[0-9A-HJKMNP-TV-Z]{26}(?:\\.[0-9]{1,3})?$" }),
    /** Chosen by the bidder's page; the same id twice is one offer. */
    offerId: Type.String({ pattern: "^[A-Za-z0-9._:-]{16,64}$" }),
    number: Type.Integer({ minimum: 1, maximum: 9999 }),
    priceFen: Type.String({ pattern: "^[1-9][0-9]{0,15}$" }),
    /** The sequence number of the last outcome that the bidder's page had shown. */
    lastSeqSeen: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    sig: Type.String({ pattern: "^[0-9a-f]{128}$" }),
  },
  { additionalProperties: false },
);

export type SignedOffer = Static<typeof offerSchema>;
export type Offer = Omit<SignedOffer, "sig">;

/** H(JCS(offer without sig)): the digest that names an offer. */
export function offerDigest(offer: Offer): Uint8Array<ArrayBuffer> {
  const { auction, offerId, number, priceFen, lastSeqSeen } = offer;
  return sha256(jcs({ auction, offerId, number, priceFen, lastSeqSeen }));
}

export function offerMessage(offer: Offer): Uint8Array<ArrayBuffer> {
  return concat("egret/v1 offer\n", offerDigest(offer));
}

export function signOffer(offer: Offer, secretKey: Uint8Array): SignedOffer {
  return { ...offer, sig: hex(p256.sign(offerMessage(offer), secretKey, { lowS: false })) };
}
