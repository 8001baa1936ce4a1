/**
 * cmt.accept and cmt.decline: the expert answers with an account of its own. The account is the expert whom the
 * draw named when name and telephone are those of the pool's roster. Who accepts declares, under signature, years
 * in the field and that no relation stands in the way (招标投标法 第三十七条; 12号令 第十二条). The record shows a
 * seat, never a person.
 */
import { Type } from "@sinclair/typebox";
import type { RosterRow } from "../../../formats/exchange/index.ts";
import { namesOf } from "../../identity/index.ts";
import { type Act, type ActContext, act, judge } from "../transaction/index.ts";
import type { Committee, CommitteeSeat } from "./committee.ts";
import { standingCommittee } from "./committee-of.ts";
import type { CommitteePorts } from "./ports.ts";
import { noSeat } from "./refusals.ts";
import { expertIsFit } from "./rules/expert-fit.ts";
import { recusalRules } from "./rules/recusal.ts";
import { rosterOf, seatPerson, veil } from "./seat-people.ts";
import { declineSeat, formIfWhole } from "./summon.ts";

export function acceptCall(ports: CommitteePorts): Act {
  return act({
    name: "cmt.accept",
    title: { zh: "接受评标邀请", en: "Accept the call" },
    who: ["expert"],
    about: "lot",
    lock: "exclusive",
    sealed: true,
    rules: ["CON-052", "CON-053", "CON-054", "CON-055"],
    data: Type.Object(
      {
        yearsInField: Type.Integer({ title: "从事相关领域工作年限", minimum: 0, maximum: 70 }),
        noInterest: Type.Literal(true, { title: "本人与招标人、代理机构无利害关系，知悉投标人后如有应当回避的情形将立即提出" }),
      },
      { additionalProperties: false },
    ),
    async decide(context, { yearsInField }) {
      const found = await findCallOf(context);
      if (!found) return noSeat();
      const { committee, seat, row } = found;
      const fit = judge(context, [expertIsFit], { years: yearsInField, isSenior: isSenior(row) });
      const free = judge(context, recusalRules, await recusalFacts(context, ports, row));
      const refusal = fit.refusal ?? free.refusal;
      if (refusal) return refusal;
      const { personId, organisationId } = context.actor;
      const veiled = await veil(context, { seat: seat.no, personId, yearsInField });
      await context.appendOpaque(committee.stream, "cmt.seatAccepted", {
        lotId: context.lot.id,
        seat: seat.no,
        veiled,
        decisions: [...fit.decisions, ...free.decisions],
      });
      await seatPerson(context.tx, committee.stream, { seat: seat.no, personId, organisationId });
      await formIfWhole(context);
      return { seat: seat.no };
    },
  });
}

export function declineCall(ports: CommitteePorts): Act {
  return act({
    name: "cmt.decline",
    title: { zh: "谢绝评标邀请", en: "Decline the call" },
    who: ["expert"],
    about: "lot",
    lock: "exclusive",
    sealed: true,
    rules: ["CON-051", "CON-055"],
    data: Type.Object({ reason: Type.String({ title: "原因", minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
    async decide(context, { reason }) {
      const found = await findCallOf(context);
      if (!found) return noSeat();
      const veiled = await veil(context, { seat: found.seat.no, personId: context.actor.personId, reason });
      await declineSeat(context, ports, found.seat, { cause: "declined", veiled });
      return { seat: found.seat.no };
    },
  });
}

interface Call {
  committee: Committee;
  seat: CommitteeSeat;
  row: RosterRow;
}

/** The open call of the acting expert, by the roster's contact; undefined when there is none. */
export async function findCallOf(context: Pick<ActContext, "tx" | "lot" | "actor">): Promise<Call | undefined> {
  const committee = await standingCommittee(context.tx, context.lot.id);
  const summoned = committee?.seats.filter(({ state, poolId }) => state === "summoned" && poolId !== null) ?? [];
  if (!committee || summoned.length === 0) return undefined;
  const details = (await namesOf(context.tx, [context.actor.personId])).get(context.actor.personId);
  const rows = await rosterOf(
    context.tx,
    committee.needId,
    summoned.map(({ poolId }) => poolId as string),
  );
  const row = rows.find(({ contact }) => details?.phone !== undefined && contact.name === details.name && contact.phone === details.phone);
  const seat = summoned.find(({ poolId }) => poolId === row?.id);
  return row && seat ? { committee, seat, row } : undefined;
}

/** 高级职称，或者注明同等专业水平. */
function isSenior({ contact }: RosterRow): boolean {
  return /高级|同等专业水平/.test(contact.title);
}

async function recusalFacts(context: ActContext, ports: CommitteePorts, row: RosterRow) {
  const { buyer, agent, supervisor } = context.lot.parties;
  const register = await ports.registerOf(context.tx, context.lot.id);
  return {
    ...{ organisationId: context.actor.organisationId, isExpert: true, buyer, agent, supervisor },
    bidders: register.map(({ organisationId }) => organisationId),
    isRelated:
      ports.pool.recusedBy(
        [row],
        register.map(({ creditCode }) => creditCode),
      ).length > 0,
  };
}
