/** The opening as the house joins it. */
import { keeps } from "../../kernel/index.ts";
import type { Stage } from "../transaction/index.ts";
import { attend } from "./attend.ts";
import { beginOpening } from "./begin-opening.ts";
import { closeOpening } from "./close-opening.ts";
import { answerObjection, confirmOpening } from "./confirm-opening.ts";
import { deliverKey } from "./deliver-key.ts";
import { extendOpening, pauseOpening, resumeOpening } from "./extend-opening.ts";
import { endWindow, freezeAfterDraw } from "./freeze-keys.ts";
import { gatherReceipts } from "./gather-receipts.ts";
import { judgeMissing } from "./judge-missing.ts";
import { liveWords } from "./live-words.ts";
import { openingNextSteps } from "./next-steps.ts";
import type { OpeningPorts } from "./ports.ts";
import { postPartial } from "./post-partial.ts";
import { readOut } from "./read-out.ts";
import { openingReads } from "./reads.ts";
import { unsealBids } from "./unseal-bids.ts";

keeps({
  ruleId: "CON-043",
  at: "server/trade/opening/begin-opening.ts",
  how: "The opening begins in the transaction that records the deadline, at its instant.",
  test: "server/trade/opening/opening.test.ts",
});

export function openingStage(ports: OpeningPorts = {}): Stage {
  return {
    name: "opening",
    acts: [
      attend,
      deliverKey,
      judgeMissing(ports),
      extendOpening,
      pauseOpening,
      resumeOpening,
      postPartial,
      readOut,
      confirmOpening,
      answerObjection,
      closeOpening,
    ],
    reads: openingReads(ports),
    views: [],
    onMilestone: {
      bidDeadline: (context) => beginOpening(context, ports),
      decryptionEnd: (context) => endWindow(context, ports),
    },
    reactions: [gatherReceipts, unsealBids, freezeAfterDraw(ports)],
    nextSteps: openingNextSteps,
    live: liveWords,
  };
}
