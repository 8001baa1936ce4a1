/**
 * The shapes of draw-v1 §2 and §5 as schemas: for request bodies at the wall, and as the types that
 * the making side writes. Closed objects: an unknown member is refused. Schemas hold the shape only;
 * what joins two members (quotas, orders, hashes) is in plan.ts and in the verifier.
 */
import { type Static, Type } from "@sinclair/typebox";

const closed = { additionalProperties: false } as const;
const hexOf = (bytes: number) => Type.String({ pattern: `^[0-9a-f]{${2 * bytes}}$` });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([Type.Null(), schema]);
const identifier = Type.String({ pattern: "^[A-Za-z0-9._-]{1,64}$" });
const text = (bytesMax: number) => Type.String({ minLength: 1, maxLength: bytesMax });
const wholeSecond = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.000Z$" });
const time = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$" });
const index = Type.Integer({ minimum: 0, maximum: 31 });

/** Why a person of the pool may not be drawn (回避). */
export const recusalCodes = ["employer", "relative", "bidderInterest", "priorInvolvement", "region", "leave", "sanction", "other"] as const;
/** Why a seated person is replaced. */
export const substitutionReasons = ["declined", "unreachable", "recused", "absent", "ineligible"] as const;

export const PoolEntrySchema = Type.Object(
  {
    id: hexOf(32),
    group: nullable(text(128)),
    strata: Type.Array(identifier),
    recusal: nullable(Type.Union(recusalCodes.map((code) => Type.Literal(code)))),
  },
  closed,
);

export const RecoverySchema = Type.Object(
  {
    use: Type.Union([Type.Literal("always"), Type.Literal("fallback")]),
    suite: Type.Literal(1),
    t: Type.Integer({ minimum: 2, maximum: 16 }),
    pk: hexOf(33),
    memberKeys: Type.Array(hexOf(33), { minItems: 2, maxItems: 16 }),
  },
  closed,
);

export const DrawPlanSchema = Type.Object(
  {
    v: Type.Literal(1),
    format: Type.Literal("draw-plan/v1"),
    drawId: identifier,
    kind: Type.Union([Type.Literal("select"), Type.Literal("order"), Type.Literal("coefficient")]),
    purpose: text(64),
    subject: text(128),
    rulesVersion: text(64),
    operatorKey: hexOf(32),
    supervisorKey: hexOf(32),
    vrfKey: hexOf(32),
    contributors: Type.Array(Type.Object({ name: text(128), key: hexOf(32) }, closed), { minItems: 2, maxItems: 32 }),
    minReveals: Type.Integer({ minimum: 1, maximum: 32 }),
    tCommit: wholeSecond,
    tReveal: wholeSecond,
    beacon: nullable(Type.Object({ chain: hexOf(32), round: Type.Integer({ minimum: 1 }) }, closed)),
    recovery: nullable(RecoverySchema),
    pool: Type.Array(PoolEntrySchema, { maxItems: 10_000 }),
    strata: Type.Array(Type.Object({ id: identifier, quota: Type.Integer({ minimum: 1 }) }, closed)),
    maxPerGroup: nullable(Type.Integer({ minimum: 1 })),
    coefficients: Type.Array(Type.Object({ id: identifier, values: Type.Array(text(32), { minItems: 2, maxItems: 1000 }) }, closed)),
    supersedes: nullable(Type.Object({ drawId: text(64), planHash: hexOf(32), reason: text(256) }, closed)),
  },
  closed,
);

/** Where a step stands in the evidence log. */
export const LogSchema = Type.Object({ seq: Type.Integer({ minimum: 0 }), at: time }, closed);

const sealed = nullable(Type.Object({ R: hexOf(33), ct: hexOf(80) }, closed));
/** A commit as its contributor posts it, before it has a place in the log. */
export const CommitPostSchema = Type.Object({ i: index, c: hexOf(32), sealed, sig: hexOf(64) }, closed);
export const RevealPostSchema = Type.Object({ i: index, s: hexOf(32), rho: hexOf(32) }, closed);
export const PartialPostSchema = Type.Object(
  { i: index, member: Type.Integer({ minimum: 1, maximum: 16 }), D: hexOf(33), c: hexOf(32), z: hexOf(32) },
  closed,
);
export const BeaconPostSchema = Type.Object({ round: Type.Integer({ minimum: 1 }), signature: hexOf(48) }, closed);

