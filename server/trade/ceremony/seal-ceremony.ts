/**
 * `cer.acknowledge`: a member signs the whole after checking the shares it was sent; with the last
 * acknowledgement the ceremony is checked as the verifier will and sealed. `cer.complain`: a share that
 * does not fit its sender's points voids the ceremony; it begins again without the accused.
 */

import { Type } from "@sinclair/typebox";
import { ceremonyHash, checkAck, checkCeremony } from "../../../formats/seal/index.ts";
import { act, closed, completeStep, count, oneOf, streamOf, text } from "../transaction/index.ts";
import { evolveCeremony, isRoundDone, memberRoles, wholeOf } from "./ceremony.ts";
import { again, earlier, seatOf } from "./post-rounds.ts";
import { rowRefused } from "./take-part.ts";

export const acknowledgeCeremony = act({
  name: "cer.acknowledge",
  title: { zh: "确认份额并签署", en: "Acknowledge the shares" },
  who: ["buyer", "centre", "supervisor"],
  about: "lot",
  lock: "exclusive",
  step: "ceremony.run",
  data: closed({ ack: Type.String({ title: "确认签名", pattern: "^[0-9a-f]{128}$" }) }),
  async decide(context, { ack }) {
    const seat = await seatOf(context, "acknowledge");
    if ("refused" in seat) return seat;
    const { ceremony, member } = seat;
    if (!isRoundDone(ceremony.round3)) return earlier("round3");
    if (ceremony.acks.has(member)) return again();
    const fault = checkAck(wholeOf(ceremony), member, ack);
    if (fault) return rowRefused(fault);
    const stream = streamOf("cer", context.lot.id);
    const after = evolveCeremony(ceremony, await context.append(stream, "cer.acknowledged", { member, ack }));
    if (!isRoundDone(after.acks)) return { member, sealed: false };
    const whole = wholeOf(after);
    const broken = checkCeremony(whole);
    // Each row was checked when it was posted; a whole that fails now is a fault of the platform.
    if (broken) throw new Error(`a ceremony of checked rows fails as a whole: ${broken}`);
    await context.append(stream, "cer.sealed", { pk: whole.pk, ceremonyHash: ceremonyHash(whole) });
    await completeStep(context, "ceremony.run", "sealed", stream);
    return { member, sealed: true, pk: whole.pk, ceremonyHash: ceremonyHash(whole) };
  },
});

export const complainOfShare = act({
  name: "cer.complain",
  title: { zh: "申明收到的份额无效", en: "Complain of a share" },
  who: ["buyer", "centre", "supervisor"],
  about: "lot",
  lock: "exclusive",
  step: "ceremony.run",
  data: closed({
    against: count("被申明的成员", 1, memberRoles.length),
    round: Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)], { title: "轮次" }),
    code: oneOf("核验代码", "E_SHARE", "E_SIG", "E_POINT", "E_POK", "E_DKG_COMMIT", "E_CEREMONY"),
    note: text("说明", 400),
  }),
  async decide(context, { against, round, code, note }) {
    const seat = await seatOf(context, "void");
    if ("refused" in seat) return seat;
    const { ceremony, member } = seat;
    if (against === member) return rowRefused("E_CEREMONY");
    const excluded = ceremony.members.get(memberRoles[against - 1] as (typeof memberRoles)[number])?.personId ?? null;
    await context.append(streamOf("cer", context.lot.id), "cer.voided", { by: member, against, round, code, note, excluded });
    return {};
  },
});
