/** The ground on which an act, a deadline or a reaction decides: law of the day, chance, ids, and the doors by which it writes. */
import { ruleSet } from "../../../law/index.ts";
import { dayOf, type Id, type Instant, newId, newSealedId, type OpenNoun, type SealedNoun } from "../../kernel/index.ts";
import { append, type Cause, type EventData, foldStream, type RecordedEvent } from "../../record/index.ts";
import type { Queryable, Transaction } from "../../runtime/database/index.ts";
import type { DecidingLot } from "./act.ts";
import type { House } from "./house.ts";
import { evolveLot, type LotThread } from "./lot.ts";

interface Start {
  now: Instant;
  cause: Cause;
  /** The act is sealed: nothing that follows from it names who willed it, whichever door it is written through. */
  sealed?: boolean;
}

export function deciding(house: House, tx: Transaction, { now, cause, sealed = false }: Start) {
  const causeOn = (stream: string) => (sealed ? opaqueCause(cause, stream) : cause);
  return {
    tx,
    now,
    random: house.random,
    platform: house.platform,
    certificates: house.certificates,
    law: ruleSet(dayOf(now)),
    calendar: house.calendar,
    newId: <N extends OpenNoun>(noun: N): Id<N> => newId(noun, now, house.random),
    newSealedId: <N extends SealedNoun>(noun: N): Id<N> => newSealedId(noun, house.random),
    append: (stream: string, type: string, data: EventData) => appendOne(house, tx, { stream, type, data }, causeOn(stream)),
    appendOpaque: (stream: string, type: string, data: EventData) =>
      appendOne(house, tx, { stream, type, data }, opaqueCause(cause, stream)),
    takeNumber: (stream: string) => house.takeNumber(tx, stream),
    cause,
  };
}

export function decidingLot(house: House, tx: Transaction, start: Start & { lot: LotThread }): DecidingLot {
  const plain = deciding(house, tx, start);
  const context = {
    ...plain,
    lot: start.lot,
    procedure: house.platform.procedure(start.lot.procedureId),
    law: start.lot.lawDate ? ruleSet(start.lot.lawDate) : plain.law,
    append: async (stream: string, type: string, data: EventData) => {
      const event = await plain.append(stream, type, data);
      // The thread follows its own stream, so that a later step of the same decision sees it.
      if (stream === context.lot.id) context.lot = evolveLot(context.lot, event);
      return event;
    },
  };
  return context;
}

/** A sealed act shows nobody: who willed it stands in its ciphertext. */
function opaqueCause({ at }: Cause, stream: string): Cause {
  return { at, actor: "sealed", membership: null, commandId: stream, act: null };
}

async function appendOne(
  house: House,
  tx: Transaction,
  fresh: { stream: string; type: string; data: EventData },
  cause: Cause,
): Promise<RecordedEvent> {
  const [event] = await append(tx, [fresh], { cause, random: (bytes) => house.random.bytes(bytes), views: house.views });
  return event as RecordedEvent;
}

export async function loadLot(tx: Queryable, lotId: string): Promise<LotThread | undefined> {
  return lotId.startsWith("lot_") ? foldStream(tx, lotId, evolveLot) : undefined;
}

/** Shared for what one party does, exclusive for what changes the lot: a thousand bidders at the deadline do not meet (model.md §2). */
export async function lockLot(tx: Transaction, lotId: string, mode: "shared" | "exclusive"): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock${mode === "shared" ? "_shared" : ""}(hashtextextended($1, 0))`, [lotId]);
}
