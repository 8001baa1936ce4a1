/** What the page and the sealing worker say to each other. Secrets are drawn in the worker and never cross. */
import type { HeaderFields, SealSubmission } from "../../../formats/seal/index.ts";

/** The order: what is known of the bid before it is sealed, and its files. */
export type SealOrder = {
  readonly fields: Omit<HeaderFields, "size">;
  readonly files: readonly { readonly name: string; readonly blob: Blob }[];
  readonly membership: string | undefined;
};

/** A submission that only lacks the bidder's signature. */
export type UnsignedSubmission = Omit<SealSubmission, "signKey" | "sig"> & { readonly bidDigest: string };

/** From the worker: progress in bytes of the sealed body, then the result or a fault. */
export type SealNews =
  | { readonly kind: "progress"; readonly sealed: number; readonly uploaded: number; readonly total: number }
  | { readonly kind: "waiting"; readonly reason: string }
  | { readonly kind: "done"; readonly submission: UnsignedSubmission }
  | { readonly kind: "failed"; readonly reason: string };

/** From the page: the order, or pause and go on. */
export type SealWish = { readonly kind: "seal"; readonly order: SealOrder } | { readonly kind: "pause" } | { readonly kind: "resume" };
