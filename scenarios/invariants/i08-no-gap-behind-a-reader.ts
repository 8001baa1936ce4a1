/**
 * I08: whoever has seen position p never later finds an event at or below p. After the fact this is: positions
 * are dense, their times never fall, the chain holds, and nothing committed is left without a number. The
 * race itself is run by the adversarial bench (`bench/record-adversary.ts`).
 */
import { checkRecord } from "../../server/record/index.ts";
import type { Finding, Scanned } from "./finding.ts";

export async function scan({ pool, events }: Scanned): Promise<Finding[]> {
  const find = (where: string, words: string): Finding => ({ invariant: "I08", where, words });
  const found: Finding[] = [];
  const { fault } = await checkRecord(pool);
  if (fault) found.push(find(`position ${fault.position}`, fault.reason));
  for (const [i, { position, loggedAtMs }] of events.entries()) {
    if (position !== i) found.push(find(`position ${position}`, `stands where ${i} should`));
    if (loggedAtMs < (events[i - 1]?.loggedAtMs ?? 0)) found.push(find(`position ${position}`, "was logged before its predecessor"));
  }
  const { rows } = await pool.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM record.event e WHERE NOT EXISTS (SELECT 1 FROM record.position p WHERE p.event_id = e.id)",
  );
  if (rows[0]?.count) found.push(find("record.event", `${rows[0].count} committed events have no position`));
  return found;
}
