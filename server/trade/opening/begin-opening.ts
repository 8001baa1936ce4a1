/**
 * Opening begins in the very instant of the deadline, in the same transaction (CON-043, 招标投标法 第三十四条):
 * the keeper hands out the header secret, the bids that stand are listed and frozen under the platform's
 * signature. Too few bidders: nothing is opened and the lot fails (CON-044). Nothing is readable yet.
 */
import { freezeToSign, type SealCeremony, type SuiteId } from "../../../formats/seal/index.ts";
import { getOrganisation } from "../../identity/index.ts";
import { instantText, keeps } from "../../kernel/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import { type LiveBid, liveBids, openHeader, part, withdrawnChains } from "../bidding/index.ts";
import { ceremonyOf } from "../ceremony/index.ts";
import { getDocument } from "../tendering/index.ts";
import { type DecidingLot, effectiveAt, setMilestone } from "../transaction/index.ts";
import { failWhenTooFew } from "./fail-opening.ts";
import type { DepositAtOpening } from "./opening.ts";
import { openingOf, openingStream } from "./opening-stream.ts";
import type { OpeningPorts } from "./ports.ts";

const minuteMs = 60_000;

keeps({
  ruleId: "CON-045",
  at: "server/trade/opening/begin-opening.ts",
  how: "The window is the one of the document in force; it ends at one instant for all, and moves for all or for none.",
  test: "server/trade/opening/opening.test.ts",
});

export async function beginOpening(context: DecidingLot, ports: OpeningPorts): Promise<void> {
  const { lot, tx } = context;
  if (await openingOf(tx, lot.id)) throw new Error(`lot ${lot.id} has been opened before`);
  const ceremony = await ceremonyOf(tx, lot.id);
  if (!ceremony) throw new Error(`lot ${lot.id} has no key ceremony`);
  const secret = await openHeader(context);
  crashPoint("CP11.secret-out");
  const bids = await liveBids(context, secret);
  await appendBegun(context, ceremony, secret);
  const deposits = await ports.depositsOf?.(context, secret);
  for (const bid of bids) await appendListed(context, bid, deposits?.get(bid.organisation) ?? null);
  await freeze(context, bids, ceremony.suite);
  crashPoint("CP11.frozen");
  if (await failWhenTooFew(context, bids.length, bids)) return;
  const minutes = (await getDocument(tx, lot.id, lot.run)).decryptionMinutes;
  const end = (effectiveAt(lot, "bidDeadline") as number) + minutes * minuteMs;
  await setMilestone(context, "decryptionEnd", end, `CON-045: ${minutes} minutes`);
}

async function appendBegun(context: DecidingLot, ceremony: SealCeremony, secret: Uint8Array): Promise<void> {
  const { lot, platform } = context;
  const withdrawn = (await withdrawnChains(context, secret)).map(({ partyId, acts }) => ({ partyId, acts }));
  await context.append(openingStream(lot.id), "opn.begun", {
    lotId: lot.id,
    tenderId: lot.transactionId,
    part,
    deadline: instantText(effectiveAt(lot, "bidDeadline") as number),
    sandbox: platform.sandbox,
    platformKey: platform.keys.suiteKey(ceremony.suite),
    ceremony: ceremony as never,
    // Who took a bid back is nobody's business: only the opaque party and its acts.
    withdrawn: withdrawn as never,
  });
}

async function appendListed(context: DecidingLot, bid: LiveBid, deposit: DepositAtOpening | null): Promise<void> {
  const { organisation, partyId, bidDigest, header, root, cipherSize, signKey, sig, submission, acts } = bid;
  const { name } = await getOrganisation(context.tx, organisation);
  const shown = { bidDigest, partyId, organisation, name, header, root, cipherSize, signKey, sig, submission, acts, deposit };
  await context.append(openingStream(context.lot.id), "bid.listed", shown as never);
}

async function freeze(context: DecidingLot, bids: readonly LiveBid[], suite: SuiteId): Promise<void> {
  const { lot, platform } = context;
  const place = { suite, tenderId: lot.transactionId, lotId: lot.id, part };
  const { digests, listRoot, message } = freezeToSign(
    place,
    bids.map(({ bidDigest }) => bidDigest),
  );
  await context.append(openingStream(lot.id), "opn.frozen", { digests, listRoot, sig: platform.keys.signFor(suite, message) });
}
