/**
 * drw.prepare: what is to be drawn, by whom and until when. Nothing random exists yet. The owner of a purpose
 * may prepare a draw in an act of its own (`prepareDraw`), as the committee does for its experts.
 */
import { Type } from "@sinclair/typebox";
import type { Json } from "../../../formats/jcs.ts";
import { type Instant, instantText, isRefusal, parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import { type Act, type ActContext, act, judge } from "../transaction/index.ts";
import { contributorsOf, noKey, supervisorKeyOf } from "./contributors.ts";
import { type Draw, type DrawContributor, type DrawList, type DrawWay, drawOf } from "./draw.ts";
import type { DrawPurpose, Purposes } from "./purpose.ts";
import { repeatHasCause } from "./rules/repeat.ts";
import { hasManySources } from "./rules/sources.ts";
import { lastDrawIdOn } from "./views.ts";

const wholeSecond = (title: string) => Type.String({ title, pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.000Z$" });

/** When and how a draw is held; shared by the acts that prepare one. */
export const drawTermsShape = {
  commitBy: wholeSecond("承诺截止"),
  revealBy: wholeSecond("揭示截止"),
  way: Type.Union([Type.Literal("plain"), Type.Literal("beacon"), Type.Literal("recovery"), Type.Literal("fallback")], {
    title: "随机方式",
  }),
  contributors: Type.Optional(
    Type.Array(Type.String({ title: "人员编号", maxLength: 40 }), {
      title: "随机数贡献人（不填即招标人、交易中心、行政监督部门各一人）",
      minItems: 1,
      maxItems: 32,
    }),
  ),
  reason: Type.Optional(Type.String({ title: "重新抽取的公开原因", minLength: 1, maxLength: 80 })),
};

export interface DrawTerms {
  commitBy: string;
  revealBy: string;
  way: DrawWay;
  contributors?: string[];
  reason?: string;
}

export function prepareDrawAct(purposes: Purposes): Act {
  return act({
    name: "drw.prepare",
    title: { zh: "编制抽取方案", en: "Prepare a draw" },
    who: ["buyer", "agent"],
    about: "lot",
    lock: "exclusive",
    rules: ["CON-099"],
    data: Type.Object({ purpose: Type.String({ title: "抽取事项", maxLength: 32 }), ...drawTermsShape }, { additionalProperties: false }),
    async decide(context, { purpose: name, ...terms }) {
      const purpose = purposes[name];
      if (!purpose?.list) return unknownPurpose(name, purposes);
      const list = await purpose.list(context);
      return isRefusal(list) ? list : prepareDraw(context, { purpose, list, terms });
    },
  });
}

export interface PrepareWish {
  purpose: DrawPurpose;
  /** Null when the list comes later (`listDraw`). */
  list: DrawList | null;
  terms: DrawTerms;
}

/** Prepares a draw on a subject of the lot; one plan at a time (draw-v1 §2). */
export async function prepareDraw(context: ActContext, { purpose, list, terms }: PrepareWish): Promise<Refusal | { drawId: string }> {
  const contributors = await contributorsOf(context, terms.contributors);
  if (isRefusal(contributors)) return contributors;
  const subject = `${context.lot.id}/${purpose.name}${context.lot.run > 1 ? `.${context.lot.run}` : ""}`;
  const earlier = await earlierOn(context, subject);
  const refusal =
    refusalOfTimes(context.now, terms) ?? refusalOfSources(context, contributors) ?? refusalOfRepeat(context, earlier, terms.reason);
  if (refusal) return refusal;
  const supervisorKey = await supervisorKeyOf(context);
  if (!supervisorKey) return noKey(context.lot.parties.supervisor);
  const drawId = context.newSealedId("drw");
  await context.append(drawId, "drw.prepared", {
    ...{
      lotId: context.lot.id,
      purpose: purpose.name,
      sealed: purpose.sealed,
      subject,
      way: terms.way,
      applicant: context.actor.personId,
      supervisorKey,
    },
    rulesVersion: `${context.lot.lawDate ?? context.law.date}/${context.lot.procedureId}`,
    contributors: contributors as unknown as Json,
    // Two at least, so that no single party decides; a beacon or recovery needs fewer, but two do no harm.
    minReveals: Math.min(2, contributors.length),
    ...{ tCommit: terms.commitBy, tReveal: terms.revealBy },
    list: list as unknown as Json,
    supersedes: supersededBy(earlier, terms.reason),
  });
  return { drawId };
}

/** Joins the list to a prepared draw, when it comes from outside (an expert pool). */
export async function listDraw(
  context: Pick<ActContext, "append" | "lot">,
  drawId: string,
  list: DrawList,
  source: Record<string, Json>,
): Promise<void> {
  await context.append(drawId, "drw.listed", { lotId: context.lot.id, list: list as unknown as Json, source });
}

async function earlierOn({ tx }: ActContext, subject: string): Promise<Draw | undefined> {
  const drawId = await lastDrawIdOn(tx, subject);
  return drawId ? drawOf(tx, drawId) : undefined;
}

function supersededBy(earlier: Draw | undefined, reason: string | undefined): { drawId: string; planHash: string; reason: string } | null {
  return earlier?.planHash ? { drawId: earlier.id, planHash: earlier.planHash, reason: reason ?? "" } : null;
}

function refusalOfSources(context: ActContext, contributors: readonly DrawContributor[]): Refusal | undefined {
  return judge(context, [hasManySources], { sources: new Set(contributors.map(({ organisationId }) => organisationId)).size }).refusal;
}

function refusalOfRepeat(context: ActContext, earlier: Draw | undefined, reason: string | undefined): Refusal | undefined {
  const facts = earlier ? { drawId: earlier.id, state: earlier.state, wasFrozen: earlier.planHash !== null } : null;
  return judge(context, [repeatHasCause], { earlier: facts, reason: reason ?? null }).refusal;
}

function refusalOfTimes(now: Instant, { commitBy, revealBy }: DrawTerms): Refusal | undefined {
  if (now < parseInstant(commitBy) && commitBy < revealBy) return undefined;
  return refuse("draw.times-disordered", {
    ruleId: "CON-099",
    law: "draw-v1 §2",
    message: "承诺截止须在现在之后、揭示截止之前。",
    messageEn: "Shares are committed after now and before the end of the reveal.",
    data: { now: instantText(now), commitBy, revealBy },
    whatToDo: "请调整两个截止时刻。",
  });
}

function unknownPurpose(name: string, purposes: Purposes): Refusal {
  const known = Object.values(purposes).filter(({ list }) => list !== undefined);
  return refuse("draw.purpose-unknown", {
    ruleId: "CON-099",
    law: "draw-v1 §2",
    message: "该事项不能由此编制抽取方案。",
    messageEn: "No draw is prepared for this purpose here.",
    data: { purpose: name, known: known.map(({ name: own }) => own) },
    whatToDo: "评标专家的抽取请从“组建评标委员会”申请。",
  });
}
