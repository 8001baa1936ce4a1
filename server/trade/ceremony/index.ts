/** Ceremony: the key of a lot that no single party holds. The only door of this stage. */
import type { Stage } from "../transaction/index.ts";
import { ceremonyNextSteps } from "./next-steps.ts";
import { postRound1, postRound2, postRound3 } from "./post-rounds.ts";
import { ceremonyRead } from "./reads.ts";
import { acknowledgeCeremony, complainOfShare } from "./seal-ceremony.ts";
import { acceptMembership, startCeremony } from "./take-part.ts";

export { type Ceremony, ceremonyOf, type MemberRole, memberIndexOf } from "./ceremony.ts";

export const ceremonyStage: Stage = {
  name: "ceremony",
  acts: [startCeremony, acceptMembership, postRound1, postRound2, postRound3, acknowledgeCeremony, complainOfShare],
  reads: [ceremonyRead],
  views: [],
  nextSteps: ceremonyNextSteps,
  live: {
    "cer.started": () => ({ zh: "开标密钥生成开始", en: "The key ceremony has begun" }),
    "cer.accepted": ({ data }) => ({ zh: `第 ${data.member} 成员确认参加`, en: `Member ${data.member} takes part` }),
    "cer.round1Posted": ({ data }) => ({ zh: `第 ${data.member} 成员提交承诺`, en: `Member ${data.member} posted round 1` }),
    "cer.round2Posted": ({ data }) => ({ zh: `第 ${data.member} 成员提交公开点与证明`, en: `Member ${data.member} posted round 2` }),
    "cer.round3Posted": ({ data }) => ({ zh: `第 ${data.member} 成员提交加密份额`, en: `Member ${data.member} posted round 3` }),
    "cer.acknowledged": ({ data }) => ({ zh: `第 ${data.member} 成员确认份额`, en: `Member ${data.member} acknowledged` }),
    "cer.sealed": () => ({ zh: "开标密钥已生成，任何一方都不能单独开标", en: "The key is sealed; no single party can open" }),
    "cer.voided": ({ data }) => ({ zh: `密钥生成作废（${data.code}），重新开始`, en: `The ceremony is void (${data.code})` }),
  },
};
