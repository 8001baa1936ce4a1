/** Commands of the system: nobody signs them, and each runs once per command id. */
import { type Instant, instantText } from "../../kernel/index.ts";
import type { Cause } from "../../record/index.ts";
import { transaction } from "../../runtime/database/index.ts";
import type { DecidingLot } from "./act.ts";
import { decidingLot, loadLot, lockLot } from "./deciding.ts";
import type { House } from "./house.ts";

/** A command of the system: a deadline or a reaction. It runs once per command id. */
export async function performAsSystem(
  house: House,
  wish: { lotId: string; commandId: string; now: Instant },
  work: (context: DecidingLot) => Promise<void>,
): Promise<boolean> {
  const done = await transaction(house.pool, async (tx) => {
    await lockLot(tx, wish.lotId, "exclusive");
    const { rowCount } = await tx.query(
      "INSERT INTO record.command (actor, key, body_hash, status, answer) VALUES ('system', $1, ''::bytea, 200, '') ON CONFLICT DO NOTHING",
      [wish.commandId],
    );
    if (rowCount === 0) return false;
    const lot = await loadLot(tx, wish.lotId);
    if (!lot) throw new Error(`there is no lot ${wish.lotId}`);
    const cause: Cause = { at: instantText(wish.now), actor: "system", membership: null, commandId: wish.commandId, act: null };
    await work(decidingLot(house, tx, { lot, now: wish.now, cause }));
    return true;
  });
  house.committed();
  return done;
}
