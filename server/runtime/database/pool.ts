/**
 * Connections to the database and transactions on them.
 *
 * int8 and numeric stay strings, as PostgreSQL sends them: money and positions become `bigint` where they are used, never
 * `number`. A connection runs one query at a time.
 */
import pg from "pg";

export type Pool = pg.Pool;
/** One connection inside a transaction. */
export type Transaction = pg.PoolClient;
/** Whatever can run a query: the pool, or one connection of it. */
export type Queryable = pg.Pool | pg.PoolClient | pg.Client;

export type PoolWish = {
  readonly url: string;
  readonly max?: number;
  /** Told about idle connections that broke; without it they are only replaced. */
  readonly onError?: (error: Error) => void;
};

/** A pool of connections. `end()` it before the database is closed. */
export function openPool({ url, max = 10, onError = () => undefined }: PoolWish): Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 10_000, application_name: "egret" });
  // Without a handler the loss of a connection would end the process with a stack: of an idle one, and of one that
  // somebody holds between two queries. The next query on it fails, and says so to whoever asked.
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

export type TransactionWish = { readonly isolation?: "read committed" | "repeatable read" | "serializable" };

/** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
export async function transaction<T>(pool: Pool, work: (tx: Transaction) => Promise<T>, wish: TransactionWish = {}): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${(wish.isolation ?? "read committed").toUpperCase()}`);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // A connection that cannot roll back is thrown away with its transaction.
    await client.query("ROLLBACK").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
