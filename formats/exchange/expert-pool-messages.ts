/**
 * Bodies of expert-pool.md §1. The pool learns speciality, region, window, city and the known units to avoid;
 * there is no field for bidders, title or lot, and there must never be one (招标投标法 37; CON-051…055).
 */
import { type Static, Type } from "@sinclair/typebox";
import { bytesShape, closed, hex32Shape, hex33Shape, refShape, timeShape } from "./envelope.ts";

const literals = <T extends string>(...words: T[]) => Type.Union(words.map((word) => Type.Literal(word)));
const callNo = Type.Integer({ minimum: 1, maximum: 10_000 });
const mark = Type.Integer({ minimum: 1, maximum: 5 });
const region = Type.String({ pattern: "^[0-9]{6}$" });
export const recusalCode = literals("employer", "relative", "bidderInterest", "priorInvolvement", "region", "leave", "sanction", "other");

/** An entry exactly as it goes into `plan.pool` of draw-v1. */
export const poolEntry = closed({
  id: hex32Shape,
  group: Type.Union([hex32Shape, Type.Null()]),
  strata: Type.Array(refShape),
  recusal: Type.Union([recusalCode, Type.Null()]),
});
export type PoolEntry = Static<typeof poolEntry>;

export const needStratum = closed({
  id: Type.String({ pattern: "^[A-Za-z0-9._-]{1,64}$" }),
  speciality: Type.String({ minLength: 7, maxLength: 7 }),
  quota: Type.Integer({ minimum: 1 }),
  minList: Type.Integer({ minimum: 1 }),
});

export const expertPoolMessages = {
  "pool.requestCandidates": closed({
    needId: refShape,
    drawId: refShape,
    purpose: literals("tender", "procurement", "prequalification"),
    strata: Type.Array(needStratum, { minItems: 1 }),
    regions: Type.Array(region, { minItems: 1 }),
    windowStartAt: timeShape,
    windowEndAt: timeShape,
    city: region,
    sites: Type.Optional(Type.Integer({ minimum: 1 })),
    avoidUnits: Type.Array(Type.String({ maxLength: 18 })),
    avoidPersonsSealed: Type.Optional(bytesShape),
    supervisorKey: hex33Shape,
    drawServiceKey: hex33Shape,
    joinKeyId: refShape,
  }),
  "pool.candidates": closed({
    needId: refShape,
    listVersion: Type.Integer({ minimum: 1 }),
    asOf: timeShape,
    entries: Type.Array(poolEntry),
    count: Type.Integer({ minimum: 0 }),
    listRoot: hex32Shape,
    saltsSealed: bytesShape,
    rosterSealed: bytesShape,
    poolSig: Type.String({ pattern: "^[0-9a-f]{128}$" }),
  }),
  "pool.tooFew": closed({
    needId: refShape,
    stratum: refShape,
    available: literals("<5", "<10", "≥10"),
    offer: literals("widenRegion", "widenSpeciality", "none"),
  }),
  "pool.summon": closed({
    needId: refShape,
    callNo,
    idSealed: bytesShape,
    stratum: refShape,
    callAt: timeShape,
    answerByAt: timeShape,
    meet: closed({ city: region, siteCode: refShape, at: timeShape, days: Type.Integer({ minimum: 1 }) }),
  }),
  "pool.answer": closed({
    needId: refShape,
    callNo,
    answer: literals("accepted", "declined", "unreachable", "ineligible"),
    reasonCode: Type.Optional(refShape),
    at: timeShape,
    recordingSha256: Type.Optional(hex32Shape),
  }),
  "pool.cancelSummon": closed({ needId: refShape, callNo, cause: literals("postponed", "recused", "failed", "replaced") }),
  "pool.suspended": closed({ expertSealed: bytesShape, fromAt: timeShape, cause: literals("sanction", "leave", "retired", "error") }),
  "pool.arrived": closed({ needId: refShape, callNo, at: timeShape }),
  "pool.absent": closed({ needId: refShape, callNo, at: timeShape }),
  "pool.feedback": closed({
    feedbackId: refShape,
    needId: refShape,
    callNo,
    marks: closed({ punctual: mark, discipline: mark, skill: mark }),
    facts: Type.Array(refShape),
    files: Type.Array(hex32Shape),
    by: literals("buyer", "centre", "supervisor"),
    expertStatementSha256: Type.Optional(hex32Shape),
    afterResult: Type.Literal(true),
  }),
  "pool.feedbackReceived": closed({ feedbackId: refShape, outcome: literals("accepted", "disputed") }),
  "pool.finished": closed({
    needId: refShape,
    worked: Type.Array(closed({ callNo, hours: Type.Integer({ minimum: 0 }), feeFen: Type.String({ pattern: "^(0|[1-9][0-9]{0,15})$" }) })),
    drawRecordSha256: hex32Shape,
  }),
} as const;

export const expertPoolAsks = {
  "pool.expertStatus": closed({ expertSealed: bytesShape, at: timeShape }),
} as const;

export const expertPoolAnswers = {
  "pool.expertStatusAnswer": closed({ status: literals("fit", "suspended", "expired"), titleOk: Type.Boolean(), yearsOk: Type.Boolean() }),
} as const;

/** What `rosterSealed` holds: opened by the draw service only. */
export interface RosterRow {
  readonly id: string;
  readonly expertRef: string;
  /** Shown to nobody before the rules allow names. */
  readonly contact: {
    readonly name: string;
    readonly phone: string;
    readonly title: string;
    readonly employerName: string;
    readonly regionCode: string;
  };
  /** Exactly 16 join tags, real ones filled up with random ones (expert-pool.md §2.3). */
  readonly tags: readonly string[];
}

/** What `saltsSealed` holds: opened by the supervisor only, when names may be shown. */
export interface SaltRow {
  readonly id: string;
  readonly salt: string;
  readonly memberId: string;
}

/** What `idSealed` and `expertSealed` hold. */
export interface SealedExpert {
  readonly needId: string;
  readonly id: string;
}

export const sealedInfo = {
  salts: (needId: string) => `egret/v1 pool salts\n${needId}`,
  roster: (needId: string) => `egret/v1 pool roster\n${needId}`,
  summon: (needId: string, callNo: number) => `egret/v1 pool summon\n${needId}\n${callNo}`,
  expert: "egret/v1 pool expert\n",
} as const;
