/** What later stages ask of a committee: who sits in which seat, in which state, and who has the chair. */
import type { Queryable } from "../../runtime/database/index.ts";
import { loadLot, standingStream } from "../transaction/index.ts";
import { type Committee, type CommitteeSeat, committeeIn } from "./committee.ts";
import { peopleIn } from "./seat-people.ts";

export interface SeatedMember {
  no: number;
  personId: string;
  organisationId: string;
  kind: "expert" | "representative";
  stratum: string | null;
  state: CommitteeSeat["state"];
  cause: string | null;
}

export interface CommitteeWithPeople {
  state: Committee["state"];
  seats: readonly SeatedMember[];
  /** Number of the chair's seat. */
  chair: number | null;
}

/** The committee of the lot's latest run that has one, without people. */
export async function standingCommittee(db: Queryable, lotId: string): Promise<Committee | undefined> {
  const lot = await loadLot(db, lotId);
  const stream = lot && (await standingStream(db, "cmt", lot));
  return stream ? committeeIn(db, stream) : undefined;
}

/**
 * Seats with the people in them, once their accounts have accepted: for decisions only. Names stay secret until
 * the result is fixed (CON-055).
 */
export async function committeeOf(db: Queryable, lotId: string): Promise<CommitteeWithPeople | undefined> {
  const committee = await standingCommittee(db, lotId);
  if (!committee) return undefined;
  const people = await peopleIn(db, committee.stream);
  const seats = committee.seats.flatMap(({ no, isExpert, stratum, state, cause }) => {
    const person = people.get(no);
    const kind = isExpert ? ("expert" as const) : ("representative" as const);
    return person ? [{ ...{ no, kind, stratum, state, cause }, personId: person.personId, organisationId: person.organisationId }] : [];
  });
  return { state: committee.state, seats, chair: committee.chair };
}

/** Does this person hold a seat that was neither declined nor vacated, and has it checked in? */
export async function sitsOnCommittee(db: Queryable, lotId: string, personId: string): Promise<boolean> {
  const committee = await committeeOf(db, lotId);
  return committee?.seats.some((seat) => seat.personId === personId && (seat.state === "present" || seat.state === "done")) ?? false;
}
