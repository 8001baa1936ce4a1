/**
 * What a server checks before it takes a sealed bid (seal-v1 §8 step 5, §10): the header belongs to this lot and
 * its ceremony, the maker of the header knew r, the size is the rule's, and the bidder signed the whole.
 * That the uploaded pieces really have the declared root is `checkCiphertext`; nothing here can read the bid.
 */
import { Value } from "@sinclair/typebox/value";
import { fromBase64, hex } from "../bytes.ts";
import { leafOf } from "./body.ts";
import { ceremonyHash } from "./ceremony-check.ts";
import { bidDigestOf, chunkCount, cipherSizeOf, submitMessage } from "./digest.ts";
import { findPoint, messageIsSigned, type Suite } from "./group.ts";
import { pokRHolds } from "./header.ts";
import { MerkleRoot } from "./merkle.ts";
import type { CipherSource } from "./opening.ts";
import { CHUNK, type SealCeremony, SealHeader, type SealPart, type SealSubmission, textFits } from "./schemas.ts";
import { findSuite, suiteOf } from "./suite.ts";

export type SubmissionCode = "E_FORMAT" | "E_SUITE" | "E_LOT" | "E_PK" | "E_POINT" | "E_POKR" | "E_SIZE" | "E_BID_SIG" | "E_ROOT";

export interface SubmissionPlace {
  ceremony: SealCeremony;
  part: SealPart;
}

/** The bidDigest of a submission that may be taken, or the first code of what is wrong with it. */
export function checkSubmission(
  submission: Omit<SealSubmission, "chunks">,
  place: SubmissionPlace,
): { ok: true; bidDigest: string } | { ok: false; code: SubmissionCode } {
  const code = submissionCode(submission, place);
  return code === undefined ? { ok: true, bidDigest: bidDigestOf(submission) } : { ok: false, code };
}

/** Reads the uploaded ciphertext once and compares its size and root with the submission. */
export async function checkCiphertext(
  bid: Pick<SealSubmission, "header" | "root" | "cipherSize">,
  source: CipherSource,
): Promise<SubmissionCode | undefined> {
  const suite = suiteOf(bid.header.suite);
  if (source.size !== bid.cipherSize) return "E_SIZE";
  const tree = new MerkleRoot(suite);
  const step = CHUNK + suite.tagLength;
  for (let i = 0; i < chunkCount(bid.header.size); i++) {
    tree.add(await leafOf(suite, await source.read(i * step, Math.min(source.size, (i + 1) * step))));
  }
  return hex(tree.root()) === bid.root ? undefined : "E_ROOT";
}

function submissionCode(submission: Omit<SealSubmission, "chunks">, { ceremony, part }: SubmissionPlace): SubmissionCode | undefined {
  const { header, cipherSize } = submission;
  const suite = findSuite((header as { suite?: unknown } | undefined)?.suite);
  if (suite === undefined || header.suite !== ceremony.suite) return "E_SUITE";
  if (!headerIsLawful(suite, header)) return "E_FORMAT";
  if (header.tenderId !== ceremony.tenderId || header.lotId !== ceremony.lotId || header.part !== part) return "E_LOT";
  if (header.pk !== ceremony.pk || header.ceremony !== ceremonyHash(ceremony)) return "E_PK";
  const R = findPoint(suite, header.R);
  if (R === undefined || findPoint(suite, submission.signKey) === undefined) return "E_POINT";
  if (!pokRHolds(header, R)) return "E_POKR";
  if (cipherSize !== cipherSizeOf(suite, header.size)) return "E_SIZE";
  if (!/^[0-9a-f]{64}$/.test(submission.root)) return "E_FORMAT";
  const message = submitMessage(bidDigestOf(submission));
  return messageIsSigned(suite, submission.signKey, message, submission.sig) ? undefined : "E_BID_SIG";
}

function headerIsLawful(suite: Suite, header: SealHeader): boolean {
  if (!Value.Check(SealHeader, header)) return false;
  const sealedLength = 2 * (32 + suite.tagLength);
  // What the verifier would refuse must not get in: one such header would spoil the record of the whole lot.
  const wrapFits = header.wrapKb.alg === "cms" ? isBase64(header.wrapKb.value) : header.wrapKb.ct.length === sealedLength;
  const texts = [header.tenderId, header.lotId, header.bidderId];
  return wrapFits && header.wrapDek.length === sealedLength && texts.every((text) => textFits(text, 64));
}

function isBase64(text: string): boolean {
  try {
    return fromBase64(text).length > 0;
  } catch {
    return false;
  }
}
