/**
 * What people will in a hall, apart from offers: entering with a session key, pausing and resuming by two persons. Its
 * stream is the slow one beside the session's: acts of people meet the lot's lock here, offers never do.
 */
import { foldStream, type Queryable, type RecordedEvent } from "../../record/index.ts";
import { type LotThread, streamOf } from "../transaction/index.ts";

export type HallCommand = "pause" | "resume";

export interface Asked {
  command: HallCommand;
  person: string;
  reason: string;
  atMs: number;
}

export interface Hall {
  /** The wish of the first person, until a second one says the same. */
  asked: Asked | null;
}

/** A wish that nobody joins falls away: two persons act together, not a day apart. */
const joinWithinMs = 10 * 60_000;

export function sessionStream({ id, run }: Pick<LotThread, "id" | "run">): string {
  return streamOf("auc", id, run);
}

export function hallStream(lot: Pick<LotThread, "id" | "run">): string {
  return `${sessionStream(lot)}.hall`;
}

/** The session that a hall's stream stands beside. */
export function sessionOfHall(stream: string): string {
  return stream.slice(0, -".hall".length);
}

export function evolveHall(_: Hall | undefined, { type, at, actor, data }: RecordedEvent): Hall {
  if (type !== "auc.pauseAsked" && type !== "auc.resumeAsked") return { asked: null };
  const command = type === "auc.pauseAsked" ? "pause" : "resume";
  return { asked: { command, person: actor, reason: data.reason, atMs: Date.parse(at) } };
}

/** The first person's wish for this command, if it still stands. */
export async function askedFor(db: Queryable, lot: LotThread, wish: { command: HallCommand; now: number }): Promise<Asked | undefined> {
  const hall = await foldStream(db, hallStream(lot), evolveHall);
  const asked = hall?.asked;
  return asked?.command === wish.command && wish.now - asked.atMs <= joinWithinMs ? asked : undefined;
}
