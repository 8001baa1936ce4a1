/**
 * A trade at any minute, rebuilt from the record for the authority that supervises it: event by event with actor, key,
 * reason, before and after, and what the rules decided; and the lot as it stood then. Reads only, and shows nothing
 * before its gate: each event passes the field group of its noun as of now.
 */
import { familyOfSignature } from "../../formats/act-signature.ts";
import type { Json } from "../../formats/jcs.ts";
import { instantText } from "../kernel/index.ts";
import type { RecordedEvent } from "../record/index.ts";
import { effectiveAt, evolveLot, type LotThread, stepWords } from "../trade/transaction/index.ts";
import { type Change, ChangeBook } from "./changes.ts";
import { eventWords } from "./event-words.ts";
import { mayReplay } from "./gates.ts";
import type { LotEvent } from "./lot-events.ts";

export interface ReplayedEvent {
  position: number;
  at: string;
  type: string;
  words: string;
  /** Who did it; null where the house itself did, or where the record keeps no name. */
  actor: { name: string; organisation: string; role: string } | null;
  by: "person" | "house" | "veiled";
  /** The means by which the act was signed: of the device nothing more is in the record. */
  key: { family: string; fingerprint: string } | null;
  reason: string | null;
  changes: Change[];
  decisions: { rule: string; verdict: string; figures: string }[];
}

export interface LotAtMinute {
  state: string;
  run: number;
  steps: { step: string; at: string }[];
  limits: { name: string; at: string; reached: boolean }[];
  holds: { cause: string; since: string }[];
}

/** Person and membership of those who acted, by membership. */
export type Names = ReadonlyMap<string, { name: string; organisation: string; role: string }>;

/** The events that may be shown. How many may not is not told: before the opening even that would count sealed acts. */
export function replayOf(events: readonly LotEvent[], may: (group: string) => boolean, names: Names): ReplayedEvent[] {
  const book = new ChangeBook();
  return events.filter(({ stream }) => mayReplay(stream, may)).map((event) => replayed(event, book, names));
}

function replayed(event: LotEvent, book: ChangeBook, names: Names): ReplayedEvent {
  const { position, at, type, actor, membership, act, data } = event;
  return {
    position,
    at,
    type,
    words: wordsOf(event),
    actor: membership === null ? null : (names.get(membership) ?? null),
    by: actor === "system" ? "house" : membership === null ? "veiled" : "person",
    key: act && { family: familyOfSignature(act.sig), fingerprint: act.key.slice(0, 16) },
    reason: typeof data.reason === "string" ? data.reason : null,
    changes: book.changesOf(event),
    decisions: decisionsOf(data.decisions),
  };
}

function wordsOf({ type, data }: RecordedEvent): string {
  return type === "lot.stepDone" ? `${eventWords(type)}：${stepWords(String(data.step))}` : eventWords(type);
}

function decisionsOf(decisions: unknown): ReplayedEvent["decisions"] {
  if (!Array.isArray(decisions)) return [];
  return (decisions as { rule: string; verdict: string; data?: Record<string, Json> }[]).map(({ rule, verdict, data = {} }) => ({
    rule,
    verdict,
    figures: JSON.stringify(data),
  }));
}

/** The lot as its own events up to the minute tell it; undefined before it was opened. */
export function lotAt(events: readonly LotEvent[], lotId: string): LotAtMinute | undefined {
  let lot: LotThread | undefined;
  for (const event of events) if (event.stream === lotId) lot = evolveLot(lot, event);
  if (!lot) return undefined;
  const standing = lot;
  return {
    state: standing.state,
    run: standing.run,
    steps: [...standing.done].map(([step, { at }]) => ({ step: stepWords(step), at: instantText(at) })),
    limits: [...standing.milestones.values()].map(({ name, at, reachedAt }) => ({
      name,
      at: instantText(effectiveAt(standing, name) ?? at),
      reached: reachedAt !== null,
    })),
    holds: [...standing.holds.values()].map(({ cause, heldAt }) => ({ cause, since: instantText(heldAt) })),
  };
}
