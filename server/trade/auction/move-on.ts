/**
 * What time and people do to a session: start, next phase, tie round, stop, match, end, pause, resume. Pure: each
 * gives the facts that follow, at the instant at which they were due; nothing here reads a clock.
 */
import type { Instant } from "../../kernel/index.ts";
import type { Auction, AuctionFact, Standing } from "./auction.ts";
import { tiedForBest, winnerOf } from "./rank.ts";
import type { Phase } from "./terms.ts";

/** How long a wish to match that arrived in time may still be on its way through the house before silence counts (model.md §2). */
export const matchDrainMs = 5000;

/** The next fact that is due at `now`, or undefined. Called until it gives none. */
export function nextMove(auction: Auction, now: Instant): AuctionFact | undefined {
  const { status, endsAt, startsAt } = auction;
  if (status === "scheduled") return now >= startsAt ? phaseFact(auction, "auc.started", 0, { at: startsAt }) : undefined;
  if (endsAt === null || now <= endsAt) return undefined;
  if (status === "matching") return now > endsAt + matchDrainMs ? settled("auc.waived", endsAt, auction.best) : undefined;
  return status === "live" ? afterPhase(auction, endsAt) : undefined;
}

/** A called price that somebody took ends the session in the same instant: 首先应价者得. */
export function closesAtOnce(auction: Auction): boolean {
  return auction.status === "live" && currentPhase(auction).against === "clock" && auction.best !== null;
}

/** The end of bidding: the priority holder is asked, if somebody else leads; else the result stands. */
export function stopFact(auction: Auction, at: Instant): AuctionFact {
  const winner = winnerOf(auction);
  const { priority } = auction.terms;
  const isAsked =
    priority && winner && winner.number !== priority.number && auction.keys.has(priority.number) && !auction.excluded.has(priority.number);
  if (!isAsked) return settled("auc.ended", at, winner);
  // 场后在规定时间内以同等条件行权 (AST-018).
  return { type: "auc.stopped", at, data: { number: winner.number, priceFen: String(winner.priceFen), endsAt: at + priority.matchMs } };
}

/** The priority holder takes the best price for itself, on equal conditions (AST-010); undefined when nobody asks it or it is late. */
export function matchFact(auction: Auction, number: number, at: Instant): AuctionFact | undefined {
  const { status, terms, endsAt, best } = auction;
  if (status !== "matching" || terms.priority?.number !== number || endsAt === null || at > endsAt || !best) return undefined;
  return settled("auc.matched", at, { ...best, number });
}

export function pauseFact(
  auction: Auction,
  at: Instant,
  wish: { cause: string; by: readonly string[]; reason: string },
): AuctionFact | undefined {
  // After a fail-over a called price stands where the record last saw it, not where it would be at the instant of waking.
  const until = wish.cause === "failover" ? auction.lastAt : at;
  return auction.status === "live" ? { type: "auc.paused", at, data: { ...wish, by: [...wish.by], until } } : undefined;
}

/** 恢复后倒计时重置 (AST-021): the running phase gets its whole time again; a called price stays at the call that stood. */
export function resumeFact(auction: Auction, at: Instant, wish: { by: readonly string[] }): AuctionFact | undefined {
  if (auction.status !== "paused") return undefined;
  const phase = currentPhase(auction);
  const every = auction.terms.callEveryMs ?? 1;
  const called = phase.against === "clock" ? Math.floor(Math.max(0, auction.lastCallAt - auction.phaseBeganAt) / every) * every : 0;
  return { type: "auc.resumed", at, data: { by: [...wish.by], phaseBeganAt: at - called, endsAt: at - called + phase.lastsMs } };
}

/**
 * After a fail-over: what ran is paused and gets its whole time again, and so does a holder who is being asked. An outage
 * of ours costs nobody a chance.
 */
export function restoreFacts(auction: Auction, at: Instant): ((auction: Auction) => AuctionFact | undefined)[] {
  const system = { by: ["system"] };
  if (auction.status === "live")
    return [
      (live) => pauseFact(live, at, { ...system, cause: "failover", reason: "平台切换，恢复后重新计时" }),
      (paused) => resumeFact(paused, at, system),
    ];
  const { priority } = auction.terms;
  if (auction.status === "matching" && priority)
    return [() => ({ type: "auc.matchExtended", at, data: { ...system, endsAt: at + priority.matchMs } })];
  // A process that died between the pause and its resumption left its own pause behind; one of persons stays theirs to lift.
  return auction.status === "paused" && auction.pausedFor === "failover" ? [(paused) => resumeFact(paused, at, system)] : [];
}

function currentPhase(auction: Auction): Phase {
  return auction.terms.phases[auction.phase] as Phase;
}

function afterPhase(auction: Auction, at: Instant): AuctionFact {
  const { phases } = auction.terms;
  for (let phase = auction.phase + 1; phase < phases.length && !auction.racing; phase++)
    if (!phases[phase]?.needsOffer || auction.best) return phaseFact(auction, "auc.advanced", phase, { at });
  const tied = auction.terms.tie === "again" && !auction.racing ? tiedForBest(auction) : [];
  // One more round of the last kind, of those alone that are equal.
  return tied.length > 1 ? phaseFact(auction, "auc.advanced", auction.phase, { at, racing: tied }) : stopFact(auction, at);
}

function phaseFact(
  auction: Auction,
  type: "auc.started" | "auc.advanced",
  phase: number,
  { at, racing = null }: { at: Instant; racing?: readonly number[] | null },
): AuctionFact {
  const endsAt = at + (auction.terms.phases[phase] as Phase).lastsMs;
  return {
    type,
    at,
    data: { phase, phaseBeganAt: at, endsAt, racing: racing && [...racing], priceFen: auction.best && String(auction.best.priceFen) },
  };
}

/** 无有效报价流拍 (AST-019). */
function settled(type: "auc.ended" | "auc.matched" | "auc.waived", at: Instant, winner: Standing | null): AuctionFact {
  const data = winner
    ? { outcome: "sold", number: winner.number, priceFen: String(winner.priceFen) }
    : { outcome: "passedIn", number: null, priceFen: null };
  return { type, at, data };
}
