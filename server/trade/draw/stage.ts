/** Draw as the house joins it. What is drawn, and what follows, is handed in as purposes. */
import type { RecordedEvent } from "../../record/index.ts";
import type { Stage } from "../transaction/index.ts";
import { carryBeacon } from "./carry-beacon.ts";
import { endReveals } from "./derive.ts";
import { publishDraw, voidDraw } from "./end-draw.ts";
import { freezeDraw } from "./freeze-draw.ts";
import { closeShares, contribute, drawIdIn, reveal } from "./give-share.ts";
import { joinDraw } from "./join-draw.ts";
import { drawNextSteps } from "./next-steps.ts";
import { prepareDrawAct } from "./prepare-draw.ts";
import type { Purposes } from "./purpose.ts";
import { drawReads } from "./reads.ts";
import { declareFallback, postPartials, setRecovery } from "./recovery.ts";
import { drawView } from "./views.ts";

export function drawStage({ purposes }: { purposes: Purposes }): Stage {
  return {
    name: "draw",
    acts: [
      ...[prepareDrawAct(purposes), setRecovery, joinDraw(purposes), freezeDraw],
      ...[contribute, reveal, declareFallback, postPartials, carryBeacon],
      ...[publishDraw(purposes), voidDraw],
    ],
    reads: drawReads(purposes),
    views: [drawView],
    onMilestone: {
      drawCommit: closeShares,
      drawReveal: (context, milestone) => endReveals(context, drawIdIn(milestone)),
    },
    nextSteps: (context) => drawNextSteps(context, purposes),
    live: {
      "drw.prepared": () => ({ zh: "抽取方案已编制", en: "A draw was prepared" }),
      "drw.joined": ({ data }) => ({
        zh: `${data.contributor.name} 报名贡献随机数`,
        en: `${data.contributor.name} signed up to give a share`,
      }),
      "drw.frozen": ({ data }) => ({
        zh: `抽取方案已冻结，摘要 ${short(data.planHash)}`,
        en: `The plan is frozen: ${short(data.planHash)}`,
      }),
      "drw.contributed": (event) => ({ zh: `第 ${place(event)} 方提交承诺`, en: `Contributor ${place(event)} committed` }),
      "drw.sharesClosed": ({ data }) => ({ zh: `承诺截止，共 ${data.commits} 份`, en: `Commits are closed: ${data.commits}` }),
      "drw.revealed": (event) => ({ zh: `第 ${place(event)} 方揭示`, en: `Contributor ${place(event)} revealed` }),
      "drw.shareForfeited": (event) => ({
        zh: `第 ${place(event)} 方未揭示，计为空标记`,
        en: `Contributor ${place(event)} kept silent: an empty marker`,
      }),
      "drw.fallbackDeclared": ({ data }) => ({ zh: `不再等待信标：${data.reason}`, en: `The beacon is not waited for: ${data.reason}` }),
      "drw.beaconCarried": ({ data }) => ({ zh: `信标第 ${data.round} 轮已带入`, en: `Beacon round ${data.round} was carried in` }),
      "drw.derived": () => ({ zh: "抽取结果已算出", en: "The result was derived" }),
      "drw.failed": ({ data }) => ({ zh: `抽取不成立（${data.code}）`, en: `The draw failed (${data.code})` }),
      "drw.published": () => ({ zh: "抽取结果与证明已公布", en: "Result and proof are published" }),
      "drw.voided": ({ data }) => ({ zh: `抽取方案作废：${data.reason}`, en: `The plan was given up: ${data.reason}` }),
    },
  };
}

const place = ({ data }: RecordedEvent) => data.i + 1;
const short = (digest: string) => digest.slice(0, 12);
