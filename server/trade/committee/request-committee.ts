/**
 * cmt.request: the buyer says which specialities are needed; the pool lists candidates in pseudonyms, and a draw is
 * prepared (招标投标法实施条例 第四十六条). The pool is told units to avoid that are public anyway, never bidders,
 * title or lot.
 */
import { Type } from "@sinclair/typebox";
import { hex } from "../../../formats/bytes.ts";
import { settingNumber } from "../../../law/index.ts";
import { findKey, getOrganisation, peopleWithRole } from "../../identity/index.ts";
import { dayOf, isRefusal, next, parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import { type DrawPurpose, type DrawTerms, drawTermsShape, prepareDraw } from "../draw/index.ts";
import { type Act, type ActContext, act, effectiveAt, judge, streamOf } from "../transaction/index.ts";
import { committeeStates } from "./committee.states.ts";
import { activeSeats, committeeIn, type Stratum } from "./committee.ts";
import type { CandidateNeed, CommitteePorts } from "./ports.ts";
import { notNow } from "./refusals.ts";
import { isDrawnShortlyBefore } from "./rules/draw-lead.ts";
import { sizeRules } from "./rules/size.ts";

const stratumShape = Type.Object(
  {
    id: Type.String({ title: "组别", pattern: "^[A-Za-z0-9._-]{1,64}$" }),
    speciality: Type.String({ title: "专业代码", minLength: 7, maxLength: 7 }),
    quota: Type.Integer({ title: "人数", minimum: 1, maximum: 30 }),
  },
  { additionalProperties: false },
);
const instant = (title: string) => Type.String({ title, pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$" });

const requestShape = Type.Object(
  {
    strata: Type.Array(stratumShape, { title: "抽取的专业与人数", minItems: 1, maxItems: 12 }),
    representatives: Type.Integer({ title: "招标人代表人数", minimum: 0, maximum: 10 }),
    regions: Type.Array(Type.String({ title: "行政区划代码", pattern: "^[0-9]{6}$" }), { title: "抽取的区域", minItems: 1, maxItems: 20 }),
    avoidUnits: Type.Array(Type.String({ title: "统一社会信用代码", pattern: "^[0-9A-Z]{18}$" }), {
      title: "另行回避的单位（如设计单位）",
      maxItems: 40,
    }),
    maxPerEmployer: Type.Optional(Type.Integer({ title: "同一单位最多人数", minimum: 1, maximum: 10 })),
    windowStartAt: instant("评标开始"),
    windowEndAt: instant("评标结束"),
    acknowledged: Type.Optional(Type.Array(Type.String({ title: "提示代码", maxLength: 64 }), { title: "已知悉的提示", maxItems: 8 })),
    ...drawTermsShape,
  },
  { additionalProperties: false },
);

export interface CommitteeWish extends DrawTerms {
  strata: Stratum[];
  representatives: number;
  regions: string[];
  avoidUnits: string[];
  maxPerEmployer?: number;
  windowStartAt: string;
  windowEndAt: string;
  acknowledged?: string[];
}

export function requestCommittee({ pool }: CommitteePorts, experts: DrawPurpose): Act {
  return act({
    name: "cmt.request",
    title: { zh: "申请抽取评标专家", en: "Ask for a committee" },
    who: ["buyer", "agent"],
    about: "lot",
    lock: "exclusive",
    step: "committee.form",
    rules: ["CON-049", "CON-050", "CON-051", "CON-055", "CON-099"],
    data: requestShape,
    async decide(context, wish) {
      const { lot } = context;
      const stream = streamOf("cmt", lot.id, lot.run);
      const before = await committeeIn(context.tx, stream);
      if (before && next(committeeStates, before.state, "request") === undefined) return notNow(before);
      const { refusal, decisions } = judgeSize(context, wish);
      if (refusal) return refusal;
      const lead = refusalOfLead(context, wish);
      if (lead) return lead;
      const drawn = await prepareDraw(context, { purpose: experts, list: null, terms: wish });
      if (isRefusal(drawn)) return drawn;
      const need = await needFor(context, { pool, wish, drawId: drawn.drawId });
      if (isRefusal(need)) return need;
      for (const { no } of before ? activeSeats(before).filter(({ isExpert }) => isExpert) : []) {
        await pool.send(context.tx, { order: "cancelSummon", needId: before?.needId ?? "", callNo: no, cause: "failed" });
      }
      await context.append(stream, "cmt.requested", {
        lotId: lot.id,
        ...requestedFields(wish),
        drawId: drawn.drawId,
        needId: need.needId,
        decisions,
      });
      await pool.send(context.tx, { order: "requestCandidates", need });
      return { drawId: drawn.drawId, needId: need.needId };
    },
  });
}

function requestedFields({ strata, representatives, regions, windowStartAt, windowEndAt, maxPerEmployer }: CommitteeWish) {
  return {
    strata: strata.map((stratum) => ({ ...stratum })),
    representatives,
    regions: [...regions],
    windowStartAt,
    windowEndAt,
    maxPerEmployer: maxPerEmployer ?? null,
  };
}

function judgeSize(context: ActContext, { strata, representatives, acknowledged }: CommitteeWish) {
  const experts = strata.reduce((sum, { quota }) => sum + quota, 0);
  return judge(context, sizeRules, { experts, representatives, isWater: context.lot.sector === "water" }, acknowledged ?? []);
}

/** From tCommit on shares may be opened, so that the result can be known; it counts from there. */
function refusalOfLead(context: ActContext, { commitBy }: CommitteeWish): Refusal | undefined {
  const beginsAt = effectiveAt(context.lot, "bidDeadline");
  if (beginsAt === undefined) {
    return refuse("committee.no-opening-time", {
      law: "招标投标法",
      article: "第三十七条",
      message: "尚未公告开标时间，不能抽取评标专家。",
      messageEn: "No opening has been announced yet; experts cannot be drawn.",
      whatToDo: "请先发布招标公告。",
    });
  }
  const leadHours = settingNumber("expertDrawLeadHours", dayOf(context.now));
  return judge(context, [isDrawnShortlyBefore], { drawnAt: parseInstant(commitBy), beginsAt, leadHours }).refusal;
}

interface NeedWish {
  pool: CommitteePorts["pool"];
  wish: CommitteeWish;
  drawId: string;
}

/** The need's name is chance: it tells neither lot nor time. */
async function needFor(context: ActContext, { pool, wish, drawId }: NeedWish): Promise<CandidateNeed | Refusal> {
  const { parties, regionCode } = context.lot;
  const publicUnits: string[] = [];
  for (const id of [parties.buyer, parties.agent, parties.supervisor])
    if (id) publicUnits.push((await getOrganisation(context.tx, id)).creditCode);
  const supervisorKey = await sealKeyOfSupervisor(context);
  if (!supervisorKey) {
    return refuse("committee.no-supervisor-key", {
      ruleId: "CON-099",
      law: "draw-v1 §2",
      message: "监督部门没有登记加密证书，无法交付名单的盐值。",
      messageEn: "The authority has no encryption certificate to which the salts can be sealed.",
      data: { supervisor: parties.supervisor },
    });
  }
  return {
    needId: `need-${hex(context.random.bytes(12))}`,
    drawId,
    purpose: "tender",
    strata: wish.strata,
    regions: wish.regions,
    windowStartAt: wish.windowStartAt,
    windowEndAt: wish.windowEndAt,
    city: regionCode,
    avoidUnits: [...new Set([...publicUnits, ...wish.avoidUnits])].sort(),
    supervisorKey,
    drawServiceKey: pool.drawServiceKey,
    joinKeyId: pool.joinKeyId,
  };
}

async function sealKeyOfSupervisor({ tx, lot }: ActContext): Promise<string | undefined> {
  for (const { personId, organisationId } of await peopleWithRole(tx, "supervisor")) {
    const key = organisationId === lot.parties.supervisor ? await findKey(tx, personId, "seal") : undefined;
    if (key) return key;
  }
  return undefined;
}
