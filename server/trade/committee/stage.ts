/** Committee as the house joins it, and the purpose that it gives to the draw. */

import { keeps } from "../../kernel/index.ts";
import type { DrawPurpose } from "../draw/index.ts";
import type { Stage } from "../transaction/index.ts";
import { acceptCall, declineCall } from "./answer-call.ts";
import { sitsOnCommittee } from "./committee-of.ts";
import { nameRepresentative } from "./name-representative.ts";
import { committeeNextSteps } from "./next-steps.ts";
import type { CommitteePorts } from "./ports.ts";
import { committeeReads } from "./reads.ts";
import { recheckAfterOpening } from "./recheck.ts";
import { replaceMember } from "./replace-member.ts";
import { requestCommittee } from "./request-committee.ts";
import { checkIn, electChair, recuse } from "./sit.ts";
import { summonDrawn } from "./summon.ts";
import { committeeView } from "./views.ts";

keeps({
  ruleId: "CON-051",
  at: "server/trade/committee/summon.ts",
  how: "A seat of an expert is only made from the draw's permutation; the one act that names a person takes people of the buyer.",
  test: "server/trade/committee/committee.test.ts",
});
keeps({
  ruleId: "CON-055",
  at: "server/trade/committee/seat-people.ts",
  how: "Events of seats carry numbers, pseudonyms and salted digests; names are read by members and desk after arrival only.",
  test: "server/trade/committee/committee.test.ts",
});

/** The draw of experts: prepared by `cmt.request`, and when it is published everybody seated is called. */
export function expertsPurpose(ports: CommitteePorts): DrawPurpose {
  return {
    name: "experts",
    title: { zh: "评标专家抽取", en: "Draw of experts" },
    sealed: true,
    published: (context) => summonDrawn(context, ports),
  };
}

export function committeeStage(ports: CommitteePorts): Stage {
  return {
    name: "committee",
    sits: sitsOnCommittee,
    acts: [
      requestCommittee(ports, expertsPurpose(ports)),
      ...[acceptCall(ports), declineCall(ports), nameRepresentative(ports)],
      ...[checkIn(ports), electChair, recuse(ports), replaceMember(ports)],
    ],
    reads: committeeReads,
    views: [committeeView],
    reactions: [recheckAfterOpening(ports)],
    nextSteps: committeeNextSteps,
    live: {
      "cmt.requested": () => ({ zh: "已申请抽取评标专家", en: "A committee was asked for" }),
      "cmt.formed": ({ data }) => ({
        zh: `评标委员会已组成：专家 ${data.experts} 人，招标人代表 ${data.representatives} 人`,
        en: `The committee is formed: ${data.experts} experts, ${data.representatives} representatives`,
      }),
    },
  };
}
