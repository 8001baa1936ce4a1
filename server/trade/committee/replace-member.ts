/**
 * cmt.replace: the centre finds that somebody did not answer a call, or did not come. Who follows is said by the
 * draw alone; the centre chooses nobody (招标投标法实施条例 第四十八条).
 */
import { Type } from "@sinclair/typebox";
import { parseInstant } from "../../kernel/index.ts";
import { type Act, act, judge } from "../transaction/index.ts";
import { standingCommittee } from "./committee-of.ts";
import type { CommitteePorts } from "./ports.ts";
import { noSeat, notNow } from "./refusals.ts";
import { hadTimeToCome } from "./rules/replace-time.ts";
import { answerMinutes, declineSeat, vacateSeat } from "./summon.ts";

export function replaceMember(ports: CommitteePorts): Act {
  return act({
    name: "cmt.replace",
    title: { zh: "未答复或缺席，递补", en: "Replace who did not answer or come" },
    who: ["centre"],
    about: "lot",
    lock: "exclusive",
    rules: ["CON-051", "CON-056"],
    data: Type.Object({ seat: Type.Integer({ title: "席位", minimum: 1, maximum: 10_000 }) }, { additionalProperties: false }),
    async decide(context, { seat: no }) {
      const committee = await standingCommittee(context.tx, context.lot.id);
      if (!committee || !["forming", "formed", "short"].includes(committee.state)) return notNow(committee);
      const seat = committee.seats.find((one) => one.no === no);
      if (seat?.state !== "summoned" && seat?.state !== "accepted") return noSeat();
      const answerEnd = parseInstant(seat.calledAt) + answerMinutes * 60_000;
      const earliestAt = seat.state === "summoned" ? answerEnd : parseInstant(committee.windowStartAt);
      const { refusal } = judge(context, [hadTimeToCome], { now: context.now, earliestAt });
      if (refusal) return refusal;
      if (seat.state === "summoned") await declineSeat(context, ports, seat, { cause: "unreachable", veiled: null });
      else await vacateSeat(context, ports, seat, { cause: "absent", ground: "absent", veiled: null });
      return { seat: no };
    },
  });
}
