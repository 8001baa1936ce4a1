/**
 * Verification of an opening record in exactly the order of seal-v1 §8; the first failure is the answer.
 * Nothing is trusted but the text itself: who the platform is must be known from outside.
 */
import { readIJson, type Value } from "../i-json.ts";
import { ascends } from "../shapes.ts";
import { findAlgorithms } from "./algorithms.ts";
import { readBody } from "./body.ts";
import { ceremonyHashOf, findCeremonyFault } from "./ceremony.ts";
import type { SealCode } from "./codes.ts";
import { bidDigestOf, unwrapDek } from "./header.ts";
import { combine } from "./proofs.ts";
import {
  type Bid,
  type Ceremony,
  type FileRow,
  type Header,
  isOpening,
  listsAscend,
  type Opening,
  type Outcome,
  tagsFit,
} from "./record.ts";
import {
  type Case,
  findBidFault,
  findFreezeFault,
  findKeyFault,
  findPartialFault,
  findPhaseFault,
  findPlaceFault,
  findReceiptFault,
} from "./steps.ts";

/** Gives the ciphertext of a bid, or undefined when it was not published. */
export type Bodies = (bidDigest: string) => Uint8Array | undefined;

export type OpeningVerdict =
  | { ok: true; bids: number; statuses: Record<string, string>; bodies: "checked" | "unchecked" }
  | { ok: false; code: SealCode };

/** Verifies a seal-opening/v1 text. */
export function verifyOpening(text: string | Uint8Array, bodies: Bodies = () => undefined): OpeningVerdict {
  const value = readIJson(text);
  if (value === undefined) return { ok: false, code: "E_JSON" };
  const read = readCase(value);
  if (typeof read === "string") return { ok: false, code: read };
  for (const step of steps) {
    const code = step(read);
    if (code !== undefined) return { ok: false, code };
  }
  return judgeOutcomes(read, bodies);
}

/** Verifies a seal-ceremony/v1 text alone. */
export function verifyCeremony(text: string | Uint8Array): { ok: true; ceremonyHash: string; pk: string } | { ok: false; code: SealCode } {
  const value = readIJson(text);
  if (value === undefined) return { ok: false, code: "E_JSON" };
  const code = findCeremonyFault(value);
  if (code !== undefined) return { ok: false, code };
  const ceremony = value as unknown as Ceremony;
  const algorithms = findAlgorithms(ceremony.suite);
  if (algorithms === undefined) return { ok: false, code: "E_SUITE" };
  return { ok: true, ceremonyHash: ceremonyHashOf(algorithms, ceremony), pk: ceremony.pk };
}

/** Steps 4 to 9. */
const steps: readonly ((read: Case) => SealCode | undefined)[] = [
  ({ opening }) => findCeremonyFault(opening.ceremony as unknown as Value),
  findPlaceFault,
  findBidFault,
  findReceiptFault,
  findFreezeFault,
  findPhaseFault,
  findKeyFault,
  findPartialFault,
];

/** Steps 2 and 3. Suites that do not exist are found before anything that depends on a tag or a hash. */
function readCase(value: Value): Case | SealCode {
  if (!isOpening(value)) return "E_FORMAT";
  const opening = value as unknown as Opening;
  const receipts = [...opening.bids.flatMap((bid) => bid.receipts), ...opening.withdrawn.flat()];
  const headers = opening.bids.map(({ header }) => header);
  const suites: unknown[] = [
    opening.suite,
    opening.ceremony.suite,
    ...headers.map(({ suite }) => suite),
    ...receipts.map(({ suite }) => suite),
  ];
  const algorithms = findAlgorithms(opening.suite);
  if (algorithms === undefined || suites.some((suite) => findAlgorithms(suite) === undefined)) return "E_SUITE";
  if (!headers.every((header) => tagsFit(header, tagOf(header)))) return "E_FORMAT";
  const bids = new Map(opening.bids.map((bid) => [digestOf(bid), bid]));
  if (bids.size !== opening.bids.length || !ascends([...bids.keys()]) || !listsAscend(opening)) return "E_FORMAT";
  return suites.some((suite) => suite !== opening.suite) ? "E_SUITE" : { algorithms, opening, bids };
}

function tagOf(header: Header): number {
  return findAlgorithms(header.suite)?.tag ?? 0;
}

function digestOf(bid: Bid): string {
  const algorithms = findAlgorithms(bid.header.suite);
  return algorithms === undefined ? "" : bidDigestOf(algorithms, bid);
}

/** What became of one bid, recomputed. `files` is undefined where no body was at hand. */
interface Found {
  status: string;
  code: SealCode | null;
  files: FileRow[] | undefined;
}

/** Steps 10 and 11. */
function judgeOutcomes(read: Case, bodies: Bodies): OpeningVerdict {
  const { opening } = read;
  const found = new Map(opening.freeze.digests.map((digest) => [digest, openBid(read, digest, bodies)]));
  if (opening.outcomes.map(({ bidDigest }) => bidDigest).join() !== opening.freeze.digests.join()) return { ok: false, code: "E_OUTCOME" };
  for (const outcome of opening.outcomes) {
    const code = findOutcomeFault(outcome, found.get(outcome.bidDigest));
    if (code !== undefined) return { ok: false, code };
  }
  const isComplete = [...found.values()].every(({ files }) => files !== undefined);
  const statuses = Object.fromEntries(opening.outcomes.map(({ bidDigest, status }) => [bidDigest, status]));
  return { ok: true, bids: opening.bids.length, statuses, bodies: isComplete ? "checked" : "unchecked" };
}

function openBid(read: Case, digest: string, bodies: Bodies): Found {
  const { algorithms, opening, bids } = read;
  const missing = opening.keysFrozen.missing.find(({ bidDigest }) => bidDigest === digest);
  if (missing !== undefined) return { status: missing.cause === "bidder" ? "revoked" : "withdrawn", code: null, files: [] };
  const partials = opening.partials.filter(({ bidDigest }) => bidDigest === digest);
  const kb = opening.keyReleases.find(({ bidDigest }) => bidDigest === digest)?.kb;
  const bid = bids.get(digest);
  if (bid === undefined || kb === undefined || partials.length < opening.ceremony.t) return { status: "unopened", code: null, files: [] };
  const key = unwrapDek(algorithms, bid.header, kb, combine(algorithms, partials, opening.ceremony.t));
  if ("code" in key) return { status: "invalid", code: key.code, files: [] };
  const body = bodies(digest);
  if (body === undefined) return { status: "opened", code: null, files: undefined };
  const content = readBody(algorithms, bid, key.dek, body);
  return "code" in content ? { status: "invalid", code: content.code, files: [] } : { status: "opened", code: null, files: content.files };
}

function findOutcomeFault(outcome: Outcome, found: Found | undefined): SealCode | undefined {
  if (found === undefined) return "E_OUTCOME";
  if (outcome.status === "opened" && found.code !== null) return found.code;
  const sameFiles = found.files === undefined || rowsOf(found.files) === rowsOf(outcome.files);
  return outcome.status === found.status && outcome.code === found.code && sameFiles ? undefined : "E_OUTCOME";
}

function rowsOf(files: readonly FileRow[]): string {
  return JSON.stringify(files.map(({ name, size, hash }) => [name, size, hash]));
}
