/** What the deposit stage does by itself when money moves or a lot ends. */
import { parseInstant } from "../../kernel/index.ts";
import { type DecidingLot, effectiveAt, type Reaction, streamOf } from "../transaction/index.ts";
import { judgeMoney } from "./judge-deposits.ts";
import { lotDepositsOf } from "./lot-deposits.ts";
import { dueDay, finishReleases, refundAccount, releaseDue } from "./release.ts";
import { lotOfAccount } from "./views.ts";

/** A receipt that arrives after the opening: late money goes back; money with an early value date counts after all. */
const afterOpening: Reaction = {
  name: "deposit.receipt-after-opening",
  on: ["dep.received"],
  lotOf: (event, tx) => lotOfAccount(tx, event.data.account),
  async react(context, { data }) {
    const { account, valueAt } = data;
    const deposit = [...(await lotDepositsOf(context.tx, context.lot.id)).values()].find((candidate) => candidate.account === account);
    if (!deposit) return;
    const isLate = parseInstant(valueAt) > (effectiveAt(context.lot, "bidDeadline") as number);
    if (isLate || deposit.state === "releasing" || deposit.state === "released")
      return void (await refundAccount(context, account, { cause: "late", dueOn: dueDay(context, "late") }));
    await judgeAgain(context, deposit.organisation);
  },
};

async function judgeAgain(context: DecidingLot, organisation: string): Promise<void> {
  const deposit = (await lotDepositsOf(context.tx, context.lot.id)).get(organisation);
  if (!deposit?.account || deposit.inTime) return;
  const { paidFen, decisions } = await judgeMoney(context, deposit.account, organisation);
  if (paidFen < BigInt(deposit.requiredFen)) return;
  const { partyId, requiredFen, guarantee } = deposit;
  await context.append(streamOf("dep", context.lot.id), "dep.judged", {
    lotId: context.lot.id,
    organisation,
    partyId,
    form: "transfer",
    requiredFen,
    paidFen: paidFen.toString(),
    inTime: true,
    account: deposit.account,
    guarantee: guarantee && { ...guarantee },
    decisions,
  });
}

const refunded: Reaction = {
  name: "deposit.refunded",
  on: ["dep.refunded"],
  lotOf: (event, tx) => lotOfAccount(tx, event.data.account),
  react: (context) => finishReleases(context),
};

/** 招标失败或者终止的，退还投标保证金 (实施条例 第三十一条; CON-080). */
const lotEnded: Reaction = {
  name: "deposit.lot-ended",
  on: ["lot.failed", "lot.cancelled"],
  lotOf: async (event) => event.stream,
  async react(context, { type }) {
    await releaseDue(context, { organisations: "all", cause: type === "lot.failed" ? "failed" : "cancelled" });
  },
};

export const depositReactions: readonly Reaction[] = [afterOpening, refunded, lotEnded];
