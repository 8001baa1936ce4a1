/**
 * Opens a transaction with its lots: the thread of the trade begins. Codes are numbers of the
 * national data standard and attributes, never keys. The centre has checked the form of the
 * admission before (catalogue); here nobody judges substance.
 */
import { Type } from "@sinclair/typebox";
import { refuse } from "../../kernel/index.ts";
import { type EventData, foldStream } from "../../record/index.ts";
import { type ActContext, act, type Deciding, type DecidingLot } from "./act.ts";
import { evolveLot, type LotParties } from "./lot.ts";

export interface LotWish {
  title: string;
  estimateFen: string;
  procedureId: string;
  projectId: string;
  parties: LotParties;
  sector: string;
  regionCode: string;
  codes: Record<string, string>;
  round: number;
  predecessor: string | null;
}

/** Called by the catalogue when an admission was checked. @returns the new lot's id. */
export async function openLot(
  context: Pick<ActContext, "append" | "newId" | "platform">,
  transactionId: string,
  wish: LotWish,
): Promise<string> {
  const lotId = context.newId("lot");
  await context.append(lotId, "lot.opened", { transactionId, ...wish, parties: { ...wish.parties } });
  return lotId;
}

/** The thread of a lot for a decision that was not about a lot when it began (the lot is just being opened by it). */
export async function decidingOn(context: Deciding, lotId: string): Promise<DecidingLot> {
  const lot = await foldStream(context.tx, lotId, evolveLot);
  if (!lot) throw new Error(`there is no lot ${lotId}`);
  const onLot = {
    ...context,
    lot,
    procedure: context.platform.procedure(lot.procedureId),
    append: async (stream: string, type: string, data: EventData) => {
      const event = await context.append(stream, type, data);
      if (stream === lotId) onLot.lot = evolveLot(onLot.lot, event);
      return event;
    },
  };
  return onLot;
}

/** Ends a lot before its result: 招标人终止招标的，应当及时发布公告 (招标投标法实施条例 第三十一条). */
export const cancelLotAct = act({
  name: "lot.cancel",
  title: { zh: "终止招标", en: "Cancel the tender" },
  who: ["buyer"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-080"],
  data: Type.Object({ cause: Type.String({ minLength: 4, maxLength: 500, title: "终止原因" }) }, { additionalProperties: false }),
  async decide(context, { cause }) {
    if (!["planned", "running"].includes(context.lot.state)) {
      return refuse("lot.closed", {
        message: "标段已经结束，不能再终止。",
        messageEn: "The lot has ended already.",
        data: { state: context.lot.state },
      });
    }
    await context.append(context.lot.id, "lot.cancelled", { cause });
    return {};
  },
});
