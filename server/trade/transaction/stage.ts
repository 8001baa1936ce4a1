/** The transaction stage as the house joins it: lots, their threads and what can be read of them. */
import type { Stage } from "./act.ts";
import { cancelLotAct } from "./open-transaction.ts";
import { transactionReads } from "./reads.ts";
import { sealedActView } from "./sealed-act.ts";
import { lotView } from "./views.ts";

/** The first stage: lots and their threads. Later stages act on them. */
export const transactionStage: Stage = {
  name: "transaction",
  acts: [cancelLotAct],
  reads: transactionReads,
  views: [lotView, sealedActView],
  live: {
    "lot.milestoneReached": ({ data }) => ({ zh: `到达时限：${data.name}`, en: `Limit reached: ${data.name}` }),
    "lot.held": ({ data }) => ({ zh: `暂停：${data.cause}`, en: `On hold: ${data.cause}` }),
    "lot.holdReleased": () => ({ zh: "暂停解除", en: "Hold released" }),
    "lot.failed": ({ data }) => ({ zh: `本次招标失败：${data.cause}`, en: `The lot failed: ${data.cause}` }),
  },
};
