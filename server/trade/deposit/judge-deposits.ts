/**
 * At the opening the sealed acts can be read, so accounts and guarantees are joined to their lot and
 * judged by value date: 招标文件要求提交投标保证金的，应当在投标截止时间前到账. Sealing a bid was never
 * refused for a missing deposit, and neither is opening it; the committee is told.
 */
import type { Json } from "../../../formats/jcs.ts";
import { getOrganisation, type Organisation } from "../../identity/index.ts";
import { apply, parseInstant } from "../../kernel/index.ts";
import { getDocument, type TenderDocument } from "../tendering/index.ts";
import { type DecidingLot, effectiveAt, openSealedActs, type SealedAct, streamOf } from "../transaction/index.ts";
import { findAccount, heldReceipts, payerDigest, type Receipt } from "./account.ts";
import { type Guarantee, guaranteesOf, validityEnd } from "./guarantee.ts";
import { lotDepositsOf } from "./lot-deposits.ts";
import { paidFromBasicAccount } from "./rules/basic-account.ts";
import { guaranteeOutlastsBid } from "./rules/guarantee-validity.ts";

/** What the opening reads out of one party's deposit. */
export interface DepositAtOpening {
  form: "transfer" | "guarantee" | "none";
  paidFen: string;
  inTime: boolean;
  /** Account or number of the guarantee. */
  ref: string | null;
}

/**
 * Judges and records the deposits of all parties that opened an account or applied for a guarantee.
 * Called by the opening, once the header secret is out; a second call records nothing new.
 * @returns by organisation; empty where the lot asks for no deposit.
 */
export async function depositsOf(context: DecidingLot, headerSecret: Uint8Array): Promise<ReadonlyMap<string, DepositAtOpening>> {
  const document = await getDocument(context.tx, context.lot.id, context.lot.run);
  if (document.depositFen === "0") return new Map();
  const known = await lotDepositsOf(context.tx, context.lot.id);
  if (known.size === 0) {
    for (const [organisation, acts] of byOrganisation(await openSealedActs(context, headerSecret)))
      await judgeParty(context, { organisation, acts, document });
  }
  const judged = await lotDepositsOf(context.tx, context.lot.id);
  return new Map(
    [...judged.values()].map(({ organisation, form, paidFen, inTime, account, guarantee }) => [
      organisation,
      { form, paidFen, inTime, ref: form === "guarantee" ? (guarantee?.number ?? null) : account },
    ]),
  );
}

function byOrganisation(acts: readonly SealedAct[]): Map<string, SealedAct[]> {
  const parties = new Map<string, SealedAct[]>();
  for (const act of acts) {
    if (!act.payload.act.startsWith("dep.") && !act.payload.act.startsWith("gua.")) continue;
    const { organisation } = act.payload;
    parties.set(organisation, [...(parties.get(organisation) ?? []), act]);
  }
  return parties;
}

interface Party {
  organisation: string;
  acts: readonly SealedAct[];
  document: TenderDocument;
}

async function judgeParty(context: DecidingLot, { organisation, acts, document }: Party): Promise<void> {
  const account = acts.find(({ payload }) => payload.act === "dep.open")?.payload.fields.account ?? null;
  const partyId = acts[0]?.payload.partyId ?? "";
  const money = account ? await judgeMoney(context, account, organisation) : { paidFen: 0n, decisions: [] };
  const vouched = judgeGuarantee(
    context,
    guaranteesOf(acts).filter((guarantee) => guarantee.applicant === organisation),
    document,
  );
  const isPaid = money.paidFen >= BigInt(document.depositFen);
  const form = isPaid ? "transfer" : vouched.guarantee ? "guarantee" : money.paidFen > 0n ? "transfer" : "none";
  const { guarantee } = vouched;
  await context.append(streamOf("dep", context.lot.id), "dep.judged", {
    lotId: context.lot.id,
    organisation,
    partyId,
    form,
    requiredFen: document.depositFen,
    paidFen: (form === "guarantee" ? BigInt(guarantee?.fen ?? "0") : money.paidFen).toString(),
    inTime: isPaid || vouched.holds,
    account,
    guarantee: guarantee && {
      id: guarantee.id,
      guarantor: guarantee.guarantor,
      number: guarantee.number ?? "",
      fen: guarantee.fen,
      untilOn: guarantee.untilOn,
    },
    decisions: [...money.decisions, ...vouched.decisions],
  });
}

/** The sum of receipts in time and from the basic account (CON-028), and what was found of each. */
export async function judgeMoney(
  context: DecidingLot,
  account: string,
  organisation: string,
): Promise<{ paidFen: bigint; decisions: Json[] }> {
  const deadline = effectiveAt(context.lot, "bidDeadline") as number;
  const known = await findAccount(context.tx, account);
  const firm = await getOrganisation(context.tx, organisation);
  let paidFen = 0n;
  const decisions: Json[] = [];
  for (const receipt of known ? heldReceipts(known) : []) {
    // 到账时间以入账日期为准; arrival at the very deadline is in time.
    const isInTime = parseInstant(receipt.valueAt) <= deadline;
    const facts = { payerAccountKind: receipt.payerAccountKind, isOwnAccount: isOwn(receipt, firm) };
    const judged = apply(paidFromBasicAccount, facts, { ruleSet: context.law, calendar: context.calendar });
    if (isInTime && !judged?.refusal) paidFen += receipt.amountFen;
    decisions.push({ bankRef: receipt.bankRef, isInTime, rule: "CON-028", verdict: judged?.decision.verdict ?? "passed" });
  }
  return { paidFen, decisions };
}

/** Without a registered basic account the bank's word on the kind of account has to do. */
function isOwn({ payerDigest: digest }: Receipt, { name, profile }: Organisation): boolean {
  const number = profile.basicAccount?.number;
  return number === undefined || digest === payerDigest(name, number);
}

/** The best issued guarantee: one that outlasts the bid, else any that was issued (and does not count). */
function judgeGuarantee(context: DecidingLot, guarantees: readonly Guarantee[], document: TenderDocument) {
  const issued = guarantees.filter(({ state }) => state === "issued");
  const requiredOn = validityEnd(context.lot, document);
  const judged = issued.map((guarantee) => ({
    guarantee,
    result: apply(guaranteeOutlastsBid, { untilOn: guarantee.untilOn, requiredOn }, { ruleSet: context.law, calendar: context.calendar }),
  }));
  const good = judged.find(({ guarantee, result }) => !result?.refusal && BigInt(guarantee.fen) >= BigInt(document.depositFen));
  const chosen = good ?? judged[0];
  const decisions: Json[] = judged.map(({ guarantee, result }) => ({
    guarantee: guarantee.id,
    rule: "CON-023",
    verdict: result?.decision.verdict ?? "passed",
  }));
  return { guarantee: chosen?.guarantee ?? null, holds: good !== undefined, decisions };
}
