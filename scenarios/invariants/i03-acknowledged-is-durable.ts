/** I03: what a client was told with 2xx is in the record, whatever crashed since. */
import type { Finding, Scanned } from "./finding.ts";

export async function scan({ told = [], commands, events }: Scanned): Promise<Finding[]> {
  const kept = new Map(commands.map((row) => [row.key, row]));
  const sealed = new Map(events.filter(({ type }) => type === "sealed.event").map((event) => [event.position, event]));
  const find = (where: string, words: string): Finding => ({ invariant: "I03", where, words });
  return told.flatMap(({ commandId, status, text }) => {
    if (status !== 200) return [];
    const row = kept.get(commandId);
    if (row)
      return row.status === 200 && row.answer === text
        ? []
        : [find(commandId, "the record keeps another answer than the one that was given")];
    // The answer to a sealed act is kept under a name that nobody can form; a receipt names its place in the record.
    const { receipt } = JSON.parse(text).result ?? {};
    if (!receipt) return text.length >= 4096 ? [] : [find(commandId, "an acknowledged act is not in the record")];
    const event = sealed.get(receipt.evidenceSeq);
    return event?.data.bidDigest === receipt.bidDigest
      ? []
      : [find(commandId, `position ${receipt.evidenceSeq} does not hold the bid of the receipt`)];
  });
}
