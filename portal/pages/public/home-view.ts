/** What the home page shows of the lots and sessions that anybody may know. Pure. */
import type { FoundLots } from "../../api/find-lots.ts";
import { sessionsOfAll } from "../../api/lot-view.ts";
import type { LotRow, Session } from "../../api/types.ts";
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

/** Today's sessions, the newest lots, the days of the calendar; the figures are the server's exact counts. */
export function homeOf({ lots, total, choices }: FoundLots, now: number | undefined): Home {
  const today = now === undefined ? "" : dayText(now);
  const sessions = sessionsOfAll(lots);
  const counts = new Map<string, number>();
  for (const { at } of sessions) counts.set(dayText(at), (counts.get(dayText(at)) ?? 0) + 1);
  const inStage = (...stages: string[]): number =>
    choices.stage.filter(({ value }) => stages.includes(value)).reduce((sum, { count }) => sum + count, 0);
  return {
    today: sessions.filter(({ at, state }) => dayText(at) === today || state === "now"),
    next: sessions.find(({ at }) => now !== undefined && Date.parse(at) > now),
    latest: lots.slice(0, shownLots),
    days: [...counts].map(([day, count]) => ({ day, count })),
    figures: {
      lots: total,
      open: inStage("tendering"),
      opened: inStage("opening", "evaluation", "publicity", "result", "completed"),
      closed: inStage("completed"),
    },
  };
}
