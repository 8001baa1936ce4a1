/**
 * What may be read of a committee: before the result, counts of seats and nothing else (EP10; CON-055). Members see
 * one another once they have checked in; the centre's desk sees who is present.
 */
import { type TSchema, Type } from "@sinclair/typebox";
import { namesOf } from "../../identity/index.ts";
import { phaseOf, type Read, type ReadContext, read } from "../transaction/index.ts";
import { activeSeats, drawnSeats } from "./committee.ts";
import { committeeOf, standingCommittee } from "./committee-of.ts";
import { findOwnSeat } from "./sit.ts";

const nullable = (schema: TSchema) => Type.Union([schema, Type.Null()]);

export const committeeProgress = read({
  path: "/lots/:lotId/committee",
  title: "评标委员会组建进度",
  group: "committee.progress",
  response: Type.Object({
    state: Type.String(),
    drawId: Type.String(),
    experts: Type.Integer(),
    representatives: Type.Integer(),
    seats: Type.Object({ summoned: Type.Integer(), accepted: Type.Integer(), present: Type.Integer(), done: Type.Integer() }),
    windowStartAt: Type.String(),
    formedAt: nullable(Type.String()),
    hasChair: Type.Boolean(),
  }),
  async load({ tx, lot }) {
    const committee = await standingCommittee(tx, lot.id);
    if (!committee) return undefined;
    const counted = (state: string) => activeSeats(committee).filter((seat) => seat.state === state).length;
    return {
      ...{ state: committee.state, drawId: committee.drawId, experts: drawnSeats(committee), representatives: committee.representatives },
      seats: { summoned: counted("summoned"), accepted: counted("accepted"), present: counted("present"), done: counted("done") },
      ...{ windowStartAt: committee.windowStartAt, formedAt: committee.formedAt, hasChair: committee.chair !== null },
    };
  },
});

const seatShape = Type.Object({
  no: Type.Integer(),
  kind: Type.String(),
  state: Type.String(),
  name: Type.String(),
  isChair: Type.Boolean(),
  mine: Type.Boolean(),
});

/** For experts, the desk and, after the result, the authority. */
export const committeeSeats = read({
  path: "/lots/:lotId/committee/seats",
  title: "评标委员会成员",
  group: "committee.seats",
  response: Type.Object({ items: Type.Array(seatShape) }),
  load: loadSeats,
});

/** The same for the buyer's representative, who reads as a member. */
export const committeeMembers = read({
  ...committeeSeats,
  path: "/lots/:lotId/committee/members",
  group: "evaluation.seat",
} as typeof committeeSeats);

async function loadSeats(context: ReadContext) {
  const { tx, lot, actor } = context;
  const committee = await committeeOf(tx, lot.id);
  if (!committee || !(await maySeeNames(context))) return undefined;
  // The desk knows who has come, not who is expected.
  const seats = committee.seats.filter(({ state }) => state === "present" || state === "done");
  const names = await namesOf(
    tx,
    seats.map(({ personId }) => personId),
  );
  return {
    items: seats.map(({ no, kind, state, personId }) => ({
      ...{ no, kind, state, name: names.get(personId)?.name ?? "" },
      isChair: committee.chair === no,
      mine: personId === actor?.personId,
    })),
  };
}

async function maySeeNames(context: ReadContext): Promise<boolean> {
  const { actor, lot } = context;
  const own = await findOwnSeat(context);
  if (own) return own.seat.state === "present" || own.seat.state === "done";
  if (actor?.role === "centre" && lot.parties.centre === actor.organisationId) return true;
  return actor?.role === "supervisor" && phaseOf(lot) === "result";
}

export const committeeReads: readonly Read[] = [committeeProgress, committeeSeats, committeeMembers];
