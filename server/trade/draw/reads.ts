/** What the hall of a draw shows: plan, shares, limits, and the result once its gate is open. The record is for everybody to recompute. */
import { type TSchema, Type } from "@sinclair/typebox";
import { beaconRoundTime } from "../../../formats/draw/index.ts";
import { CommitPostSchema, DrawPlanSchema, DrawRecordSchema } from "../../../formats/draw/schemas.ts";
import { findKey } from "../../identity/index.ts";
import { instantText } from "../../kernel/index.ts";
import { type Read, type ReadContext, read } from "../transaction/index.ts";
import { modeOf } from "./derive.ts";
import { type Draw, drawOf } from "./draw.ts";
import { planHashOf, planOf } from "./plan-of.ts";
import type { Purposes } from "./purpose.ts";
import { drawRecord, drawsOf } from "./record.ts";

const nullable = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const words = Type.Object({ zh: Type.String(), en: Type.String() });
const summary = {
  drawId: Type.String(),
  lotId: Type.String(),
  purpose: Type.String(),
  title: words,
  sealed: Type.Boolean(),
  state: Type.String(),
  mode: Type.Integer(),
  tCommit: Type.String(),
  tReveal: Type.String(),
};

const share = Type.Object({
  i: Type.Integer(),
  name: Type.String(),
  committed: Type.Boolean(),
  /** Revealed, or opened by the members. */
  revealed: Type.Boolean(),
  forfeited: Type.Boolean(),
  mine: Type.Boolean(),
});

const hall = Type.Object({
  ...summary,
  /** What is frozen; before that, what the reading operator would sign. */
  plan: nullable(DrawPlanSchema),
  planHash: nullable(Type.String()),
  shares: Type.Array(share),
  /** As posted: in recovery mode the members open them, each on its own desk. */
  commits: Type.Array(CommitPostSchema),
  platformShared: Type.Boolean(),
  fallback: nullable(Type.Object({ reason: Type.String() })),
  partials: Type.Array(Type.Object({ i: Type.Integer(), members: Type.Array(Type.Integer()) })),
  beacon: nullable(Type.Object({ round: Type.Integer(), at: Type.String(), carried: Type.Boolean() })),
  faults: Type.Array(Type.Object({ code: Type.String(), i: Type.Optional(Type.Integer()) })),
  result: nullable(Type.Unknown()),
  substitutions: Type.Integer(),
  failure: nullable(Type.String()),
  publishedAt: nullable(Type.String()),
  voidReason: nullable(Type.String()),
  /** The limit of plain mode, said where the result is shown (draw-v1 §1). */
  limits: Type.Array(words),
});

export function drawReads(purposes: Purposes): readonly Read[] {
  return [
    read({
      path: "/lots/:lotId/draws",
      title: "抽取",
      group: "draw.public",
      response: Type.Object({ items: Type.Array(Type.Object(summary)) }),
      load: async ({ tx, lot }) => ({ items: (await drawsOf(tx, lot.id)).map((draw) => summaryOf(draw, purposes)) }),
    }),
    read({
      path: "/draws/:drawId",
      title: "抽取大厅",
      group: "draw.public",
      response: hall,
      load: (context) => loadHall(context, purposes),
    }),
    read({
      path: "/draws/:drawId/record",
      title: "抽取记录",
      group: "draw.public",
      response: DrawRecordSchema,
      async load({ tx, params }) {
        const draw = await drawOf(tx, params.drawId ?? "");
        return draw?.publishedAt ? drawRecord(tx, draw.id) : undefined;
      },
    }),
  ];
}

function summaryOf(draw: Draw, purposes: Purposes) {
  const { id, lotId, purpose, sealed, state, tCommit, tReveal } = draw;
  return {
    drawId: id,
    lotId,
    purpose,
    title: purposes[purpose]?.title ?? { zh: purpose, en: purpose },
    sealed,
    state,
    mode: modeOf(draw),
    tCommit,
    tReveal,
  };
}

/** A sealed draw shows its result when it is published; any other as soon as it is derived. */
export function resultIsShown(draw: Draw): boolean {
  return draw.result !== null && (!draw.sealed || draw.publishedAt !== null);
}

async function loadHall(context: ReadContext, purposes: Purposes) {
  const draw = await drawOf(context.tx, context.params.drawId ?? "");
  if (!draw) return undefined;
  const plan = draw.plan ?? (await draftFor(context, draw));
  const round = plan?.beacon?.round;
  return {
    ...summaryOf(draw, purposes),
    plan: plan ?? null,
    planHash: draw.planHash ?? (plan ? planHashOf(plan) : null),
    shares: draw.contributors.map((_, i) => shareOf(draw, i, context.actor?.personId)),
    commits: draw.commits.map(({ version: _, ...post }) => post),
    platformShared: draw.platform !== null,
    fallback: draw.fallback && { reason: draw.fallback.reason },
    partials: draw.commits.map(({ i }) => ({ i, members: draw.partials.filter((partial) => partial.i === i).map(({ member }) => member) })),
    beacon: round === undefined ? null : { round, at: instantText(beaconRoundTime(round)), carried: draw.beacon !== null },
    faults: resultIsShown(draw) || draw.failure ? [...draw.faults] : [],
    result: resultIsShown(draw) ? draw.result : null,
    substitutions: draw.substitutions.length,
    failure: draw.failure,
    publishedAt: draw.publishedAt,
    voidReason: draw.voidReason,
    limits: modeOf(draw) === 0 ? [plainLimit] : [],
  };
}

const plainLimit = {
  zh: "普通方式：最后揭示的一方能先看到结果，可以选择不揭示；不揭示的一方会被列名。",
  en: "Plain mode: the last to reveal can see the outcome and withhold; who withholds is named.",
};

function shareOf(draw: Draw, i: number, reader: string | undefined) {
  const contributor = draw.contributors[i];
  const opened = draw.partials.filter((partial) => partial.i === i).length >= (draw.plan?.recovery?.t ?? Number.POSITIVE_INFINITY);
  return {
    i,
    name: contributor?.name ?? "",
    committed: draw.commits.some((commit) => commit.i === i),
    revealed: draw.reveals.some((one) => one.i === i) || opened,
    forfeited: draw.forfeited.includes(i),
    mine: contributor?.personId === reader,
  };
}

/** The operator of the lot's centre sees the plan that it is asked to sign. */
async function draftFor({ tx, actor, platform }: ReadContext, draw: Draw) {
  if (actor?.role !== "drawOperator") return undefined;
  const operatorKey = await findKey(tx, actor.personId, "ed25519");
  return operatorKey ? planOf(draw, { operatorKey, vrfKey: platform.keys.vrfKey }) : undefined;
}
