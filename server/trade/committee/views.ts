/** Which need of the pool belongs to which lot: the pool names needs only. */
import type { Queryable, View } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";

export const committeeView: View = {
  name: "committee.need",
  tables: ["committee.need"],
  on: {
    "cmt.requested": async (tx, { stream, data }) => {
      await tx.query("INSERT INTO committee.need (need_id, lot_id, stream) VALUES ($1, $2, $3)", [data.needId, data.lotId, stream]);
    },
  },
};

export async function findNeed(db: Queryable, needId: string): Promise<{ lotId: string; stream: string } | undefined> {
  const { rows } = await (db as Transaction).query<{ lot_id: string; stream: string }>(
    "SELECT lot_id, stream FROM committee.need WHERE need_id = $1",
    [needId],
  );
  return rows[0] && { lotId: rows[0].lot_id, stream: rows[0].stream };
}
