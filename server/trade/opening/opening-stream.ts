/** Finding and moving the opening of a lot. */
import { type Refusal, refuse } from "../../kernel/index.ts";
import { foldStream, type Queryable } from "../../record/index.ts";
import { type DecidingLot, streamOf } from "../transaction/index.ts";
import { evolveOpening, mayMove, type Opening, type OpeningCommand } from "./opening.ts";

export function openingStream(lotId: string): string {
  return streamOf("opn", lotId);
}

/** The opening of a lot; undefined before its deadline. */
export async function openingOf(db: Queryable, lotId: string): Promise<Opening | undefined> {
  return foldStream(db, openingStream(lotId), evolveOpening);
}

/** @throws when there is none: reactions to its own events cannot miss it. */
export async function getOpening({ tx, lot }: Pick<DecidingLot, "tx" | "lot">): Promise<Opening> {
  const opening = await openingOf(tx, lot.id);
  if (!opening) throw new Error(`lot ${lot.id} has no opening`);
  return opening;
}

/** The opening if the command is a move of its state, else the refusal. */
export async function openingFor(context: Pick<DecidingLot, "tx" | "lot">, command: OpeningCommand): Promise<Opening | Refusal> {
  const opening = await openingOf(context.tx, context.lot.id);
  return opening && mayMove(opening, command) ? opening : notNow(opening, command);
}

export function notNow(opening: Opening | undefined, command: string): Refusal {
  return refuse("act.not-possible-now", {
    message: opening ? `开标处于“${stateWords[opening.state]}”，现在不能这样做。` : "还没有开标。",
    messageEn: opening ? `The opening is ${opening.state}; this is not possible now.` : "The opening has not begun.",
    data: { state: opening?.state ?? null, command },
    whatToDo: "请查看开标大厅的当前步骤。",
  });
}

export const stateWords: Readonly<Record<Opening["state"], string>> = {
  decrypting: "解密",
  paused: "暂停",
  judging: "认定未解密原因",
  unsealing: "成员解封",
  reading: "读取标书",
  unsealed: "待唱标",
  confirming: "确认",
  failed: "开标失败",
  closed: "结束",
};
