/**
 * Shapes of everything in seal-v1 that crosses a wall. All objects are closed. Lengths of texts are counted in
 * characters here and in UTF-8 bytes by `textFits`, which the checks of this module call as well.
 */
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { utf8 } from "../bytes.ts";

const closed = <T extends Record<string, TSchema>>(members: T) => Type.Object(members, { additionalProperties: false });
const hexOf = (bytes: number) => Type.String({ pattern: `^[0-9a-f]{${2 * bytes}}$` });
const sealedSecret = Type.String({ pattern: "^(?:[0-9a-f]{96}|[0-9a-f]{128})$" });
const integer = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });
const point = Type.String({ pattern: "^0[23][0-9a-f]{64}$" });
const time = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$" });
const text64 = Type.String({ minLength: 1, maxLength: 64 });
const suite = Type.Union([Type.Literal(1), Type.Literal(2)]);
const count = integer(0, Number.MAX_SAFE_INTEGER);
const proof = closed({ c: hexOf(32), z: hexOf(32) });

/** 1 MiB of plaintext a chunk; no other size exists. */
export const CHUNK = 1048576;
/** At most 2^40 bytes of plaintext. */
export const SIZE_MAX = 2 ** 40;

export const SealLog = closed({ seq: count, at: time });
export type SealLog = Static<typeof SealLog>;

export const SealPart = Type.Union([
  Type.Literal("all"),
  Type.Literal("technicalPart"),
  Type.Literal("commercialPart"),
  Type.Literal("credentialPart"),
]);
export type SealPart = Static<typeof SealPart>;

export const CeremonyMember = closed({ role: text64, signKey: point, encKey: point });
export type CeremonyMember = Static<typeof CeremonyMember>;
export const Round1Row = closed({ commit: hexOf(32), sig: hexOf(64) });
export type Round1Row = Static<typeof Round1Row>;
export const Round2Row = closed({ points: Type.Array(point, { minItems: 2, maxItems: 16 }), pok: proof, sig: hexOf(64) });
export type Round2Row = Static<typeof Round2Row>;
export const Round3Row = closed({ from: integer(1, 16), to: integer(1, 16), R: point, ct: sealedSecret, sig: hexOf(64) });
export type Round3Row = Static<typeof Round3Row>;

export const SealCeremony = closed({
  format: Type.Literal("seal-ceremony/v1"),
  suite,
  tenderId: text64,
  lotId: text64,
  t: integer(2, 16),
  n: integer(2, 16),
  members: Type.Array(CeremonyMember, { minItems: 2, maxItems: 16 }),
  round1: Type.Array(Round1Row, { maxItems: 16 }),
  round2: Type.Array(Round2Row, { maxItems: 16 }),
  round3: Type.Array(Round3Row, { maxItems: 240 }),
  complaints: Type.Array(Type.Never(), { maxItems: 0 }),
  pk: point,
  memberKeys: Type.Array(point, { maxItems: 16 }),
  acks: Type.Array(hexOf(64), { maxItems: 16 }),
});
export type SealCeremony = Static<typeof SealCeremony>;

export const SealHeader = closed({
  v: Type.Literal(1),
  format: Type.Literal("seal-header/v1"),
  suite,
  tenderId: text64,
  lotId: text64,
  part: SealPart,
  bidderId: text64,
  version: integer(1, 2 ** 32 - 1),
  pk: point,
  ceremony: hexOf(32),
  R: point,
  pokR: proof,
  salt: hexOf(32),
  commitKb: hexOf(32),
  wrapKb: Type.Union([
    closed({ alg: Type.Literal("ecies"), key: point, R: point, ct: sealedSecret }),
    closed({ alg: Type.Literal("cms"), value: Type.String({ maxLength: 16384 }) }),
  ]),
  wrapDek: sealedSecret,
  kc: hexOf(32),
  chunk: Type.Literal(CHUNK),
  prefix: hexOf(7),
  size: integer(1, SIZE_MAX),
});
export type SealHeader = Static<typeof SealHeader>;

/** One piece of the ciphertext in the pool of uploaded pieces. */
export const UploadedPiece = closed({ name: Type.String({ pattern: "^[0-9a-z]{26,64}$" }), sha256: hexOf(32), size: integer(1, 4194304) });
export type UploadedPiece = Static<typeof UploadedPiece>;

export const SealSubmission = closed({
  header: SealHeader,
  root: hexOf(32),
  cipherSize: count,
  chunks: Type.Array(UploadedPiece, { minItems: 1, maxItems: 262144 }),
  signKey: point,
  sig: hexOf(64),
});
export type SealSubmission = Static<typeof SealSubmission>;

