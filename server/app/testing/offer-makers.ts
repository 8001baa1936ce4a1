/** Bidders of an auction as scripts: each with a session key of its own, signing by the machine's code, over HTTP. */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { hex } from "../../../formats/bytes.ts";
import { type Offer, offerMessage, type SignedOffer } from "../../../formats/offer.ts";
import { append, Views } from "../../record/index.ts";
import { machineRandom } from "../../runtime/clock/clock.ts";
import { type Pool, transaction } from "../../runtime/database/index.ts";
import type { Terms } from "../../trade/auction/index.ts";

export class OfferMaker {
  readonly number: number;
  readonly key: string;
  readonly #secret: KeyObject;

  constructor(number: number) {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    const bytesOf = (coordinate: string) => Buffer.from(coordinate, "base64url");
    this.number = number;
    this.key = `${(bytesOf(y).at(-1) ?? 0) % 2 === 0 ? "02" : "03"}${bytesOf(x).toString("hex")}`;
    this.#secret = privateKey;
  }

  sign(offer: Offer): SignedOffer {
    return { ...offer, sig: hex(sign("sha256", offerMessage(offer), { key: this.#secret, dsaEncoding: "ieee-p1363" })) };
  }
}

/** A session that begins at that instant, with everybody admitted, as the record would hold it. */
export async function scheduleFor(
  pool: Pool,
  makers: readonly OfferMaker[],
  wish: { stream: string; terms: Terms; startsAt: number },
): Promise<void> {
  const { stream, terms, startsAt } = wish;
  const cause = { at: new Date(startsAt).toISOString(), actor: "system", membership: null, commandId: "cmd_schedule", act: null };
  const scheduled = { stream, type: "auc.scheduled", data: { lotId: stream.replace("auc_", "lot_"), terms, startsAt } };
  const admitted = makers.map(({ number, key }) => ({ stream, type: "auc.admitted", data: { number, key } }));
  await transaction(pool, (tx) =>
    append(tx, [scheduled, ...admitted], { cause, random: (bytes) => machineRandom.bytes(bytes), views: new Views([]) }),
  );
}
