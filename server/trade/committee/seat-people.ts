/**
 * Who sits where. It lies beside the record, never in it: an event of a seat carries a salted digest, and the
 * salt with what it opens lies here, so that it can be proved later who willed what, and erased when it must be
 * (CON-055; decisions §5). Rosters of the pool lie here as well.
 */
import { hex } from "../../../formats/bytes.ts";
import type { RosterRow } from "../../../formats/exchange/index.ts";
import { jcs, sha256 } from "../../../formats/jcs.ts";
import type { Queryable } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";
import type { DecidingLot } from "../transaction/index.ts";
import type { CandidateList } from "./ports.ts";

export interface SeatPerson {
  seat: number;
  personId: string;
  organisationId: string;
}

/** Keeps what a seat's event must not say. @returns the digest that the event carries. */
export async function veil(context: DecidingLot, content: Record<string, string | number | boolean | null>): Promise<string> {
  const salt = context.random.bytes(32);
  const whole = { ...content, commandId: context.cause.commandId, act: context.cause.act };
  const digest = hex(sha256(salt, jcs(whole)));
  await context.tx.query("INSERT INTO committee.veiled (digest, salt, content) VALUES ($1, $2, $3)", [digest, Buffer.from(salt), whole]);
  return digest;
}

export async function seatPerson(tx: Transaction, stream: string, { seat, personId, organisationId }: SeatPerson): Promise<void> {
  await tx.query("INSERT INTO committee.seat_person (stream, seat, person_id, organisation_id) VALUES ($1, $2, $3, $4)", [
    stream,
    seat,
    personId,
    organisationId,
  ]);
}

export async function peopleIn(db: Queryable, stream: string): Promise<Map<number, SeatPerson>> {
  const { rows } = await (db as Transaction).query<{ seat: number; person_id: string; organisation_id: string }>(
    "SELECT seat, person_id, organisation_id FROM committee.seat_person WHERE stream = $1",
    [stream],
  );
  return new Map(rows.map((row) => [row.seat, { seat: row.seat, personId: row.person_id, organisationId: row.organisation_id }]));
}

/** Keeps the roster of a need; a later version of the list takes its place. */
export async function keepRoster(tx: Transaction, list: CandidateList): Promise<void> {
  await tx.query("DELETE FROM committee.candidate WHERE need_id = $1", [list.needId]);
  await tx.query(
    "INSERT INTO committee.candidate (need_id, pool_id, row) SELECT $1, r->>'id', r FROM jsonb_array_elements($2::jsonb) AS r",
    [list.needId, JSON.stringify(list.roster)],
  );
  await tx.query("INSERT INTO committee.salts (need_id, sealed) VALUES ($1, $2) ON CONFLICT (need_id) DO UPDATE SET sealed = $2", [
    list.needId,
    list.saltsSealed,
  ]);
}

/** Roster rows of these pseudonyms. */
export async function rosterOf(db: Queryable, needId: string, poolIds: readonly string[]): Promise<RosterRow[]> {
  const { rows } = await (db as Transaction).query<{ row: RosterRow }>(
    "SELECT row FROM committee.candidate WHERE need_id = $1 AND pool_id = ANY($2) ORDER BY pool_id",
    [needId, poolIds],
  );
  return rows.map(({ row }) => row);
}
