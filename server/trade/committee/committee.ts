/**
 * The committee of one run as its stream tells it. Pure. Seats carry numbers and pseudonyms of the draw, never a
 * person: the list of members is secret until the result is fixed (招标投标法 第三十七条; CON-055). Who sits in a
 * seat lies outside the record (`seat-people.ts`).
 */
import { type CommandOf, next, type StateOf } from "../../kernel/index.ts";
import { foldStream, type Queryable, type RecordedEvent } from "../../record/index.ts";
import { committeeStates, seatStates } from "./committee.states.ts";

export type CommitteeState = StateOf<typeof committeeStates>;
export type CommitteeCommand = CommandOf<typeof committeeStates>;
export type SeatState = StateOf<typeof seatStates>;

export interface Stratum {
  id: string;
  /** Code of the speciality in the pool. */
  speciality: string;
  quota: number;
}

export interface CommitteeSeat {
  /** Also the number of the call to the pool. */
  no: number;
  /** Drawn from the pool; else the buyer's representative. */
  isExpert: boolean;
  stratum: string | null;
  /** Pseudonym in the draw; null for the buyer's representative. */
  poolId: string | null;
  /** The seat that this one took over; null for the first to be called. */
  replaces: number | null;
  calledAt: string;
  /** The pool has reported that the expert will come. */
  called: boolean;
  state: SeatState;
  cause: string | null;
}

export interface Committee {
  stream: string;
  version: number;
  lotId: string;
  state: CommitteeState;
  drawId: string;
  needId: string;
  strata: readonly Stratum[];
  representatives: number;
  /** At most so many of one employer; null when the buyer set no limit. */
  maxPerEmployer: number | null;
  regions: readonly string[];
  windowStartAt: string;
  windowEndAt: string;
  seats: readonly CommitteeSeat[];
  /** Seats that were vacated and are filled again. */
  replaced: readonly number[];
  votes: readonly { by: number; for: number }[];
  /** Number of the chair's seat. */
  chair: number | null;
  formedAt: string | null;
}

const moves: Readonly<Record<string, CommitteeCommand>> = {
  "cmt.requested": "request",
  "cmt.listTaken": "list",
  "cmt.seatSummoned": "summon",
  "cmt.seatAccepted": "accept",
  "cmt.seatDeclined": "decline",
  "cmt.representativeNamed": "nameRepresentative",
  "cmt.formed": "form",
  "cmt.seatPresent": "checkIn",
  "cmt.chairVoted": "vote",
  "cmt.chairElected": "electChair",
  "cmt.seatVacated": "vacate",
  "cmt.seatReplaced": "replace",
  "cmt.recompleted": "recomplete",
  "cmt.finished": "finish",
};

export function evolveCommittee(committee: Committee | undefined, event: RecordedEvent): Committee {
  if (!committee) return requested(event);
  const command = moves[event.type];
  const state = command ? next(committeeStates, committee.state, command) : committee.state;
  if (state === undefined) throw new Error(`a committee that is ${committee.state} cannot ${command}`);
  return { ...committee, ...changeOf(committee, event), state: state as CommitteeState, version: event.version };
}

function requested({ stream, version, data }: RecordedEvent): Committee {
  const { lotId, drawId, needId, strata, representatives, maxPerEmployer, regions, windowStartAt, windowEndAt } = data;
  return {
    ...{ stream, version, lotId, drawId, needId, strata, representatives, maxPerEmployer, regions, windowStartAt, windowEndAt },
    state: "requested",
    seats: [],
    replaced: [],
    votes: [],
    chair: null,
    formedAt: null,
  };
}

function changeOf(committee: Committee, event: RecordedEvent): Partial<Committee> {
  const { type, at, data } = event;
  const { seats } = committee;
  switch (type) {
    case "cmt.requested":
      // A new plan: whoever was drawn before is out, under a number that is not used again; the buyer's own stay.
      return {
        ...requested(event),
        seats: seats.map((seat) => (seat.isExpert && isActive(seat) ? { ...seat, state: "vacated", cause: "newPlan" } : seat)),
      };
    case "cmt.seatSummoned":
      return { seats: [...seats, seatOf(event, true)] };
    case "cmt.representativeNamed":
      return { seats: [...seats, { ...seatOf(event, false), state: "accepted" }] };
    case "cmt.callAccepted":
      return { seats: changed(seats, data.seat, { called: true }) };
    case "cmt.seatAccepted":
      return { seats: moved(seats, data.seat, "accept") };
    case "cmt.seatDeclined":
      return { seats: moved(seats, data.seat, "decline", data.reason) };
    case "cmt.seatPresent":
      return { seats: moved(seats, data.seat, "checkIn") };
    case "cmt.formed":
      return { formedAt: at };
    case "cmt.chairVoted":
      return { votes: [...committee.votes.filter(({ by }) => by !== data.by), { by: data.by, for: data.for }] };
    case "cmt.chairElected":
      return { chair: data.seat };
    case "cmt.seatVacated":
      return {
        seats: moved(seats, data.seat, "recuse", data.cause),
        chair: committee.chair === data.seat ? null : committee.chair,
        votes: committee.votes.filter(({ by, for: chosen }) => by !== data.seat && chosen !== data.seat),
      };
    case "cmt.seatReplaced":
      return { replaced: [...committee.replaced, data.seat] };
    case "cmt.finished":
      return { seats: seats.map((seat) => (seat.state === "present" ? { ...seat, state: "done" } : seat)) };
    default:
      return {};
  }
}

function seatOf({ at, data }: RecordedEvent, isExpert: boolean): CommitteeSeat {
  const { seat, stratum, poolId, replaces } = data;
  return {
    no: seat,
    isExpert,
    stratum: stratum ?? null,
    poolId: poolId ?? null,
    replaces: replaces ?? null,
    calledAt: at,
    called: false,
    state: "summoned",
    cause: null,
  };
}

function changed(seats: readonly CommitteeSeat[], no: number, change: Partial<CommitteeSeat>): CommitteeSeat[] {
  return seats.map((seat) => (seat.no === no ? { ...seat, ...change } : seat));
}

function moved(
  seats: readonly CommitteeSeat[],
  no: number,
  command: CommandOf<typeof seatStates>,
  cause: string | null = null,
): CommitteeSeat[] {
  return seats.map((seat) => {
    if (seat.no !== no) return seat;
    const state = next(seatStates, seat.state, command);
    if (state === undefined) throw new Error(`a seat that is ${seat.state} cannot ${command}`);
    return { ...seat, state: state as SeatState, cause };
  });
}

/** Seats that are filled or may be: neither declined nor vacated. */
export function activeSeats({ seats }: Pick<Committee, "seats">): CommitteeSeat[] {
  return seats.filter(isActive);
}

function isActive({ state }: CommitteeSeat): boolean {
  return state !== "declined" && state !== "vacated";
}

export function drawnSeats({ strata }: Pick<Committee, "strata">): number {
  return strata.reduce((sum, { quota }) => sum + quota, 0);
}

/** Every seat is filled by somebody who accepted. */
export function isWhole(committee: Committee): boolean {
  const filled = activeSeats(committee).filter(({ state }) => state !== "summoned");
  const experts = filled.filter(({ isExpert }) => isExpert).length;
  return experts === drawnSeats(committee) && filled.length - experts === committee.representatives;
}

export async function committeeIn(db: Queryable, stream: string): Promise<Committee | undefined> {
  return foldStream(db, stream, evolveCommittee);
}
