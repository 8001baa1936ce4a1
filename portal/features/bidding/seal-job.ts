/** One sealing, as the page sees it: start, progress, pause, and the submission signed with the bidder's key. */
import { bidKeyFor, type SealSubmission, signMessage, submitMessage, suiteOf } from "../../../formats/seal/index.ts";
import type { SignToken } from "../../signing/keys.ts";
import type { SealNews, SealOrder, SealWish, UnsignedSubmission } from "./seal-messages.ts";

/** What the page shows while a bid is being sealed. */
export type SealProgress = { readonly sealed: number; readonly uploaded: number; readonly total: number; readonly waiting?: string };

/** A running sealing. */
export type SealJob = {
  readonly result: Promise<UnsignedSubmission>;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
};

/** Starts the worker. The page stays usable; closing the page ends the work and loses nothing that was received. */
export function startSealing(order: SealOrder, onProgress: (progress: SealProgress) => void): SealJob {
  const worker = new Worker(new URL("./seal-worker.ts", import.meta.url), { type: "module" });
  const say = (wish: SealWish) => worker.postMessage(wish);
  let last: SealProgress = { sealed: 0, uploaded: 0, total: 0 };
  const result = new Promise<UnsignedSubmission>((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<SealNews>) => {
      if (data.kind === "done") resolve(data.submission);
      else if (data.kind === "failed") reject(new Error(data.reason));
      else {
        last =
          data.kind === "progress"
            ? { sealed: data.sealed, uploaded: data.uploaded, total: data.total }
            : { ...last, waiting: data.reason };
        onProgress(last);
      }
    };
  }).finally(() => worker.terminate());
  say({ kind: "seal", order });
  return { result, pause: () => say({ kind: "pause" }), resume: () => say({ kind: "resume" }), stop: () => worker.terminate() };
}

/** Signs the whole bid, "seal/v1 submit\n" ‖ bidDigest, with the key of the bidder's certificate or one made for this bid. */
export function signSubmission(unsigned: UnsignedSubmission, own: SignToken): SealSubmission {
  const { bidDigest, ...submission } = unsigned;
  const suite = suiteOf(submission.header.suite);
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const { key: signKey, secret } = bidKeyFor(suite.id, own, random);
  return { ...submission, signKey, sig: signMessage(suite, secret, submitMessage(bidDigest), random) };
}
