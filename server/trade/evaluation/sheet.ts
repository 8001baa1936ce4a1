/** The sheet of one seat: its scores of all valid bids. Nobody but its own seat reads it before the report. */
import { next } from "../../kernel/index.ts";
import { foldStream, type RecordedEvent } from "../../record/index.ts";
import type { Queryable } from "../../runtime/database/index.ts";
import { type SheetState, sheetStates } from "./evaluation.states.ts";

/** Bid → item → score as decimal text. */
export type Scores = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Sheet {
  id: string;
  state: SheetState;
  scores: Scores;
}

const moves = {
  "sht.saved": "save",
  "sht.submitted": "submit",
  "sht.reopened": "reopen",
  "sht.locked": "lock",
  "sht.voided": "void",
} as const;

export function evolveSheet(sheet: Sheet | undefined, event: RecordedEvent): Sheet {
  const before: Sheet = sheet ?? { id: event.stream, state: "open", scores: {} };
  const command = moves[event.type as keyof typeof moves];
  const state = command && next(sheetStates, before.state, command);
  if (state === undefined) throw new Error(`a sheet that is ${before.state} cannot take ${event.type}`);
  return { ...before, state, scores: event.data.scores ? merged(before.scores, event.data.scores) : before.scores };
}

export function merged(before: Scores, added: Scores): Scores {
  const all: Record<string, Record<string, string>> = {};
  for (const scores of [before, added]) for (const [bid, items] of Object.entries(scores)) all[bid] = { ...all[bid], ...items };
  return all;
}

export async function sheetOf(db: Queryable, id: string | undefined): Promise<Sheet | undefined> {
  return id === undefined ? undefined : foldStream(db, id, evolveSheet);
}
