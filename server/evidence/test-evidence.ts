/** Test fixture: a database with a record, and an evidence log over it in folders of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../kernel/index.ts";
import { append, type Cause, type EventData, type NewEvent, Numberer, Views } from "../record/index.ts";
import { transaction } from "../runtime/database/index.ts";
import type { TestDatabase } from "../runtime/database/test-database.ts";
import { EvidenceLog, LogKeys, type Published } from "./index.ts";

const origin = "log.example/test";

export class TestEvidence {
  readonly database: TestDatabase;
  readonly numberer: Numberer;
  readonly home: string;
  readonly clock = { now: Date.parse("2026-11-23T01:47:00.000Z") };
  readonly #random = seededRandom("evidence");
  #count = 0;

  constructor(database: TestDatabase, { isPaced = false } = {}) {
    this.database = database;
    this.home = mkdtempSync(join(tmpdir(), "egret-evidence-"));
    this.numberer = new Numberer({ pool: database.pool, now: () => this.clock.now, isPaced });
  }

  keys(): Promise<LogKeys> {
    return LogKeys.open(join(this.home, "keys"), origin, this.#random);
  }

  async open(
    onPublished?: (published: Published) => Promise<void>,
    onFault: (error: unknown) => void = () => undefined,
  ): Promise<EvidenceLog> {
    const clock = { now: () => this.clock.now };
    const options = {
      pool: this.database.pool,
      numberer: this.numberer,
      keys: await this.keys(),
      folder: join(this.home, "log"),
      clock,
      random: this.#random,
    };
    return new EvidenceLog({ ...options, batchMs: 20, onFault, ...(onPublished && { onPublished }) });
  }

  /** Appends and numbers events of made-up lots, each third one sealed as the record seals it. */
  async act(count: number): Promise<void> {
    const cause: Cause = { at: "2026-11-23T01:47:00.000Z", actor: "per_1", membership: null, commandId: "cmd_1", act: null };
    const events: NewEvent[] = Array.from({ length: count }, () => {
      const n = this.#count++;
      const data = { n };
      return n % 3 === 2
        ? { stream: `b/${n.toString(16).padStart(32, "0")}`, type: "sealed.event", data }
        : { stream: `lot_${n % 5}`, type: "tst.done", data };
    });
    await transaction(this.database.pool, (tx) =>
      append(tx, events, { cause, random: (bytes) => this.#random.bytes(bytes), views: new Views([]) }),
    );
    this.clock.now += 1000;
    await this.numberer.settle();
  }

  /** Appends one event; it is numbered when the numberer comes by. */
  async append(stream: string, type: string, data: EventData): Promise<void> {
    const cause: Cause = { at: new Date(this.clock.now).toISOString(), actor: "sealed", membership: null, commandId: stream, act: null };
    await transaction(this.database.pool, (tx) =>
      append(tx, [{ stream, type, data }], { cause, random: (bytes) => this.#random.bytes(bytes), views: new Views([]) }),
    );
  }

  /** Lets a superuser at the database: triggers off. */
  async tamper(sql: string): Promise<void> {
    await transaction(this.database.pool, async (tx) => {
      await tx.query("SET LOCAL session_replication_role = replica");
      await tx.query(sql);
    });
  }

  async close(): Promise<void> {
    await this.numberer.stop();
    await this.database.drop();
    rmSync(this.home, { recursive: true });
  }
}
