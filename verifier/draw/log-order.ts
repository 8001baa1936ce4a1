/**
 * Steps 12 and 13: the log entries are the referee of who spoke when. Nothing of a later phase may
 * stand before anything of an earlier one, or a party could have acted on what it had seen.
 */
import { ascends } from "../shapes.ts";
import { roundSeconds } from "./beacon.ts";
import type { DrawRecord, Log } from "./record.ts";

export function orderHolds(record: DrawRecord): boolean {
  const phases = phasesOf(record);
  const all = phases.flat().sort((a, b) => a.seq - b.seq);
  if (!ascends(all.map(({ seq }) => seq))) return false; // two entries with one seq
  if (all.some(({ at }, k) => k > 0 && at < (all[k - 1]?.at ?? ""))) return false;
  return phasesFollow(phases) && nothingIsEarly(record);
}

/** A commit after tCommit, the platform's proof or a reveal after tReveal; the very instant is in time. */
export function somethingIsLate({ plan, commits, platform, reveals }: DrawRecord): boolean {
  const afterReveal = [...reveals.map(({ log }) => log), ...(platform === null ? [] : [platform.log])];
  return commits.some(({ log }) => log.at > plan.tCommit) || afterReveal.some(({ at }) => at > plan.tReveal);
}

function phasesOf(record: DrawRecord): Log[][] {
  const present = (...steps: ({ log: Log } | null)[]) => steps.flatMap((step) => (step === null ? [] : [step.log]));
  return [
    present(record.freeze),
    present(...record.commits),
    present(record.platform, record.fallback),
    present(...record.reveals, ...record.partials),
    present(record.beacon),
    ...record.substitutions.map((substitution) => present(substitution)),
  ];
}

function phasesFollow(phases: readonly Log[][]): boolean {
  let latest = -1;
  for (const phase of phases) {
    const seqs = phase.map(({ seq }) => seq);
    if (seqs.some((seq) => seq <= latest)) return false;
    latest = Math.max(latest, ...seqs);
  }
  return true;
}

function nothingIsEarly({ plan, reveals, partials, beacon }: DrawRecord): boolean {
  if ([...reveals, ...partials].some(({ log }) => log.at < plan.tCommit)) return false;
  return beacon === null || Date.parse(beacon.log.at) >= 1000 * roundSeconds(beacon.round);
}
