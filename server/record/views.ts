/**
 * Views: tables that a stage fills from the record, in the transaction of the append, and that can
 * be dropped and rebuilt from the record at any time. A view must depend on events only: not on
 * the clock, not on chance, not on another view.
 */
import type { ClientBase } from "pg";
import type { RecordedEvent } from "./event.ts";

export type Apply = (tx: ClientBase, event: RecordedEvent) => Promise<void>;

export interface View {
  /** `stage.noun`, also the name under which it is rebuilt. */
  name: string;
  /** Tables that only this view writes, in an order in which they may be emptied. */
  tables: readonly string[];
  /** What to do for each type of event. */
  on: Readonly<Record<string, Apply>>;
}

export class Views {
  readonly all: readonly View[];
  readonly #byType = new Map<string, Apply[]>();

  constructor(views: readonly View[]) {
    this.all = views;
    for (const view of views) {
      for (const [type, apply] of Object.entries(view.on)) {
        this.#byType.set(type, [...(this.#byType.get(type) ?? []), apply]);
      }
    }
  }

  async apply(tx: ClientBase, event: RecordedEvent): Promise<void> {
    for (const apply of this.#byType.get(event.type) ?? []) await apply(tx, event);
  }

  /** Empties the view and folds the whole record into it again. */
  async rebuild(tx: ClientBase, name: string): Promise<void> {
    const view = this.named(name);
    for (const table of view.tables) await tx.query(`DELETE FROM ${table}`);
    const { rows } = await tx.query<{ event: string }>("SELECT event FROM record.event WHERE type = ANY($1) ORDER BY id", [
      Object.keys(view.on),
    ]);
    for (const row of rows) {
      const event = JSON.parse(row.event) as RecordedEvent;
      await view.on[event.type]?.(tx, event);
    }
  }

  /** One digest per table, independent of the order of rows: equal before and after a rebuild (invariant I09). */
  async fingerprint(tx: ClientBase, name: string): Promise<Record<string, string>> {
    const prints: Record<string, string> = {};
    for (const table of this.named(name).tables) {
      const { rows } = await tx.query<{ print: string | null }>(
        `SELECT md5(string_agg(line, chr(10) ORDER BY line)) AS print FROM (SELECT t::text AS line FROM ${table} t) lines`,
      );
      prints[table] = rows[0]?.print ?? "empty";
    }
    return prints;
  }

  named(name: string): View {
    const view = this.all.find((candidate) => candidate.name === name);
    if (!view) throw new Error(`no view is named ${name}`);
    return view;
  }
}
