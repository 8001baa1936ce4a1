/** Nonces that are good once, for one purpose, for a short time on machine time. Taking one removes it, good or not. */
import { hex } from "../../../formats/bytes.ts";
import type { Random } from "../../kernel/index.ts";
import type { Pool, Queryable } from "../../runtime/database/index.ts";

export interface ChallengeWish {
  purpose: string;
  data: Record<string, unknown>;
  machineNow: number;
  lifeMs: number;
  random: Random;
}

export async function giveChallenge(
  db: Queryable,
  { purpose, data, machineNow, lifeMs, random }: ChallengeWish,
): Promise<{ id: string; endsMs: number }> {
  const id = hex(random.bytes(32));
  const endsMs = machineNow + lifeMs;
  await (db as Pool).query("DELETE FROM identity.challenge WHERE ends_ms < $1", [machineNow - 3_600_000]);
  await (db as Pool).query("INSERT INTO identity.challenge (id, purpose, data, ends_ms) VALUES ($1, $2, $3, $4)", [
    id,
    purpose,
    JSON.stringify(data),
    endsMs,
  ]);
  return { id, endsMs };
}

/** The data of a challenge, once; undefined when it is unknown, taken, over, or of another purpose. */
export async function takeChallenge<Data>(
  db: Queryable,
  wish: { id: string; purpose: string; machineNow: number },
): Promise<(Data & { endsMs: number }) | undefined> {
  const { rows } = await (db as Pool).query<{ purpose: string; data: Data; ends_ms: string }>(
    "DELETE FROM identity.challenge WHERE id = $1 RETURNING purpose, data, ends_ms",
    [wish.id],
  );
  const row = rows[0];
  if (!row || row.purpose !== wish.purpose || Number(row.ends_ms) < wish.machineNow) return undefined;
  return { ...row.data, endsMs: Number(row.ends_ms) };
}
