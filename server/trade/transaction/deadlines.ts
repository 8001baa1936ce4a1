/**
 * Deadlines fire in the transaction of the state change. The timer only wakes; what counts is
 * arrival time against the effective end. At a limit the house first *drains*: it waits until no
 * command stamped before the limit is on its way, so that a bid in time is counted whichever
 * thread was slow (model.md §2).
 */
import { type Instant, instantText } from "../../kernel/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import type { Pool } from "../../runtime/database/index.ts";
import type { MilestoneEffect } from "./act.ts";
import type { House } from "./house.ts";
import { isFrozen } from "./lot.ts";
import { performAsSystem } from "./perform-as-system.ts";
import { reachMilestone } from "./thread.ts";
import { type DueRow, dueAt } from "./views.ts";

/** Commands that have arrived and are not answered yet, with their stamp. */
export class OnTheirWay {
  readonly #stamps = new Map<symbol, Instant>();
  #waiters: (() => void)[] = [];

  enter(arrivedAt: Instant): () => void {
    const key = Symbol();
    this.#stamps.set(key, arrivedAt);
    return () => {
      this.#stamps.delete(key);
      for (const wake of this.#waiters.splice(0)) wake();
    };
  }

  /** Resolves with true when nothing stamped at or before the limit is on its way; false after `withinMs` of machine time. */
  async drained(limit: Instant, withinMs: number): Promise<boolean> {
    let over = false;
    const timer = setTimeout(() => {
      over = true;
      for (const wake of this.#waiters.splice(0)) wake();
    }, withinMs);
    while (!over && [...this.#stamps.values()].some((stamp) => stamp <= limit)) await new Promise<void>((wake) => this.#waiters.push(wake));
    clearTimeout(timer);
    return !over;
  }
}

export interface DeadlineOptions {
  house: House;
  effects: ReadonlyMap<string, readonly MilestoneEffect[]>;
  onTheirWay: OnTheirWay;
  drainMs: number;
  /** Resolves when the trade clock shows a later instant, or stands still: the very limit is in time to its last moment. */
  past(limit: Instant): Promise<void>;
}

/** Reaches every milestone that is due at `now`, in order of due time, until none is left. @returns how many were reached. */
export async function reachDue(options: DeadlineOptions, now: Instant): Promise<number> {
  let reached = 0;
  for (;;) {
    const [row] = await dueAt(options.house.pool as Pool, now);
    if (!row) return reached;
    await reachOne(options, row);
    reached += 1;
  }
}

async function reachOne({ house, effects, onTheirWay, drainMs, past }: DeadlineOptions, row: DueRow): Promise<void> {
  await past(row.dueMs);
  const drained = await onTheirWay.drained(row.dueMs, drainMs);
  await house.blindedNumbered();
  const commandId = `deadline:${row.lotId}:${row.milestone}:${row.version}:${row.dueMs}`;
  await performAsSystem(house, { lotId: row.lotId, commandId, now: row.dueMs }, async (context) => {
    const milestone = context.lot.milestones.get(row.milestone);
    if (!milestone || milestone.at !== row.dueMs || milestone.reachedAt !== null || isFrozen(context.lot, row.milestone)) return;
    if (!drained)
      await context.append(context.lot.id, "lot.drainExceeded", {
        milestone: row.milestone,
        at: instantText(row.dueMs),
        withinMs: drainMs,
      });
    await reachMilestone(context, row.milestone);
    const kind = row.milestone.split(":")[0] as string;
    for (const effect of effects.get(kind) ?? []) await effect(context, row.milestone);
    crashPoint("CP03.limit-reached");
  });
}