/** A round that a person carries in as a file. */
export const BeaconCarrySchema = Type.Object(
  {
    format: Type.Literal("beacon-carry/v1"),
    chain: hexOf(32),
    round: Type.Integer({ minimum: 1 }),
    signature: hexOf(48),
    /** Where the bearer read it; kept in the log, without influence. */
    source: Type.String({ maxLength: 128 }),
    readAt: time,
  },
  closed,
);

const logged = Type.Object({ log: LogSchema });
const withLog = <T extends Parameters<typeof Type.Composite>[0][number]>(schema: T) => Type.Composite([schema, logged], closed);
export const CommitSchema = withLog(CommitPostSchema);
export const RevealSchema = withLog(RevealPostSchema);
export const PartialSchema = withLog(PartialPostSchema);
export const BeaconSchema = withLog(BeaconPostSchema);
export const FreezeSchema = Type.Object({ sig: hexOf(64), log: LogSchema }, closed);
export const PlatformSchema = Type.Object({ pi: hexOf(80), log: LogSchema }, closed);
export const FallbackSchema = Type.Object({ reason: text(256), sig: hexOf(64), log: LogSchema }, closed);
export const FaultSchema = Type.Object({ code: Type.String(), i: Type.Optional(index) }, closed);

export const SelectResultSchema = Type.Object(
  {
    seed: hexOf(32),
    strata: Type.Array(Type.Object({ id: identifier, permutation: Type.Array(hexOf(32)), primary: Type.Array(hexOf(32)) }, closed)),
  },
  closed,
);
export const OrderResultSchema = Type.Object({ seed: hexOf(32), order: Type.Array(hexOf(32)) }, closed);
export const CoefficientResultSchema = Type.Object(
  {
    seed: hexOf(32),
    coefficients: Type.Array(Type.Object({ id: identifier, index: Type.Integer({ minimum: 0 }), value: text(32) }, closed)),
  },
  closed,
);
export const SubstitutionSchema = Type.Object(
  {
    stratum: identifier,
    out: hexOf(32),
    reason: Type.Union(substitutionReasons.map((reason) => Type.Literal(reason))),
    in: nullable(hexOf(32)),
    log: LogSchema,
  },
  closed,
);
export const SeatsSchema = Type.Object({ stratum: identifier, seated: Type.Array(hexOf(32)) }, closed);

export const DrawRecordSchema = Type.Object(
  {
    format: Type.Literal("draw-record/v1"),
    plan: DrawPlanSchema,
    planHash: hexOf(32),
    freeze: FreezeSchema,
    commits: Type.Array(CommitSchema),
    platform: nullable(PlatformSchema),
    fallback: nullable(FallbackSchema),
    reveals: Type.Array(RevealSchema),
    partials: Type.Array(PartialSchema),
    beacon: nullable(BeaconSchema),
    faults: Type.Array(FaultSchema),
    result: Type.Union([SelectResultSchema, OrderResultSchema, CoefficientResultSchema]),
    substitutions: Type.Array(SubstitutionSchema),
    final: Type.Array(SeatsSchema),
  },
  closed,
);

export type PoolEntry = Static<typeof PoolEntrySchema>;
export type Recovery = Static<typeof RecoverySchema>;
export type DrawPlan = Static<typeof DrawPlanSchema>;
export type DrawLog = Static<typeof LogSchema>;
export type CommitPost = Static<typeof CommitPostSchema>;
export type RevealPost = Static<typeof RevealPostSchema>;
export type PartialPost = Static<typeof PartialPostSchema>;
export type BeaconPost = Static<typeof BeaconPostSchema>;
export type BeaconCarry = Static<typeof BeaconCarrySchema>;
export type Commit = Static<typeof CommitSchema>;
export type Reveal = Static<typeof RevealSchema>;
export type RecoveryPartial = Static<typeof PartialSchema>;
export type Beacon = Static<typeof BeaconSchema>;
export type Freeze = Static<typeof FreezeSchema>;
export type Platform = Static<typeof PlatformSchema>;
export type Fallback = Static<typeof FallbackSchema>;
export type Fault = Static<typeof FaultSchema>;
export type SelectResult = Static<typeof SelectResultSchema>;
export type OrderResult = Static<typeof OrderResultSchema>;
export type CoefficientResult = Static<typeof CoefficientResultSchema>;
export type Substitution = Static<typeof SubstitutionSchema>;
export type Seats = Static<typeof SeatsSchema>;
export type DrawRecord = Static<typeof DrawRecordSchema>;