export const SealReceipt = closed({
  v: Type.Literal(1),
  format: Type.Literal("seal-receipt/v1"),
  suite,
  tenderId: text64,
  lotId: text64,
  part: SealPart,
  bidderId: text64,
  version: integer(1, 2 ** 32 - 1),
  action: Type.Union([Type.Literal("submit"), Type.Literal("withdraw")]),
  bidDigest: hexOf(32),
  prev: Type.Union([Type.Null(), hexOf(32)]),
  receivedAt: time,
  deadline: time,
  evidenceSeq: count,
  sig: hexOf(64),
});
export type SealReceipt = Static<typeof SealReceipt>;

export const SealKeyRelease = closed({
  bidDigest: hexOf(32),
  kb: hexOf(32),
  via: Type.Union([Type.Literal("bidder"), Type.Literal("recoveryCode")]),
  log: SealLog,
});
export type SealKeyRelease = Static<typeof SealKeyRelease>;

export const MissingKey = closed({
  bidDigest: hexOf(32),
  cause: Type.Union([Type.Literal("bidder"), Type.Literal("platform"), Type.Literal("other")]),
});
export type MissingKey = Static<typeof MissingKey>;

export const SealPartial = closed({ bidDigest: hexOf(32), member: integer(1, 16), D: point, c: hexOf(32), z: hexOf(32), log: SealLog });
export type SealPartial = Static<typeof SealPartial>;

export const SealedFile = closed({ name: Type.String({ minLength: 1, maxLength: 255 }), size: integer(0, SIZE_MAX), hash: hexOf(32) });
export type SealedFile = Static<typeof SealedFile>;

export const SealOutcome = closed({
  bidDigest: hexOf(32),
  status: Type.Union([
    Type.Literal("opened"),
    Type.Literal("invalid"),
    Type.Literal("unopened"),
    Type.Literal("revoked"),
    Type.Literal("withdrawn"),
  ]),
  code: Type.Union([Type.Null(), Type.String({ pattern: "^E_[A-Z_]+$" })]),
  files: Type.Array(SealedFile),
});
export type SealOutcome = Static<typeof SealOutcome>;

export const SealedBid = closed({
  header: SealHeader,
  root: hexOf(32),
  cipherSize: count,
  signKey: point,
  sig: hexOf(64),
  receipts: Type.Array(SealReceipt, { minItems: 1 }),
});
export type SealedBid = Static<typeof SealedBid>;

export const SealOpening = closed({
  format: Type.Literal("seal-opening/v1"),
  suite,
  tenderId: text64,
  lotId: text64,
  part: SealPart,
  deadline: time,
  platformKey: point,
  ceremony: SealCeremony,
  bids: Type.Array(SealedBid),
  withdrawn: Type.Array(Type.Array(SealReceipt, { minItems: 2 })),
  freeze: closed({ digests: Type.Array(hexOf(32)), listRoot: hexOf(32), sig: hexOf(64), log: SealLog }),
  keyReleases: Type.Array(SealKeyRelease),
  keysFrozen: closed({ missing: Type.Array(MissingKey), sig: hexOf(64), log: SealLog }),
  partials: Type.Array(SealPartial),
  rejected: Type.Array(SealPartial),
  outcomes: Type.Array(SealOutcome),
});
export type SealOpening = Static<typeof SealOpening>;

/** The codes of seal-v1 §8, a closed list. */
export type SealCode =
  | "E_JSON"
  | "E_FORMAT"
  | "E_SUITE"
  | "E_CEREMONY"
  | "E_POINT"
  | "E_SIG"
  | "E_DKG_COMMIT"
  | "E_POK"
  | "E_PK"
  | "E_ACK"
  | "E_LOT"
  | "E_POKR"
  | "E_SIZE"
  | "E_BID_SIG"
  | "E_DUP_R"
  | "E_RECEIPT_SIG"
  | "E_LATE"
  | "E_RECEIPT_CHAIN"
  | "E_FREEZE"
  | "E_PHASE"
  | "E_KEY_RELEASE"
  | "E_KB"
  | "E_KEYS_FROZEN"
  | "E_PARTIAL"
  | "E_DLEQ"
  | "E_ACCUSATION"
  | "E_WRAP"
  | "E_KC"
  | "E_ROOT"
  | "E_CHUNK"
  | "E_MANIFEST"
  | "E_OUTCOME"
  | "E_RECOVERY_CODE";

/** True when a text has from 1 to `maxBytes` bytes of UTF-8 and no lone surrogate. */
export function textFits(value: unknown, maxBytes: number): value is string {
  return typeof value === "string" && value !== "" && value.isWellFormed() && utf8(value).length <= maxBytes;
}
