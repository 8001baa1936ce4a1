/**
 * Judging one offer against the session as it stands: pure, in memory, in order of arrival (AST-015: 以服务器时间为准,
 * 按到达服务器先后排序). It always gives a fact, because refused offers are in the record too. A refused offer changes no
 * price and no end.
 */
import type { Offer } from "../../../formats/offer.ts";
import type { Instant } from "../../kernel/index.ts";
import type { Auction, AuctionFact } from "./auction.ts";
import { calledFen, isBetter, type Phase, stepsFrom } from "./terms.ts";

export type OfferRefusal =
  | "auction.not-started"
  | "auction.paused"
  | "auction.closed"
  | "auction.not-numbered"
  | "auction.excluded"
  | "auction.not-in-race"
  | "auction.own-lead"
  | "auction.already-offered"
  | "auction.too-low"
  | "auction.below-own-last"
  | "auction.over-cap"
  | "auction.not-multiple"
  | "auction.not-called-price";

interface Finding {
  code: OfferRefusal;
  /** The price that would do; undefined where no price would. */
  wantedFen?: bigint;
}

/** The fact that this offer becomes. The caller has moved the session on to `at` and checked the signature. */
export function judgeOffer(auction: Auction, offer: Offer, at: Instant): AuctionFact {
  const { offerId, number, priceFen, lastSeqSeen } = offer;
  const found = refusalOf(auction, number, BigInt(priceFen), at);
  const data = { offerId, number, priceFen, lastSeqSeen, seq: auction.seq + 1 };
  if (found) {
    const wantedFen = found.wantedFen === undefined ? null : String(found.wantedFen);
    return { type: "auc.offerRefused", at, data: { ...data, code: found.code, wantedFen, endsAt: auction.endsAt } };
  }
  const phase = auction.terms.phases[auction.phase] as Phase;
  // 有效报价触发延时重新计时 (AST-013): in full, from the instant of arrival, and never backwards.
  const endsAt = phase.restarts ? Math.max(auction.endsAt ?? at, at + phase.lastsMs) : auction.endsAt;
  return { type: "auc.offered", at, data: { ...data, endsAt } };
}

function refusalOf(auction: Auction, number: number, priceFen: bigint, at: Instant): Finding | undefined {
  return refusalOfTime(auction, at) ?? refusalOfParty(auction, number) ?? refusalOfPrice(auction, { number, priceFen, at });
}

function refusalOfTime({ status, endsAt }: Auction, at: Instant): Finding | undefined {
  if (status === "scheduled") return { code: "auction.not-started" };
  if (status === "paused") return { code: "auction.paused" };
  // The very end is in time (decisions §1): only what arrives after it is late.
  return status !== "live" || endsAt === null || at > endsAt ? { code: "auction.closed" } : undefined;
}

function refusalOfParty(auction: Auction, number: number): Finding | undefined {
  if (!auction.keys.has(number)) return { code: "auction.not-numbered" };
  if (auction.excluded.has(number)) return { code: "auction.excluded" };
  return auction.racing && !auction.racing.has(number) ? { code: "auction.not-in-race" } : undefined;
}

interface PricedOffer {
  number: number;
  priceFen: bigint;
  at: Instant;
}

function refusalOfPrice(auction: Auction, offer: PricedOffer): Finding | undefined {
  const phase = auction.terms.phases[auction.phase] as Phase;
  if (phase.once && auction.offeredInPhase.has(offer.number)) return { code: "auction.already-offered" };
  if (phase.against === "clock") {
    const called = calledFen(auction.terms, offer.at - auction.phaseBeganAt);
    return offer.priceFen === called ? undefined : { code: "auction.not-called-price", wantedFen: called };
  }
  const mine = auction.own.get(offer.number);
  return (
    (phase.against === "lead" ? refusalAgainstLead(auction, offer) : refusalAgainstOwn(auction, offer, mine?.priceFen)) ??
    offLadder(auction, offer.priceFen)
  );
}

/** 增价竞价: 报价不低于当前价加加价幅度, 首次不低于起始价 (AST-014); for a lower price that is better, the mirror of it. */
function refusalAgainstLead(auction: Auction, { number, priceFen }: PricedOffer): Finding | undefined {
  const { terms, best } = auction;
  const wanted = best ? stepsFrom(terms, best.priceFen, 1n) : BigInt(terms.startFen);
  if (isBetter(terms, wanted, priceFen)) return { code: "auction.too-low", wantedFen: wanted };
  if (best?.number === number && !terms.ownLead) return { code: "auction.own-lead" };
  return overCap(auction, priceFen, best ? best.priceFen : BigInt(terms.startFen));
}

/** Rounds: each offer is judged against the bidder's own last one only; staying at it is allowed, going back is not. */
function refusalAgainstOwn(auction: Auction, { priceFen }: PricedOffer, mine: bigint | undefined): Finding | undefined {
  const start = BigInt(auction.terms.startFen);
  if (isBetter(auction.terms, start, priceFen)) return { code: "auction.too-low", wantedFen: start };
  if (mine !== undefined && isBetter(auction.terms, mine, priceFen)) return { code: "auction.below-own-last", wantedFen: mine };
  return overCap(auction, priceFen, mine ?? start);
}

function overCap({ terms }: Auction, priceFen: bigint, from: bigint): Finding | undefined {
  if (terms.capSteps === null) return undefined;
  const most = stepsFrom(terms, from, BigInt(terms.capSteps));
  return isBetter(terms, priceFen, most) ? { code: "auction.over-cap", wantedFen: most } : undefined;
}

function offLadder({ terms }: Auction, priceFen: bigint): Finding | undefined {
  if (!terms.onLadder) return undefined;
  const beyond = (priceFen - BigInt(terms.startFen)) % BigInt(terms.stepFen);
  return beyond === 0n ? undefined : { code: "auction.not-multiple", wantedFen: priceFen - beyond };
}
