/**
 * Shapes of an opening record and its parts (seal-v1 §3, §4, §6, §7), the verifier's own. What depends on the
 * length of a tag is looked at only after the suites are known.
 */
import { fromBase64, utf8 } from "../../formats/bytes.ts";
import type { Value } from "../i-json.ts";
import { anyText, ascends, closed, either, hexOf, integer, isObject, list, nullOr, oneOf, type Shape, text, time } from "../shapes.ts";

export interface Member {
  role: string;
  signKey: string;
  encKey: string;
}
export interface Ceremony {
  format: string;
  suite: 1 | 2;
  tenderId: string;
  lotId: string;
  t: number;
  n: number;
  members: Member[];
  round1: { commit: string; sig: string }[];
  round2: { points: string[]; pok: { c: string; z: string }; sig: string }[];
  round3: { from: number; to: number; R: string; ct: string; sig: string }[];
  complaints: [];
  pk: string;
  memberKeys: string[];
  acks: string[];
}
export interface Header {
  v: 1;
  format: string;
  suite: 1 | 2;
  tenderId: string;
  lotId: string;
  part: string;
  bidderId: string;
  version: number;
  pk: string;
  ceremony: string;
  R: string;
  pokR: { c: string; z: string };
  salt: string;
  commitKb: string;
  wrapKb: { alg: "ecies"; key: string; R: string; ct: string } | { alg: "cms"; value: string };
  wrapDek: string;
  kc: string;
  chunk: number;
  prefix: string;
  size: number;
}
export interface Receipt {
  suite: 1 | 2;
  tenderId: string;
  lotId: string;
  part: string;
  bidderId: string;
  version: number;
  action: "submit" | "withdraw";
  bidDigest: string;
  prev: string | null;
  receivedAt: string;
  deadline: string;
  evidenceSeq: number;
  sig: string;
}
export interface Log {
  seq: number;
  at: string;
}
export interface Bid {
  header: Header;
  root: string;
  cipherSize: number;
  signKey: string;
  sig: string;
  receipts: Receipt[];
}
export interface PartialRow {
  bidDigest: string;
  member: number;
  D: string;
  c: string;
  z: string;
  log: Log;
}
export interface FileRow {
  name: string;
  size: number;
  hash: string;
}
export interface Outcome {
  bidDigest: string;
  status: string;
  code: string | null;
  files: FileRow[];
}
export interface Opening {
  suite: 1 | 2;
  tenderId: string;
  lotId: string;
  part: string;
  deadline: string;
  platformKey: string;
  ceremony: Ceremony;
  bids: Bid[];
  withdrawn: Receipt[][];
  freeze: { digests: string[]; listRoot: string; sig: string; log: Log };
  keyReleases: { bidDigest: string; kb: string; via: string; log: Log }[];
  keysFrozen: { missing: { bidDigest: string; cause: string }[]; sig: string; log: Log };
  partials: PartialRow[];
  rejected: PartialRow[];
  outcomes: Outcome[];
}

const name = text(1, 64);
const hash = hexOf(32);
const key = hexOf(33);
const sig = hexOf(64);
const count = integer(0);
const proof = closed({ c: hash, z: hash });
const part = oneOf("all", "technicalPart", "commercialPart", "credentialPart");
const version = integer(1, 2 ** 32 - 1);
const log = closed({ seq: count, at: time });
/** 32 bytes under either tag; `tagsFit` looks at the length for the suite. */
const sealed = either(hexOf(48), hexOf(64));
const base64: Shape = (value) => {
  try {
    return typeof value === "string" && fromBase64(value) !== undefined;
  } catch {
    return false;
  }
};

