/**
 * A session told again from its lines: each offer is judged anew by the terms of the first line, each end is worked out,
 * and the winner must be the one who is left. What differs is E_AUCTION. It has no clock and believes no figure that it
 * can work out itself.
 */
import type { ShownLine } from "../../formats/record-line.ts";
import { demand } from "../package/refused.ts";
import { codeOf, equals, leading, newSession, phaseOf, ranked, type Session, type Standing } from "./session.ts";
import { readTerms } from "./terms.ts";

export type AuctionFacts = {
  stream: string;
  offers: number;
  accepted: number;
  /** Null while the session runs, or when nobody won. */
  winner: { number: number; priceFen: string } | null;
  ended: boolean;
};

// biome-ignore lint/suspicious/noExplicitAny: members are compared with what was worked out; whatever they are, they must be equal.
type Data = Record<string, any>;
type Line = Pick<ShownLine, "position" | "version" | "type"> & { at: number; data: Data; act?: { key: string } | null };
type Step = (session: Session, line: Line) => void;

/** The lines of one stream, in order of version. @throws Refused */
export function replayAuction(stream: string, lines: readonly ShownLine[]): AuctionFacts {
  const [first, ...rest] = lines.map((line): Line => ({ ...line, at: Date.parse(line.at) }));
  const terms = readTerms((first as Line).data.terms);
  check(terms !== undefined && Number.isSafeInteger(first?.data.startsAt), first as Line, "the first line declares no terms");
  const session = newSession(terms, (first as Line).data.startsAt);
  const facts: AuctionFacts = { stream, offers: 0, accepted: 0, winner: null, ended: false };
  for (const [index, line] of rest.entries()) {
    check(line.version === index + 2, line, "a line of the session is missing");
    check(!session.isTaken || line.type === "auc.ended", line, "the called price was taken, and the session goes on");
    const step = steps[line.type];
    check(step !== undefined, line, `an auction has no ${line.type}`);
    step(session, line);
    session.last = Math.max(session.last, line.at);
    if (line.type.startsWith("auc.offer")) facts.offers++;
    if (line.type === "auc.offered") facts.accepted++;
    if ("outcome" in line.data && line.data.number !== null) facts.winner = { number: line.data.number, priceFen: line.data.priceFen };
  }
  return { ...facts, ended: session.status === "ended" };
}

const steps: Readonly<Record<string, Step>> = {
  "auc.admitted": ({ keys }, { data }) => void keys.set(data.number, data.key),
  "auc.excluded": ({ excluded, standing }, { data }) => {
    excluded.add(data.number);
    standing.delete(data.number);
  },
  "auc.started": (session, line) => {
    check(session.status === "scheduled" && line.at === session.startsAt, line, "it does not begin at its announced instant");
    enter(session, line, { phase: 0, racing: null });
  },
  "auc.advanced": advance,
  "auc.offered": (session, line) => {
    const fen = takeOffer(session, line, undefined);
    const { number, seq } = line.data;
    const { restarts, lastsMs, against } = phaseOf(session);
    if (session.standing.get(number)?.fen !== fen) session.standing.set(number, { number, fen, seq });
    session.offeredInPhase.add(number);
    if (restarts) session.ends = Math.max(session.ends, line.at + lastsMs);
    session.isTaken = against === "clock";
    check(line.data.endsAt === session.ends, line, "an accepted offer gives another end");
  },
  "auc.offerRefused": (session, line) => void takeOffer(session, line, line.data.code),
  "auc.paused": (session, line) => {
    check(session.status === "live", line, "it is paused while it does not run");
    session.status = "paused";
  },
  "auc.resumed": resume,
  "auc.stopped": (session, line) => {
    const { priority } = session.terms;
    endOfBidding(session, line);
    check(priority !== null && ranked(session)[0]?.number !== priority.number, line, "nobody is to be asked");
    checkResult(line, ranked(session)[0]);
    session.ends = line.at + priority.matchMs;
    session.status = "matching";
    check(line.data.endsAt === session.ends, line, "the time to match is another");
  },
  "auc.matchExtended": (session, line) => {
    check(session.status === "matching", line, "nobody is being asked");
    session.ends = line.at + (session.terms.priority?.matchMs ?? 0);
    check(line.data.endsAt === session.ends, line, "the time to match is another");
  },
  "auc.matched": (session, line) => {
    const winner = ranked(session)[0];
    check(session.status === "matching" && line.at <= session.ends && winner !== undefined, line, "nobody could match here");
    conclude(session, line, { ...winner, number: session.terms.priority?.number ?? 0 });
  },
  "auc.waived": (session, line) => {
    check(session.status === "matching" && line.at === session.ends, line, "the time to match was not over");
    conclude(session, line, ranked(session)[0]);
  },
  "auc.ended": (session, line) => {
    if (!session.isTaken) endOfBidding(session, line);
    conclude(session, line, ranked(session)[0]);
  },
  "auc.cancelled": (session) => {
    session.status = "ended";
  },
};

