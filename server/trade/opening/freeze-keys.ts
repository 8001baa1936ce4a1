/**
 * The end of phase 1. When the window closes every frozen bid is either released or its absence has to be
 * judged (CON-046); when nothing is left to judge, the list of keys is frozen under the platform's
 * signature, and from then on no key is taken. Revoked and withdrawn bids stay sealed for ever.
 */
import { keysFrozenMessage } from "../../../formats/seal/index.ts";
import { keeps } from "../../kernel/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import { getDocument } from "../tendering/index.ts";
import { type DecidingLot, isReached, type Reaction } from "../transaction/index.ts";
import { failWhenTooFew } from "./fail-opening.ts";
import { missingBids, type Opening, presentBids } from "./opening.ts";
import { getOpening, openingOf, openingStream } from "./opening-stream.ts";
import type { OpeningPorts } from "./ports.ts";

keeps({
  ruleId: "CON-046",
  at: "server/trade/opening/freeze-keys.ts",
  how: "A bid whose key is missing through the bidder is revoked, through others withdrawn; the others go on.",
  test: "server/trade/opening/opening.test.ts",
});

/** Milestone decryptionEnd. */
export async function endWindow(context: DecidingLot, ports: OpeningPorts): Promise<void> {
  const opening = await openingOf(context.tx, context.lot.id);
  if (opening?.state !== "decrypting") return;
  const missing = missingBids(opening);
  // After an extension some may have been judged already: they had their second chance.
  if (missing.every(({ judged }) => judged !== null)) return freezeOrWait(context, opening, ports);
  const digests = missing.map(({ bidDigest }) => bidDigest);
  await context.append(openingStream(context.lot.id), "opn.judgementDue", { missing: digests });
}

/** @throws when a missing key has not been judged. */
export async function freezeKeys(context: DecidingLot, opening: Opening): Promise<void> {
  const stream = openingStream(context.lot.id);
  const missing = missingBids(opening).map(({ bidDigest, judged }) => {
    if (!judged) throw new Error(`nobody has judged why the key of ${bidDigest} is missing`);
    return { bidDigest, cause: judged };
  });
  const present = presentBids(opening).map(({ bidDigest }) => bidDigest);
  const { suite } = opening.ceremony;
  const message = keysFrozenMessage(suite, opening.freeze?.listRoot ?? "", { missing, present });
  for (const { bidDigest, cause } of missing) {
    await context.append(stream, cause === "bidder" ? "bid.revoked" : "bid.voidedAsWithdrawn", { bidDigest, cause });
  }
  await context.append(stream, "opn.keysFrozen", { missing, present, sig: context.platform.keys.signFor(suite, message) });
  crashPoint("CP12.keys-frozen");
  // Whether a bid that nobody could decrypt counts as a bidder is for the document to say (procedures, edge 2).
  const { countUndecrypted } = await getDocument(context.tx, context.lot.id, context.lot.run);
  if (!countUndecrypted && (await failWhenTooFew(context, present.length, presentBids(opening)))) return;
  if (present.length === 0) await context.append(stream, "opn.partialsComplete", { bids: 0 });
}

/** Freezes as soon as the last missing key is judged. */
export async function freezeKeysWhenJudged(context: DecidingLot, ports: OpeningPorts): Promise<void> {
  const opening = await getOpening(context);
  if (missingBids(opening).every(({ judged }) => judged !== null)) await freezeOrWait(context, opening, ports);
}

/** 系数在能够知悉报价之前抽定: keys wait for the draw, whatever the hour. */
async function freezeOrWait(context: DecidingLot, opening: Opening, { isDrawPending }: OpeningPorts): Promise<void> {
  if (await isDrawPending?.(context.tx, context.lot.id)) {
    await context.append(openingStream(context.lot.id), "opn.freezeAwaitsDraw", { lotId: context.lot.id });
    return;
  }
  await freezeKeys(context, opening);
}

/** Once the coefficient is drawn, a window that is over and judged is frozen. */
export function freezeAfterDraw(ports: OpeningPorts): Reaction {
  return {
    name: "opening.freeze-after-draw",
    on: ["drw.derived"],
    lotOf: async ({ data }) => data.lotId,
    async react(context) {
      const opening = await openingOf(context.tx, context.lot.id);
      if (opening?.state === "decrypting" && isReached(context.lot, "decryptionEnd")) await freezeKeysWhenJudged(context, ports);
    },
  };
}
