/** I18: while a lot is held, nothing that the hold blocks is published, opened, awarded or signed, and no frozen limit is reached. */
import type { PlacedEvent } from "../../server/record/index.ts";
import { blockingHold, evolveLot, isFrozen, type LotThread, lotOfStream } from "../../server/trade/transaction/index.ts";
import type { Finding, Scanned } from "./finding.ts";

/** Which step an event of another noun belongs to. */
const stepOf: Readonly<Record<string, string>> = {
  "ntc.published": "tendering.publish",
  "doc.amended": "tendering.clarify",
  "opn.begun": "opening.open",
  "opn.keysFrozen": "opening.open",
  "opn.partialPosted": "opening.open",
  "opn.readOut": "opening.open",
  "opn.closed": "opening.open",
  "awd.candidatesPublished": "award.candidates",
  "awd.decided": "award.decide",
  "awd.resultPublished": "award.publishResult",
  "awd.letterSent": "award.sendLetter",
  "con.signed": "contract.sign",
  "con.effective": "contract.sign",
};

export async function scan({ events }: Scanned): Promise<Finding[]> {
  const lots = new Map<string, LotThread>();
  return events.flatMap((event) => {
    const found = faultsAt(lots, event);
    if (event.stream.startsWith("lot_")) lots.set(event.stream, evolveLot(lots.get(event.stream), event));
    return found;
  });
}

function faultsAt(lots: ReadonlyMap<string, LotThread>, { stream, version, type, data }: PlacedEvent): Finding[] {
  const find = (words: string): Finding => ({ invariant: "I18", where: `${stream}@${version}`, words });
  const lot = lots.get(stream.startsWith("lot_") ? stream : lotOfStream(stream));
  if (!lot || lot.holds.size === 0) return [];
  if (type === "lot.milestoneReached" && isFrozen(lot, data.name)) return [find(`the frozen limit ${data.name} was reached`)];
  const step = type === "lot.stepDone" ? (data.step as string) : stepOf[type];
  const hold = step === undefined ? undefined : blockingHold(lot, step);
  return hold ? [find(`${type} while the lot was held: ${hold.cause}`)] : [];
}
