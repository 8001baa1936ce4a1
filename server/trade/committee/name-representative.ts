/**
 * cmt.nameRepresentative: the buyer names its own representative; an expert can never be named, only drawn
 * (招标投标法实施条例 第四十六条; CON-051).
 */
import { Type } from "@sinclair/typebox";
import { membershipsOf } from "../../identity/index.ts";
import { next, type Refusal, refuse } from "../../kernel/index.ts";
import { type Act, type ActContext, act, judge } from "../transaction/index.ts";
import { committeeStates } from "./committee.states.ts";
import { activeSeats, type Committee } from "./committee.ts";
import { standingCommittee } from "./committee-of.ts";
import type { CommitteePorts } from "./ports.ts";
import { notNow } from "./refusals.ts";
import { recusalRules } from "./rules/recusal.ts";
import { peopleIn, seatPerson, veil } from "./seat-people.ts";
import { formIfWhole, nextSeatNo } from "./summon.ts";

export function nameRepresentative(ports: CommitteePorts): Act {
  return act({
    name: "cmt.nameRepresentative",
    title: { zh: "确定招标人代表", en: "Name the buyer's representative" },
    who: ["buyer"],
    about: "lot",
    lock: "exclusive",
    rules: ["CON-049", "CON-051", "CON-053", "CON-054"],
    data: Type.Object(
      { personId: Type.String({ title: "人员编号", pattern: "^per_[0-9A-HJKMNP-TV-Z]{26}$" }) },
      { additionalProperties: false },
    ),
    async decide(context, { personId }) {
      const committee = await standingCommittee(context.tx, context.lot.id);
      if (!committee || next(committeeStates, committee.state, "nameRepresentative") === undefined) return notNow(committee);
      const named = activeSeats(committee).filter(({ isExpert }) => !isExpert).length;
      if (named >= committee.representatives) return allNamed(committee);
      const organisationId = await houseOf(context, personId);
      if (organisationId === undefined || (await isSeated(context, committee, personId))) return notOfTheBuyer(personId);
      const { buyer, agent, supervisor } = context.lot.parties;
      const register = await ports.registerOf(context.tx, context.lot.id);
      const bidders = register.map((bidder) => bidder.organisationId);
      const { refusal, decisions } = judge(context, recusalRules, {
        organisationId,
        isExpert: false,
        buyer,
        agent,
        supervisor,
        bidders,
        isRelated: false,
      });
      if (refusal) return refusal;
      const seat = nextSeatNo(committee);
      const veiled = await veil(context, { seat, personId });
      await context.append(committee.stream, "cmt.representativeNamed", { lotId: context.lot.id, seat, veiled, decisions });
      await seatPerson(context.tx, committee.stream, { seat, personId, organisationId });
      await formIfWhole(context);
      return { seat };
    },
  });
}

/** 招标人的代表: somebody of the buyer, or of the agent that acts for it. */
async function houseOf({ tx, now, lot }: ActContext, personId: string): Promise<string | undefined> {
  const houses = [lot.parties.buyer, lot.parties.agent];
  return (await membershipsOf(tx, personId, now)).find(({ organisationId }) => houses.includes(organisationId))?.organisationId;
}

async function isSeated({ tx }: ActContext, committee: Committee, personId: string): Promise<boolean> {
  const people = await peopleIn(tx, committee.stream);
  return activeSeats(committee).some(({ no }) => people.get(no)?.personId === personId);
}

function allNamed({ representatives }: Committee): Refusal {
  return refuse("committee.representatives-named", {
    ruleId: "CON-049",
    law: "招标投标法",
    article: "第三十七条",
    message: `招标人代表 ${representatives} 人已经确定。`,
    messageEn: `The ${representatives} representatives are named already.`,
    data: { representatives },
  });
}

function notOfTheBuyer(personId: string): Refusal {
  return refuse("committee.not-drawn", {
    ruleId: "CON-051",
    law: "招标投标法实施条例",
    article: "第四十六条",
    message: "只能确定本招标人（或其代理机构）的人员为招标人代表；专家必须随机抽取。",
    messageEn: "Only somebody of the buyer or its agent may be named; experts are drawn.",
    data: { personId },
    whatToDo: "请选择本单位已登记的人员。",
  });
}
