/**
 * I20: the least periods of the law hold on the effective time line, under the rules that bind the lot: from
 * issue to deadline (CON-016), from a change to the deadline (CON-017), the publicity of candidates (CON-067).
 */

import { ruleSet } from "../../law/index.ts";
import { isCalendarUnavailable, judgeLimit, legalCalendar, type Moment } from "../../server/kernel/index.ts";
import type { PlacedEvent } from "../../server/record/index.ts";
import { scopeFactsOf } from "../../server/trade/catalogue/index.ts";
import { type LotThread, loadLot } from "../../server/trade/transaction/index.ts";
import { type Finding, type Scanned, streamsOf } from "./finding.ts";

const calendar = legalCalendar({ withAssumedYears: true });

interface Period {
  ruleId: string;
  from: Moment;
  to: Moment;
  where: string;
}

export async function scan({ pool, events }: Scanned): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { lotId, events: own } of streamsOf(events, "ntc")) {
    const lot = await loadLot(pool, lotId);
    if (!lot?.lawDate || !(await scopeFactsOf(pool, lot)).mandatory) continue;
    for (const period of periodsOf(events, lotId, own)) found.push(...shortness(lot, period));
  }
  return found;
}

function periodsOf(events: readonly PlacedEvent[], lotId: string, notice: readonly PlacedEvent[]): Period[] {
  const instant = (text: string): Moment => Date.parse(text);
  const deadline = limitOf(events, lotId, "bidDeadline");
  const published = notice.find(({ type }) => type === "ntc.published");
  const periods: Period[] = [];
  if (deadline && published)
    periods.push({ ruleId: "CON-016", from: instant(published.at), to: instant(deadline), where: published.stream });
  for (const { events: own } of streamsOf(events, "doc").filter((document) => document.lotId === lotId)) {
    for (const { stream, version, type, at, data } of own) {
      if (deadline && type === "doc.amended" && data.affectsBids)
        periods.push({ ruleId: "CON-017", from: instant(at), to: instant(deadline), where: `${stream}@${version}` });
    }
  }
  const told = events.find(({ stream, type }) => type === "awd.candidatesPublished" && stream.includes(lotId.slice(4)));
  const decided = events.find(({ stream, type }) => type === "awd.decided" && stream === told?.stream);
  if (told && decided) periods.push({ ruleId: "CON-067", from: instant(told.at), to: instant(decided.at), where: told.stream });
  return periods;
}

/** The last version of a limit: the only one that counts. */
function limitOf(events: readonly PlacedEvent[], lotId: string, name: string): string | undefined {
  return events.findLast(({ stream, type, data }) => stream === lotId && type === "lot.milestoneSet" && data.name === name)?.data.at;
}

function shortness(lot: LotThread, { ruleId, from, to, where }: Period): Finding[] {
  const finding = judgeLimit(ruleSet(lot.lawDate as string).rule(ruleId), { from, to }, calendar);
  if (isCalendarUnavailable(finding) || finding.holds) return [];
  return [{ invariant: "I20", where, words: `${ruleId}: ${finding.measured} of ${finding.required} days` }];
}
