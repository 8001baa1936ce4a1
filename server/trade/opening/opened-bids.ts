/** What later stages and the committee take from the opening: bids with their forms, and the decrypted files. */
import type { SealedFile } from "../../../formats/seal/index.ts";
import type { Queryable } from "../../record/index.ts";
import type { Platform } from "../transaction/index.ts";
import type { BidForm } from "./bid-form.ts";
import { type BidStatus, byDigest, type DepositAtOpening } from "./opening.ts";
import { openingOf } from "./opening-stream.ts";
import { plainName } from "./unseal-bids.ts";

export interface OpenedBidRow {
  bidDigest: string;
  partyId: string;
  organisation: string;
  name: string;
  /** Where its version that stands was handed in, as a place in the record: earlier bids have smaller ones. */
  handedIn: number;
  status: BidStatus;
  /** The first fault of seal-v1 §8 for an invalid bid. */
  code: string | null;
  form: BidForm | null;
  /** Why the form could not be read: the committee judges it. */
  formFault: string | null;
  files: readonly SealedFile[];
  deposit: DepositAtOpening | null;
}

/** All bids of the opening in ascending order of digest; empty before they were read out. */
export async function openedBids(db: Queryable, lotId: string): Promise<OpenedBidRow[]> {
  const opening = await openingOf(db, lotId);
  if (!opening?.readOutAt) return [];
  return [...opening.bids.values()]
    .sort(byDigest)
    .map(({ bidDigest, partyId, organisation, name, status, code, form, formFault, files, deposit, receipts }) => ({
      bidDigest,
      partyId,
      organisation,
      name,
      handedIn: receipts.at(-1)?.evidenceSeq ?? 0,
      status: status ?? "unopened",
      code,
      form,
      formFault,
      files,
      deposit,
    }));
}

/** The bytes of one decrypted file; undefined when there is no such bid or file, or before the read-out. Guard every use. */
export async function bidFile(
  db: Queryable,
  platform: Pick<Platform, "files">,
  wish: { lotId: string; bidDigest: string; name: string },
): Promise<{ file: SealedFile; bytes: Uint8Array } | undefined> {
  const bid = (await openedBids(db, wish.lotId)).find(({ bidDigest }) => bidDigest === wish.bidDigest);
  const file = bid?.files.find(({ name }) => name === wish.name);
  const bytes = file && (await platform.files.get(plainName(file.hash)));
  return file && bytes && { file, bytes };
}
