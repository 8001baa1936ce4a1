/**
 * Founding: a new platform knows nobody, so its first registrar is written by the system itself,
 * once, with the key that the operator hands in. Everybody else is enrolled by signed acts.
 */
import { type Enrolment, enrol, foundTrustList, type TrustRow } from "../identity/index.ts";
import { type Instant, instantText } from "../kernel/index.ts";
import { transaction } from "../runtime/database/index.ts";
import { deciding } from "../trade/transaction/index.ts";
import type { TradingHouse } from "./house.ts";

/** Does nothing when somebody is enrolled already. */
export async function found(house: TradingHouse, founder: Enrolment, now: Instant, trust: readonly TrustRow[] = []): Promise<boolean> {
  const founded = await transaction(house.pool, async (tx) => {
    await tx.query("SELECT pg_advisory_xact_lock(7271002)");
    const { rows } = await tx.query("SELECT 1 FROM identity.organisation LIMIT 1");
    if (rows.length > 0) return false;
    const cause = { at: instantText(now), actor: "system", membership: null, commandId: "founding", act: null };
    const context = deciding(house.parts, tx, { now, cause });
    if (trust.length > 0) await foundTrustList(context, trust);
    // The founder's own certificate is judged at the founder's first act, when the list stands.
    await enrol({ ...context, certificates: undefined }, founder);
    return true;
  });
  house.parts.committed();
  return founded;
}
