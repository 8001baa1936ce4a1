/** I07: every event is a lawful edge of its states table; the versions of each stream are dense. */
import { type CommandOf, next } from "../../server/kernel/index.ts";
import type { PlacedEvent } from "../../server/record/index.ts";
import { archiveOf } from "../../server/trade/archive/index.ts";
import { awardOf } from "../../server/trade/award/index.ts";
import { ceremonyOf } from "../../server/trade/ceremony/index.ts";
import { committeeOf } from "../../server/trade/committee/index.ts";
import { contractOf } from "../../server/trade/contract/index.ts";
import { lotDepositsOf } from "../../server/trade/deposit/index.ts";
import { drawsOf } from "../../server/trade/draw/index.ts";
import { evaluationOf } from "../../server/trade/evaluation/index.ts";
import { openingOf } from "../../server/trade/opening/index.ts";
import { remediesOf } from "../../server/trade/remedy/index.ts";
import { documentOf, noticeOf } from "../../server/trade/tendering/index.ts";
import { evolveLot, type LotThread, loadLot, lotStates } from "../../server/trade/transaction/index.ts";
import { byStream, type Finding, type Scanned } from "./finding.ts";

export async function scan(scanned: Scanned): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [stream, events] of byStream(scanned.events)) {
    const gap = events.findIndex(({ version }, i) => version !== i + 1);
    if (gap !== -1) found.push({ invariant: "I07", where: stream, words: `version ${gap + 1} is missing or stands twice` });
    if (stream.startsWith("lot_")) found.push(...lotMoves(stream, events), ...(await otherMoves(scanned, stream)));
  }
  return found;
}

const lotCommands: Readonly<Record<string, CommandOf<typeof lotStates>>> = {
  "lot.runStarted": "startRun",
  "lot.stepDone": "completeStep",
  "lot.milestoneSet": "setMilestone",
  "lot.milestoneReached": "reachMilestone",
  "lot.held": "hold",
  "lot.holdReleased": "releaseHold",
  "lot.lawBound": "bindLaw",
  "lot.failed": "fail",
  "lot.cancelled": "cancel",
  "lot.completed": "complete",
};

function lotMoves(stream: string, events: readonly PlacedEvent[]): Finding[] {
  const found: Finding[] = [];
  let lot: LotThread | undefined;
  for (const event of events) {
    const command = lotCommands[event.type];
    if (command && (lot === undefined || next(lotStates, lot.state, command) === undefined))
      found.push({
        invariant: "I07",
        where: `${stream}@${event.version}`,
        words: `${event.type}: a lot that is ${lot?.state ?? "not opened"} cannot ${command}`,
      });
    if (event.type === "lot.opened" ? lot !== undefined : lot === undefined)
      return [...found, { invariant: "I07", where: stream, words: `${event.type} stands in the wrong place` }];
    lot = evolveLot(lot, event);
  }
  return found;
}

/** Every other noun refuses to fold over a move that its table does not have. */
async function otherMoves({ pool }: Scanned, lotId: string): Promise<Finding[]> {
  const lot = await loadLot(pool, lotId);
  const folds: Record<string, () => Promise<unknown>> = {
    archive: () => archiveOf(pool, lotId),
    award: () => awardOf(pool, lotId),
    ceremony: () => ceremonyOf(pool, lotId),
    committee: () => committeeOf(pool, lotId),
    contract: () => contractOf(pool, lotId),
    deposits: () => lotDepositsOf(pool, lotId),
    document: () => documentOf(pool, lotId),
    draws: () => drawsOf(pool, lotId),
    evaluation: async () => lot && evaluationOf(pool, lot),
    notice: () => noticeOf(pool, lotId),
    opening: () => openingOf(pool, lotId),
    remedies: () => remediesOf(pool, lotId),
  };
  const found: Finding[] = [];
  for (const [noun, fold] of Object.entries(folds)) {
    await fold().catch((error: Error) =>
      found.push({ invariant: "I07", where: lotId, words: `the ${noun} does not fold: ${error.message}` }),
    );
  }
  return found;
}
