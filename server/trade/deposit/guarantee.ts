/**
 * Guarantees before the opening are sealed acts, like money: the applicant's copy carries the applicant's
 * tag, the guarantor's copy the guarantor's, and only the two of them can open theirs. So a guarantor
 * learns whom it vouches for, and the platform's tables learn nothing.
 *
 * Law: 招标投标法 第二十二条; 实施条例 第二十六条; CON-032 (the bidder chooses the form).
 */
import { addDays, dayOf, end, next, type PlainDate, type StateOf, states } from "../../kernel/index.ts";
import type { TenderDocument } from "../tendering/index.ts";
import { type ActContext, appendSealed, effectiveAt, type LotThread, type SealedAct } from "../transaction/index.ts";

export const guaranteeStates = states({
  applied: { issue: "issued", refuse: "refused" },
  // Issued again: prolonged, when the deadline was put off.
  issued: { issue: "issued", discharge: "discharged" },
  refused: end,
  discharged: end,
});

export interface Guarantee {
  id: string;
  state: StateOf<typeof guaranteeStates>;
  applicant: string;
  guarantor: string;
  form: string;
  fen: string;
  /** As asked, then as issued. */
  untilOn: PlainDate;
  number: string | null;
  fileSha256: string | null;
  reason: string | null;
  appliedAt: string;
  issuedAt: string | null;
}

const moves = { "gua.issue": "issue", "gua.refuse": "refuse" } as const;

/** The guarantees that a party's own acts tell of, as applicant or as guarantor, in order of application. */
export function guaranteesOf(acts: readonly SealedAct[]): Guarantee[] {
  const all = new Map<string, Guarantee>();
  for (const { arrivedAt, payload } of acts) {
    const { fields } = payload;
    if (payload.act === "gua.apply") {
      const { guaranteeId, applicant, guarantor, form, fen, untilOn } = fields;
      all.set(guaranteeId, {
        id: guaranteeId,
        state: "applied",
        applicant,
        guarantor,
        form,
        fen,
        untilOn,
        number: null,
        fileSha256: null,
        reason: null,
        appliedAt: arrivedAt,
        issuedAt: null,
      });
    }
    const before = all.get(fields.guaranteeId);
    const move = moves[payload.act as keyof typeof moves];
    const state = before && move && next(guaranteeStates, before.state, move);
    if (!before || !state) continue;
    const { number = null, untilOn = before.untilOn, fileSha256 = null, reason = null } = fields;
    all.set(before.id, { ...before, state, number, untilOn, fileSha256, reason, issuedAt: move === "issue" ? arrivedAt : null });
  }
  return [...all.values()];
}

/** The last day of the bid's validity, which a guarantee must reach: 投标有效期从投标截止之日起算. */
export function validityEnd(lot: LotThread, document: Pick<TenderDocument, "bidValidityDays">): PlainDate {
  const deadline = effectiveAt(lot, "bidDeadline");
  if (deadline === undefined) throw new Error(`lot ${lot.id} has no deadline`);
  return addDays(dayOf(deadline), document.bidValidityDays);
}

/** Two sealed acts of one fact: one for the applicant, one for the guarantor. Each shows another tag, and neither shows the lot. */
export async function appendToBoth(
  context: ActContext,
  act: string,
  { applicant, guarantor }: Pick<Guarantee, "applicant" | "guarantor">,
  fields: Record<string, unknown>,
): Promise<void> {
  for (const organisationId of [applicant, guarantor]) {
    await appendSealed({ ...context, actor: { ...context.actor, organisationId } }, act, { ...fields, applicant, guarantor });
  }
}