/** The price of an offer whose verdict, number in the session and key are as they must be. */
function takeOffer(session: Session, line: Line, code: string | undefined): bigint {
  const { number, priceFen, seq } = line.data;
  check(/^[1-9][0-9]{0,15}$/.test(String(priceFen)) && seq === session.seq + 1, line, "the offers are not numbered one after another");
  check(line.at >= session.last, line, "an offer stands after one that came later");
  check(line.act === undefined || line.act?.key === session.keys.get(number), line, "the offer is not signed by the key of its number");
  const expected = codeOf(session, { number, fen: BigInt(priceFen), at: line.at });
  check(expected === code, line, `the offer is ${code ?? "accepted"}, by the terms it is ${expected ?? "accepted"}`);
  session.seq = seq;
  return BigInt(priceFen);
}

function advance(session: Session, line: Line): void {
  check(session.status === "live" && line.at === session.ends, line, "a phase ends at another instant than its end");
  const { phases, tie } = session.terms;
  const following = phases.findIndex((phase, index) => index > session.phase && (!phase.needsOffer || leading(session) !== undefined));
  if (following >= 0 && session.racing === null) {
    enter(session, line, { phase: following, racing: null });
    return;
  }
  check(tie === "again" && session.racing === null && session.standing.size > 1 && equals(session).length > 1, line, "no phase follows");
  enter(session, line, { phase: session.phase, racing: equals(session) });
}

function enter(session: Session, line: Line, { phase, racing }: { phase: number; racing: number[] | null }): void {
  Object.assign(session, { phase, racing, status: "live", began: line.at, offeredInPhase: new Set() });
  session.ends = line.at + phaseOf(session).lastsMs;
  const { data } = line;
  const isSame =
    data.phase === phase && data.phaseBeganAt === session.began && data.endsAt === session.ends && String(data.racing) === String(racing);
  check(isSame, line, "the phase is not the one that follows");
}

/** A countdown runs again in full; a called price stays at a call that had been reached. */
function resume(session: Session, line: Line): void {
  const { lastsMs, against } = phaseOf(session);
  const every = session.terms.callEveryMs ?? 1;
  const calledMs = line.at - line.data.phaseBeganAt;
  const isWhole = against === "clock" ? calledMs >= 0 && calledMs % every === 0 && calledMs <= line.at - session.began : calledMs === 0;
  check(session.status === "paused" && isWhole, line, "it does not run again in full");
  session.status = "live";
  session.began = line.data.phaseBeganAt;
  session.ends = session.began + lastsMs;
  check(line.data.endsAt === session.ends, line, "it does not run again in full");
}

function endOfBidding(session: Session, line: Line): void {
  const { phases, tie } = session.terms;
  const isMore =
    session.racing === null &&
    phases.some(({ needsOffer }, index) => index > session.phase && (!needsOffer || leading(session) !== undefined));
  const isTie = session.racing === null && tie === "again" && session.standing.size > 1 && equals(session).length > 1;
  check(session.status === "live" && line.at === session.ends && !isMore && !isTie, line, "the session was not over");
}

function conclude(session: Session, line: Line, winner: Standing | undefined): void {
  checkResult(line, winner);
  check(line.data.outcome === (winner ? "sold" : "passedIn"), line, "the outcome is another");
  session.status = "ended";
  session.isTaken = false;
}

function checkResult(line: Line, winner: Standing | undefined): void {
  const isSame = line.data.number === (winner?.number ?? null) && line.data.priceFen === (winner ? String(winner.fen) : null);
  check(isSame, line, `by the record ${winner ? `number ${winner.number} has it at ${winner.fen}` : "nobody has it"}`);
}

function check(holds: boolean, { position }: Line, why: string): asserts holds {
  demand(holds, "E_AUCTION", `position ${position}`, why);
}
