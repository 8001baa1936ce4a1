/**
 * What must go back, and by when: refunds become due on the accounts, guarantees on the lot. Later
 * stages call `releaseDue` when a fact releases deposits (contract signed, bid withdrawn, lot failed).
 *
 * Law: 实施条例 第三十一条 (CON-080), 第三十五条 (CON-029), 第五十七条 (CON-030): five days, with interest.
 */
import { dutyDue, next } from "../../kernel/index.ts";
import { completeStep, type Deciding, type DecidingLot, stepStatus, streamOf } from "../transaction/index.ts";
import { accountStream, findAccount, heldReceipts, lockAccount } from "./account.ts";
import { depositStates, type LotDeposit, lotDepositsOf } from "./lot-deposits.ts";

export type ReleaseCause = "contractSigned" | "notAwarded" | "withdrawn" | "failed" | "cancelled" | "late" | "notCounted";

const limits: Partial<Record<ReleaseCause, string>> = { withdrawn: "CON-029" };

export interface ReleaseWish {
  /** `all` that are held or lapsed, or those named. */
  organisations: readonly string[] | "all";
  cause: ReleaseCause;
}

/** Orders the release of what these organisations had put up. Does nothing for those without any, or forfeited. @returns how many. */
export async function releaseDue(context: DecidingLot, { organisations, cause }: ReleaseWish): Promise<number> {
  const deposits = await lotDepositsOf(context.tx, context.lot.id);
  const wanted = [...deposits.values()].filter(
    ({ organisation, state }) =>
      state !== "releasing" && state !== "released" && (organisations === "all" || organisations.includes(organisation)),
  );
  let released = 0;
  for (const deposit of wanted) {
    if (next(depositStates, deposit.state, "release") === undefined) continue;
    await releaseOne(context, deposit, cause);
    released += 1;
  }
  if (released > 0) await finishReleases(context);
  return released;
}

async function releaseOne(context: DecidingLot, deposit: LotDeposit, cause: ReleaseCause): Promise<void> {
  const dueOn = dueDay(context, cause);
  await context.append(streamOf("dep", context.lot.id), "dep.releaseAsked", {
    lotId: context.lot.id,
    organisation: deposit.organisation,
    cause,
    dueOn,
    guarantor: deposit.guarantee?.guarantor ?? null,
  });
  if (deposit.account) await refundAccount(context, deposit.account, { cause, dueOn });
}

export function dueDay(context: Pick<Deciding, "law" | "calendar" | "now">, cause: ReleaseCause): string {
  return dutyDue(context.law.rule(limits[cause] ?? "CON-030"), context.now, context.calendar).on;
}

/** One refund for each receipt that is still held: the bank gives each back to its payer. */
export async function refundAccount(
  context: Pick<Deciding, "tx" | "newSealedId" | "append">,
  account: string,
  { cause, dueOn }: { cause: ReleaseCause; dueOn: string },
): Promise<number> {
  await lockAccount(context.tx, account);
  const known = await findAccount(context.tx, account);
  const receipts = known ? heldReceipts(known) : [];
  for (const { bankRef, amountFen } of receipts) {
    await context.append(accountStream(account), "dep.releaseDue", {
      account,
      orderId: context.newSealedId("dep"),
      bankRef,
      principalFen: amountFen.toString(),
      cause,
      dueOn,
    });
  }
  return receipts.length;
}

/** Marks what is wholly back, and ends the duty when nothing is left. */
export async function finishReleases(context: DecidingLot): Promise<void> {
  for (const deposit of (await lotDepositsOf(context.tx, context.lot.id)).values()) {
    if (deposit.state !== "releasing" || !(await isBack(context, deposit))) continue;
    await context.append(streamOf("dep", context.lot.id), "dep.released", { lotId: context.lot.id, organisation: deposit.organisation });
  }
  const after = [...(await lotDepositsOf(context.tx, context.lot.id)).values()];
  const isDone = after.length > 0 && after.every(({ state }) => state === "released" || state === "forfeited");
  const status = stepStatus(context.lot, context.procedure, "deposit.release");
  if (isDone && context.lot.state === "running" && (status === "open" || status === "waiting"))
    await completeStep(context, "deposit.release", "released", streamOf("dep", context.lot.id));
}

async function isBack(context: DecidingLot, { account, guarantee }: LotDeposit): Promise<boolean> {
  if (guarantee && !guarantee.discharged) return false;
  const known = account ? await findAccount(context.tx, account) : undefined;
  return !known || (heldReceipts(known).length === 0 && known.refunds.every(({ state }) => state === "refunded"));
}
