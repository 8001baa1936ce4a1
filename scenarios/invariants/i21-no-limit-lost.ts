/** I21: no limit is lost: what is due was reached, at its own time and in its own version, or is held with a named reason. */
import type { PlacedEvent } from "../../server/record/index.ts";
import { type Finding, type Scanned, streamsOf } from "./finding.ts";

/** Timers wake at the limit; more than this is late. */
const lateMs = 1000;

export async function scan({ deadlines, events, now }: Scanned): Promise<Finding[]> {
  const overdue = deadlines.filter(({ done, frozen, dueMs }) => !done && frozen === 0 && dueMs + lateMs < now);
  return [
    ...overdue.map(({ lotId, milestone, dueMs }) => ({
      invariant: "I21",
      where: lotId,
      words: `${milestone} was due at ${new Date(dueMs).toISOString()} and was not reached`,
    })),
    ...streamsOf(events, "lot").flatMap(({ stream, events: own }) => wronglyReached(stream, own)),
  ];
}

function wronglyReached(stream: string, own: readonly PlacedEvent[]): Finding[] {
  return own.flatMap((event, place) => {
    if (event.type !== "lot.milestoneReached") return [];
    const { name, version, at } = event.data;
    const find = (words: string): Finding => ({ invariant: "I21", where: `${stream}@${event.version}`, words });
    const set = own.slice(0, place).findLast(({ type, data }) => type === "lot.milestoneSet" && data.name === name);
    const again = own
      .slice(0, place)
      .filter(({ type, data }) => type === "lot.milestoneReached" && data.name === name && data.version === version && data.at === at);
    if (set?.data.at !== at || set?.data.version !== version) return [find(`${name} was reached in a version that is not in force`)];
    if (again.length > 0) return [find(`${name} was reached twice`)];
    return event.at === at ? [] : [find(`${name} was due at ${at} and is recorded at ${event.at}`)];
  });
}
