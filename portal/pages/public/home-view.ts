/** What the home page shows of the lots and sessions that anybody may know. Pure. */
import type { Lot, LotRow, Session } from "../../api/types.ts";
import { dayText } from "../../ui/time.ts";

/** The home page. */
export type Home = {
  readonly today: readonly Session[];
  readonly next?: Session | undefined;
  readonly latest: readonly LotRow[];
  readonly days: readonly { readonly day: string; readonly count: number }[];
  readonly figures: { readonly lots: number; readonly open: number; readonly opened: number; readonly closed: number };
};

const shownLots = 7;
const isFull = (lot: LotRow | Lot): lot is Lot => "phase" in lot;

/** Today's sessions, the newest lots, the days of the calendar, the figures: all counted from the same rows. */
export function homeOf(lots: readonly (LotRow | Lot)[], sessions: readonly Session[], now: number | undefined): Home {
  const today = now === undefined ? "" : dayText(now);
  const counts = new Map<string, number>();
  for (const { at } of sessions) counts.set(dayText(at), (counts.get(dayText(at)) ?? 0) + 1);
  const published = lots.filter((lot) => !isFull(lot) || lot.published);
  const inPhase = (...phases: string[]): number => published.filter((lot) => isFull(lot) && phases.includes(lot.phase)).length;
  return {
    today: sessions.filter(({ at, state }) => dayText(at) === today || state === "now"),
    next: sessions.find(({ at }) => now !== undefined && Date.parse(at) > now),
    latest: published.slice(0, shownLots),
    days: [...counts].map(([day, count]) => ({ day, count })),
    figures: {
      lots: published.length,
      open: inPhase("tendering"),
      opened: inPhase("opening", "evaluation", "publicity", "result"),
      closed: published.filter((lot) => isFull(lot) && lot.doneSteps.includes("archive.close")).length,
    },
  };
}