const ceremonyShape = closed({
  format: oneOf("seal-ceremony/v1"),
  suite: integer(),
  tenderId: name,
  lotId: name,
  t: integer(2, 16),
  n: integer(2, 16),
  members: list(closed({ role: name, signKey: key, encKey: key })),
  round1: list(closed({ commit: hash, sig })),
  round2: list(closed({ points: list(key), pok: proof, sig })),
  round3: list(closed({ from: integer(1, 16), to: integer(1, 16), R: key, ct: sealed, sig })),
  complaints: list(() => false),
  pk: key,
  memberKeys: list(key),
  acks: list(sig),
});
const headerShape = closed({
  v: oneOf(1),
  format: oneOf("seal-header/v1"),
  suite: integer(),
  tenderId: name,
  lotId: name,
  part,
  bidderId: name,
  version,
  pk: key,
  ceremony: hash,
  R: key,
  pokR: proof,
  salt: hash,
  commitKb: hash,
  wrapKb: either(closed({ alg: oneOf("ecies"), key, R: key, ct: sealed }), closed({ alg: oneOf("cms"), value: base64 })),
  wrapDek: sealed,
  kc: hash,
  chunk: oneOf(1048576),
  prefix: hexOf(7),
  size: integer(1, 2 ** 40),
});
const receiptShape = closed({
  v: oneOf(1),
  format: oneOf("seal-receipt/v1"),
  suite: integer(),
  tenderId: name,
  lotId: name,
  part,
  bidderId: name,
  version,
  action: oneOf("submit", "withdraw"),
  bidDigest: hash,
  prev: nullOr(hash),
  receivedAt: time,
  deadline: time,
  evidenceSeq: count,
  sig,
});
const partialShape = closed({ bidDigest: hash, member: integer(), D: key, c: hash, z: hash, log });
const bidShape = closed({ header: headerShape, root: hash, cipherSize: count, signKey: key, sig, receipts: list(receiptShape, 1) });
const openingShape = closed({
  format: oneOf("seal-opening/v1"),
  suite: integer(),
  tenderId: name,
  lotId: name,
  part: name,
  deadline: time,
  platformKey: key,
  // The inside of the ceremony has a code of its own (step 4).
  ceremony: (value) => isObject(value),
  bids: list(bidShape),
  withdrawn: list(list(receiptShape, 1)),
  freeze: closed({ digests: list(hash), listRoot: hash, sig, log }),
  keyReleases: list(closed({ bidDigest: hash, kb: hash, via: oneOf("bidder", "recoveryCode"), log })),
  keysFrozen: closed({ missing: list(closed({ bidDigest: hash, cause: oneOf("bidder", "platform", "other") })), sig, log }),
  partials: list(partialShape),
  rejected: list(partialShape),
  outcomes: list(
    closed({
      bidDigest: hash,
      status: anyText,
      code: nullOr(anyText),
      files: list(closed({ name: text(1, 255), size: count, hash })),
    }),
  ),
});

export function isOpening(value: Value | undefined): boolean {
  return openingShape(value);
}

export function isReceipt(value: Value | undefined): boolean {
  return receiptShape(value);
}

export function isCeremony(value: Value | undefined): boolean {
  return ceremonyShape(value);
}

/** Lengths of sealed values for the tag of the header's suite. */
export function tagsFit(header: Header, tag: number): boolean {
  const length = 2 * (32 + tag);
  return header.wrapDek.length === length && (header.wrapKb.alg === "cms" || header.wrapKb.ct.length === length);
}

/** Every list that must ascend, but the bids, whose digests have to be computed first. */
export function listsAscend(opening: Opening): boolean {
  const withdrawn = opening.withdrawn.map((receipts) => receipts[0]?.bidderId ?? "");
  const lists = [
    opening.freeze.digests,
    opening.keyReleases.map(({ bidDigest }) => bidDigest),
    opening.keysFrozen.missing.map(({ bidDigest }) => bidDigest),
    withdrawn,
    opening.outcomes.map(({ bidDigest }) => bidDigest),
  ];
  return [opening.partials, opening.rejected].every(rowsAscend) && lists.every((rows) => ascends(rows));
}

function rowsAscend(rows: readonly PartialRow[]): boolean {
  return rows.every((row, k) => {
    const before = rows[k - 1];
    return before === undefined || before.bidDigest < row.bidDigest || (before.bidDigest === row.bidDigest && before.member < row.member);
  });
}

/** Names of files: pairwise different, no path, no control character (seal-v1 §5). */
export function isFileName(value: string): boolean {
  const length = utf8(value).length;
  const isPlain = [...value].every(
    (character) => character > "\u001f" && character !== "\u007f" && character !== "/" && character !== "\\",
  );
  return length >= 1 && length <= 255 && isPlain && value !== "." && value !== "..";
}
