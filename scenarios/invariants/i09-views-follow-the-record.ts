/** I09: views = fold(record). Each is rebuilt inside a transaction that is rolled back, and compared. */
import type { Finding, Scanned } from "./finding.ts";

export async function scan({ pool, views }: Scanned): Promise<Finding[]> {
  const found: Finding[] = [];
  const client = await pool.connect();
  try {
    for (const { name } of views.all) {
      await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
      const standing = await views.fingerprint(client, name);
      await views.rebuild(client, name);
      const rebuilt = await views.fingerprint(client, name);
      await client.query("ROLLBACK");
      for (const [table, print] of Object.entries(standing))
        if (print !== rebuilt[table]) found.push({ invariant: "I09", where: table, words: `the view ${name} is not what the record says` });
    }
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
  return found;
}
