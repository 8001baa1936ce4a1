/**
 * The modes of online bidding as data on one engine (procedures §4.2): each is a list of phases and a few
 * switches. A new mode is a new function here; the engine in `server/trade/auction` is not touched.
 */
import type { Phase, Terms } from "../../trade/auction/index.ts";

/** What the owner or buyer declares in every mode. Money in fen, times in milliseconds. */
export interface ModeWish {
  startFen: string;
  stepFen: string;
  onLadder?: boolean;
  capSteps?: number | null;
  tie?: Terms["tie"];
  priority?: Terms["priority"];
}

const outcry: Phase = { name: "free", lastsMs: 1, against: "lead", restarts: false, once: false, shows: "all", needsOffer: false };

function termsOf(mode: string, wish: ModeWish, rest: Pick<Terms, "better" | "phases"> & Partial<Terms>): Terms {
  return {
    mode,
    startFen: wish.startFen,
    stepFen: wish.stepFen,
    onLadder: wish.onLadder ?? false,
    capSteps: wish.capSteps ?? null,
    ownLead: false,
    lastCallFen: null,
    callEveryMs: null,
    tie: wish.tie ?? "earliest",
    scores: null,
    priority: wish.priority ?? null,
    ...rest,
  };
}

/** 增价竞价: a free period, then a timed one that each valid offer restarts (AST-013). */
export function ascending(wish: ModeWish & { freeMs: number; countdownMs: number; closesWithoutOffer?: boolean }): Terms {
  const timed = { ...outcry, name: "timed", lastsMs: wish.countdownMs, restarts: true, needsOffer: wish.closesWithoutOffer ?? false };
  return termsOf("ascending", wish, { better: "higher", phases: [{ ...outcry, lastsMs: wish.freeMs }, timed] });
}

/** 降价竞价 (Dutch): the price falls by a step until somebody takes it; the last call stands as long as each other. */
export function descending(wish: ModeWish & { everyMs: number; floorFen: string }): Terms {
  const calls = (BigInt(wish.startFen) - BigInt(wish.floorFen) + BigInt(wish.stepFen) - 1n) / BigInt(wish.stepFen) + 1n;
  const falling: Phase = { ...outcry, name: "falling", against: "clock", lastsMs: Number(calls) * wish.everyMs };
  return termsOf("descending", wish, { better: "higher", phases: [falling], lastCallFen: wish.floorFen, callEveryMs: wish.everyMs });
}

/** 一次性报价: one offer each, nobody sees any; equal best ones go once more among themselves, or to the earlier (declared). */
export function sealedSingle(wish: ModeWish & { lastsMs: number }): Terms {
  const round: Phase = { ...outcry, name: "sealed", lastsMs: wish.lastsMs, against: "own", once: true, shows: "nothing" };
  return termsOf("sealedSingle", wish, { better: "higher", phases: [round] });
}

/** 多轮报价: sealed rounds; never below one's own last; after each the best price alone is shown. */
export function multiRound(wish: ModeWish & { rounds: number; lastsMs: number }): Terms {
  const rounds = Array.from({ length: wish.rounds }, (_, round): Phase => {
    return {
      ...outcry,
      name: `round-${round + 1}`,
      lastsMs: wish.lastsMs,
      against: "own",
      once: true,
      shows: "best",
      needsOffer: round > 0,
    };
  });
  return termsOf("multiRound", wish, { better: "higher", phases: rounds });
}

/** 权重竞价: the price is improved in the open, and counts with the points that were announced before the session. */
export function weighted(wish: ModeWish & { lastsMs: number; scores: NonNullable<Terms["scores"]> }): Terms {
  const open: Phase = { ...outcry, name: "weighted", lastsMs: wish.lastsMs, against: "own" };
  return termsOf("weighted", wish, { better: "higher", phases: [open], scores: wish.scores });
}

/** 反向竞价: rounds downwards for procurement; each may undercut itself, the lowest wins. */
export function reverseRounds(wish: ModeWish & { rounds: number; lastsMs: number }): Terms {
  const rounds = Array.from({ length: wish.rounds }, (_, round): Phase => {
    return { ...outcry, name: `round-${round + 1}`, lastsMs: wish.lastsMs, against: "own", needsOffer: round > 0 };
  });
  return termsOf("reverseRounds", wish, { better: "lower", phases: rounds });
}
