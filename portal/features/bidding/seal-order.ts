/** Joins what is known before sealing into the order for the worker. Pure. */
import { ceremonyHash, type SealCeremony } from "../../../formats/seal/index.ts";
import type { BidFile } from "./bid-files.tsx";
import { type BidDraft, bidFormFile } from "./bid-form.ts";
import type { OwnBid } from "./own-bid.ts";
import type { SealOrder } from "./seal-messages.ts";

/** Everything that an order needs. */
export type OrderParts = {
  readonly ceremony: SealCeremony;
  readonly own: OwnBid;
  readonly draft: BidDraft;
  readonly files: readonly BidFile[];
  readonly encKey: string;
  readonly membership: string | undefined;
};

/** The order. The form goes first under its fixed name; a chosen file of that name is replaced by it. */
export function sealOrder({ ceremony, own, draft, files, encKey, membership }: OrderParts): SealOrder {
  const form = new Blob([JSON.stringify(bidFormFile(draft))], { type: "application/json" });
  const { suite, tenderId, lotId, pk } = ceremony;
  return {
    membership,
    files: [{ name: "bid-form.json", blob: form }, ...files.filter(({ name }) => name !== "bid-form.json")],
    fields: {
      suite,
      tenderId,
      lotId,
      part: "all",
      bidderId: own.partyId,
      version: own.nextVersion,
      pk,
      ceremony: ceremonyHash(ceremony),
      bidderEncKey: encKey,
    },
  };
}
