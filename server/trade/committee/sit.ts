/**
 * cmt.checkIn, cmt.electChair, cmt.recuse: members arrive, elect a chair, and one who must not judge leaves.
 * 评标委员会设负责人的，评标委员会负责人由评标委员会成员推举产生或者由招标人确定 (12号令 第九条).
 */
import { Type } from "@sinclair/typebox";
import type { Actor } from "../../identity/index.ts";
import { instantText, type Refusal, refuse } from "../../kernel/index.ts";
import { type Act, type ActContext, act } from "../transaction/index.ts";
import { activeSeats, type Committee, type CommitteeSeat } from "./committee.ts";
import { standingCommittee } from "./committee-of.ts";
import type { CommitteePorts } from "./ports.ts";
import { noSeat, notNow } from "./refusals.ts";
import { peopleIn, veil } from "./seat-people.ts";
import { getCommittee, vacateSeat } from "./summon.ts";

const members = ["expert", "buyer", "agent"] as const;

export function checkIn({ pool }: CommitteePorts): Act {
  return act({
    name: "cmt.checkIn",
    title: { zh: "评标签到", en: "Check in" },
    who: members,
    about: "lot",
    lock: "exclusive",
    sealed: true,
    rules: ["CON-055"],
    data: Type.Object({}, { additionalProperties: false }),
    async decide(context) {
      const found = await findOwnSeat(context);
      if (found?.seat.state !== "accepted") return noSeat();
      const { committee, seat } = found;
      if (committee.state !== "formed" && committee.state !== "short") return notNow(committee);
      const veiled = await veil(context, { seat: seat.no, personId: context.actor.personId });
      await context.appendOpaque(committee.stream, "cmt.seatPresent", { lotId: context.lot.id, seat: seat.no, veiled });
      if (seat.isExpert)
        await pool.send(context.tx, { order: "arrived", needId: committee.needId, callNo: seat.no, at: instantText(context.now) });
      await takeSeatsAgain(context);
      return { seat: seat.no };
    },
  });
}

/** A chair that stands keeps the chair when the committee is whole and present again. */
async function takeSeatsAgain(context: ActContext): Promise<void> {
  const committee = await getCommittee(context);
  if (committee.state !== "formed" || committee.chair === null || !isAllPresent(committee)) return;
  await context.append(committee.stream, "cmt.chairElected", { lotId: context.lot.id, seat: committee.chair, by: "standing" });
}

export const electChair = act({
  name: "cmt.electChair",
  title: { zh: "推举评标委员会主任委员", en: "Elect the chair" },
  who: members,
  about: "lot",
  lock: "exclusive",
  rules: ["CON-049"],
  data: Type.Object({ seat: Type.Integer({ title: "席位", minimum: 1, maximum: 10_000 }) }, { additionalProperties: false }),
  async decide(context, { seat }) {
    const committee = await standingCommittee(context.tx, context.lot.id);
    if (committee?.state !== "formed") return notNow(committee);
    if (!isAllPresent(committee)) return notAllPresent(committee);
    if (activeSeats(committee).every(({ no }) => no !== seat)) return noSeat();
    const own = await findOwnSeat(context);
    // Somebody of the buyer who is no member speaks for the buyer, who may determine the chair.
    if (!own && context.actor.role !== "buyer") return noSeat();
    if (!own) {
      await context.append(committee.stream, "cmt.chairElected", { lotId: context.lot.id, seat, by: "buyer" });
      return { seat, elected: true };
    }
    return { seat, elected: await vote(context, { by: own.seat.no, for: seat }) };
  },
});

/** @returns true when more than half of the members have named the same seat. */
async function vote(context: ActContext, choice: { by: number; for: number }): Promise<boolean> {
  const { stream } = await getCommittee(context);
  const veiled = await veil(context, { seat: choice.by, personId: context.actor.personId });
  await context.appendOpaque(stream, "cmt.chairVoted", { lotId: context.lot.id, ...choice, veiled });
  const committee = await getCommittee(context);
  const votes = committee.votes.filter((one) => one.for === choice.for).length;
  if (votes * 2 <= activeSeats(committee).length) return false;
  // The deciding vote is a vote too: whose it was stays as hidden as the others.
  await context.appendOpaque(stream, "cmt.chairElected", { lotId: context.lot.id, seat: choice.for, by: "members" });
  return true;
}

const grounds = ["relative", "employer", "bidderInterest", "priorInvolvement", "sanction", "illness", "other"] as const;

export function recuse(ports: CommitteePorts): Act {
  return act({
    name: "cmt.recuse",
    title: { zh: "回避或退出评标", en: "Leave the committee" },
    who: members,
    about: "lot",
    lock: "exclusive",
    sealed: true,
    rules: ["CON-053", "CON-056"],
    data: Type.Object(
      {
        ground: Type.Union(
          grounds.map((ground) => Type.Literal(ground)),
          { title: "事由" },
        ),
        text: Type.String({ title: "说明", minLength: 1, maxLength: 200 }),
      },
      { additionalProperties: false },
    ),
    async decide(context, { ground, text }) {
      const found = await findOwnSeat(context);
      if (!found || !["accepted", "present"].includes(found.seat.state)) return noSeat();
      const { committee, seat } = found;
      if (!["forming", "formed", "seated", "short"].includes(committee.state)) return notNow(committee);
      const veiled = await veil(context, { seat: seat.no, personId: context.actor.personId, text });
      await vacateSeat(context, ports, seat, { cause: ground === "illness" ? "absent" : "recused", ground, veiled });
      return { seat: seat.no };
    },
  });
}

/** The acting person's seat that was neither declined nor vacated. */
export async function findOwnSeat(
  context: Pick<ActContext, "tx" | "lot"> & { actor: Actor | undefined },
): Promise<{ committee: Committee; seat: CommitteeSeat } | undefined> {
  const committee = await standingCommittee(context.tx, context.lot.id);
  if (!committee || !context.actor) return undefined;
  const people = await peopleIn(context.tx, committee.stream);
  const seat = activeSeats(committee).find(({ no }) => people.get(no)?.personId === context.actor?.personId);
  return seat && { committee, seat };
}

export function isAllPresent(committee: Committee): boolean {
  return activeSeats(committee).every(({ state }) => state === "present");
}

function notAllPresent(committee: Committee): Refusal {
  const seats = activeSeats(committee);
  return refuse("committee.not-all-present", {
    ruleId: "CON-049",
    law: "招标投标法",
    article: "第三十七条",
    message: "评标委员会成员尚未全部签到，不能推举主任委员。",
    messageEn: "Not every member has checked in yet.",
    data: { present: seats.filter(({ state }) => state === "present").length, members: seats.length },
    whatToDo: "请等待全部成员签到；缺席的由抽取次序中的下一位替补。",
  });
}
