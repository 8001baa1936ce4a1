/**
 * Gathers cosignatures under published heads and keeps them. Witnesses are asked side by side; one that
 * is silent does not hold up the others, and is asked again with the next head. The newest head with k
 * cosignatures is what everything that needs witnesses counts on.
 */
import type { Queryable } from "../../record/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import type { Pool } from "../../runtime/database/index.ts";
import type { EvidenceLog } from "../log/evidence-log.ts";
import type { Published } from "../log/publisher.ts";
import { askWitness, countAlarms, type WitnessAddress, type WitnessAnswer } from "./ask-witness.ts";

export interface WitnessState {
  name: string;
  /** The size that it holds as far as we know; 0 for none. */
  size: number;
  /** Its last answer; `refused` is an alarm: the witness may have seen another history. */
  last: WitnessAnswer["how"] | "not asked";
  why: string;
  /** How many heads it has refused as another history and kept, whoever offered them. */
  alarms: number;
}

export interface WitnessedHead {
  size: number;
  /** The note with the log's line and all cosignatures so far. */
  note: string;
  cosigners: string[];
  signedMs: number;
}

export interface WitnessingOptions {
  pool: Pool;
  log: EvidenceLog;
  witnesses: readonly WitnessAddress[];
  /** How many must have signed. */
  k: number;
}

const clockSkewSeconds = 300;

export class Witnessing {
  readonly #options: WitnessingOptions;
  readonly #states: Map<string, WitnessState>;

  constructor(options: WitnessingOptions) {
    this.#options = options;
    this.#states = new Map(options.witnesses.map(({ key: { name } }) => [name, { name, size: 0, last: "not asked", why: "", alarms: 0 }]));
  }

  get states(): readonly Readonly<WitnessState>[] {
    return [...this.#states.values()];
  }

  /** Asks every witness for its line under a head and shows the note with what came. @returns how many signed. */
  async gather(head: Published): Promise<number> {
    const notBefore = await this.#earliestSignature(head);
    const answers = await Promise.all(this.#options.witnesses.map((witness) => this.#ask(witness, head, notBefore)));
    const count = answers.filter(({ how }) => how === "cosigned").length;
    if (count > 0) await this.#show(head);
    return count;
  }

  /** Reads what the witnesses keep of refused heads: a fork that was offered to them, by us or in our name. */
  async readAlarms(): Promise<void> {
    await Promise.all(
      this.#options.witnesses.map(async (witness) => {
        const state = this.#states.get(witness.key.name) as WitnessState;
        state.alarms = (await countAlarms(witness)) ?? state.alarms;
      }),
    );
  }

  /** The newest head with at least k cosignatures. */
  async latest(db: Queryable = this.#options.pool): Promise<WitnessedHead | undefined> {
    return (
      await headsOf(
        db,
        "(SELECT max(size) FROM evidence.checkpoint WHERE size IN (SELECT size FROM evidence.cosignature GROUP BY size HAVING count(*) >= $1))",
        this.#options.k,
      )
    )[0];
  }

  /** A head with at least k cosignatures, or undefined. */
  async headOf(size: number, db: Queryable = this.#options.pool): Promise<WitnessedHead | undefined> {
    const [head] = await headsOf(db, "$1", size);
    return head && head.cosigners.length >= this.#options.k ? head : undefined;
  }

  async #ask(witness: WitnessAddress, head: Published, notBefore: number): Promise<WitnessAnswer> {
    const state = this.#states.get(witness.key.name) as WitnessState;
    let answer = await this.#askFrom(witness, head, state.size);
    // A restarted server does not know what a witness holds; the witness tells, and is asked once more.
    if (answer.how === "elsewhere" && answer.size <= head.size) answer = await this.#askFrom(witness, head, answer.size);
    if (answer.how === "cosigned" && answer.signedAt < notBefore)
      answer = { how: "silent", why: `its clock is behind: it signed at ${answer.signedAt}` };
    if (answer.how === "cosigned") {
      crashPoint("CP10.cosigned");
      await this.#keep(head, witness.key.name, answer);
      state.size = head.size;
    }
    const isAhead = answer.how === "elsewhere" && answer.size > head.size;
    state.last = isAhead ? "refused" : answer.how;
    state.why = isAhead
      ? `it holds a head of ${answer.how === "elsewhere" && answer.size} leaves, we have ${head.size}`
      : "why" in answer
        ? answer.why
        : "";
    return answer;
  }

  /** A verifier refuses a cosignature more than 300 s before the last entry (evidence-v1 §9 step 11): such a line is not kept. */
  async #earliestSignature({ size }: Published): Promise<number> {
    const { rows } = await this.#options.pool.query<{ entry: string }>("SELECT entry FROM evidence.leaf WHERE seq = $1", [size - 1]);
    return rows[0] ? Math.floor(Date.parse(JSON.parse(rows[0].entry).at) / 1000) - clockSkewSeconds : 0;
  }

  async #askFrom(witness: WitnessAddress, { size, note }: Published, old: number): Promise<WitnessAnswer> {
    const proof = old === 0 ? undefined : await this.#options.log.proveConsistency(old, size);
    return askWitness(witness, { old, proof, note });
  }

  async #keep({ size }: Published, name: string, { line, signedAt }: Extract<WitnessAnswer, { how: "cosigned" }>): Promise<void> {
    await this.#options.pool.query(
      `INSERT INTO evidence.cosignature (size, witness, signed_s, line) VALUES ($1, $2, $3, $4)
       ON CONFLICT (size, witness) DO UPDATE SET signed_s = excluded.signed_s, line = excluded.line`,
      [size, name, signedAt, line],
    );
  }

  async #show({ size }: Published): Promise<void> {
    const [head] = await headsOf(this.#options.pool, "$1", size);
    // A newer head may have been published meanwhile: then it is the one to be seen.
    if (head && this.#options.log.state.size <= size) await this.#options.log.tiles.writeCheckpoint(head.note);
  }
}

async function headsOf(db: Queryable, size: string, parameter: number): Promise<WitnessedHead[]> {
  const { rows } = await db.query(
    `SELECT c.size, c.note, c.signed_ms, array_agg(s.witness ORDER BY s.witness) AS cosigners, string_agg(s.line, '' ORDER BY s.witness) AS lines
     FROM evidence.checkpoint c JOIN evidence.cosignature s USING (size) WHERE c.size = ${size} GROUP BY c.size`,
    [parameter],
  );
  return (rows as { size: string; note: string; signed_ms: string; cosigners: string[]; lines: string }[]).map((row) => ({
    size: Number(row.size),
    note: row.note + row.lines,
    cosigners: row.cosigners,
    signedMs: Number(row.signed_ms),
  }));
}
