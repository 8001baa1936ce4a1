/**
 * I05: in time ⇔ arrival ≤ effective deadline. Recomputed from the stamps and the versions of the limit: no
 * listed bid was late (招标投标法 第二十八条), and nobody was refused as late who was in time.
 */
import type { PlacedEvent } from "../../server/record/index.ts";
import { type Finding, type Scanned, streamsOf, type ToldAnswer } from "./finding.ts";

export async function scan({ events, told = [] }: Scanned): Promise<Finding[]> {
  const listed = streamsOf(events, "opn").flatMap(({ lotId, events: own }) => {
    const deadline = effectiveDeadline(events, lotId);
    return own.filter(({ type }) => type === "bid.listed").flatMap((event) => lateActs(event, deadline));
  });
  return [...listed, ...told.flatMap(wronglyLate)];
}

/** The version in force when the limit was reached. */
function effectiveDeadline(events: readonly PlacedEvent[], lotId: string): string | undefined {
  return events.findLast(({ stream, type, data }) => stream === lotId && type === "lot.milestoneSet" && data.name === "bidDeadline")?.data
    .at;
}

function lateActs({ stream, data }: PlacedEvent, deadline: string | undefined): Finding[] {
  return (data.acts as { receivedAt: string; version: number }[])
    .filter(({ receivedAt }) => deadline === undefined || receivedAt > deadline)
    .map(({ receivedAt, version }) => ({
      invariant: "I05",
      where: stream,
      words: `version ${version} of ${data.partyId} came at ${receivedAt}, the deadline was ${deadline}`,
    }));
}

function wronglyLate({ commandId, status, text }: ToldAnswer): Finding[] {
  if (status === 200) return [];
  const { code, data } = JSON.parse(text) as { code: string; data?: { arrivedAt?: string; deadline?: string; end?: string } };
  if (!code.endsWith("late") || data?.arrivedAt === undefined) return [];
  const limit = data.deadline ?? data.end ?? "";
  return data.arrivedAt > limit
    ? []
    : [{ invariant: "I05", where: commandId, words: `refused as late, but ${data.arrivedAt} is not after ${limit}` }];
}
