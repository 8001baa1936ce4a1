/**
 * A command of the system that is about no lot: what an outside system reports (a receipt at the bank)
 * before anybody may know which lot it belongs to. It runs once per command id.
 */
import { type Instant, instantText } from "../../kernel/index.ts";
import type { Cause } from "../../record/index.ts";
import { type Pool, transaction } from "../../runtime/database/index.ts";
import type { Deciding } from "./act.ts";
import { deciding } from "./deciding.ts";
import type { House } from "./house.ts";

/** @returns false when the same command was done before. */
export async function performOutside(
  house: House,
  wish: { commandId: string; now: Instant },
  work: (context: Deciding) => Promise<void>,
): Promise<boolean> {
  const done = await transaction(house.pool as Pool, async (tx) => {
    await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 2))", [wish.commandId]);
    const { rowCount } = await tx.query(
      "INSERT INTO record.command (actor, key, body_hash, status, answer) VALUES ('system', $1, ''::bytea, 200, '') ON CONFLICT DO NOTHING",
      [wish.commandId],
    );
    if (rowCount === 0) return false;
    const cause: Cause = { at: instantText(wish.now), actor: "system", membership: null, commandId: wish.commandId, act: null };
    await work(deciding(house, tx, { now: wish.now, cause }));
    return true;
  });
  house.committed();
  return done;
}
