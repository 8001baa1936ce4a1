/** Where the issuer keeps codes, grants and sessions: one table, machine time, nothing readable after its end. */
import type { Adapter, AdapterPayload } from "oidc-provider";
import type { Pool } from "../../runtime/database/index.ts";

export class IssuerStore implements Adapter {
  readonly #pool: Pool;
  readonly #now: () => number;
  readonly #model: string;

  constructor(pool: Pool, now: () => number, model: string) {
    this.#pool = pool;
    this.#now = now;
    this.#model = model;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const ends = expiresIn ? this.#now() + expiresIn * 1000 : null;
    await this.#pool.query(
      `INSERT INTO identity.issuer (model, id, payload, grant_id, uid, account, ends_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (model, id) DO UPDATE SET payload = $3, grant_id = $4, uid = $5, account = $6, ends_ms = $7`,
      [this.#model, id, JSON.stringify(payload), payload.grantId ?? null, payload.uid ?? null, payload.accountId ?? null, ends],
    );
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.#one("id = $2", id);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#one("uid = $2", uid);
  }

  /** No device flow: there are no user codes. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    await this.#pool.query(
      "UPDATE identity.issuer SET payload = payload || jsonb_build_object('consumed', $3::bigint) WHERE model = $1 AND id = $2",
      [this.#model, id, Math.floor(this.#now() / 1000)],
    );
  }

  async destroy(id: string): Promise<void> {
    await this.#pool.query("DELETE FROM identity.issuer WHERE model = $1 AND id = $2", [this.#model, id]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#pool.query("DELETE FROM identity.issuer WHERE grant_id = $1", [grantId]);
  }

  async #one(where: string, value: string): Promise<AdapterPayload | undefined> {
    const { rows } = await this.#pool.query<{ payload: AdapterPayload }>(
      `SELECT payload FROM identity.issuer WHERE model = $1 AND ${where} AND (ends_ms IS NULL OR ends_ms > $3)`,
      [this.#model, value, this.#now()],
    );
    return rows[0]?.payload;
  }
}
