/** Drafts save themselves on this computer and come back after a reload, until the act is done (portal.md §1, 10). */
import { useEffect, useState } from "react";
import { currentMembership } from "../api/membership.ts";
import type { NextAct } from "../api/types.ts";
import { type Draft, firstDraft } from "./form-schema.ts";

const placeOf = (act: NextAct): string =>
  `egret.draft ${currentMembership() ?? ""} ${act.lotId ?? ""} ${act.act} ${JSON.stringify(act.suggested ?? null)}`;

function keptDraft(act: NextAct): Draft | undefined {
  const text = localStorage.getItem(placeOf(act));
  return text === null ? undefined : (JSON.parse(text) as Draft);
}

/** The draft of an act: what was kept, else what the server filled in. */
export function useDraft(act: NextAct): [Draft, (draft: Draft) => void] {
  const [draft, setDraft] = useState<Draft>(() => keptDraft(act) ?? firstDraft("", act.schema, act.suggested));
  const [isChanged, setChanged] = useState(false);
  useEffect(() => {
    if (isChanged) localStorage.setItem(placeOf(act), JSON.stringify(draft));
  }, [act, draft, isChanged]);
  const change = (next: Draft) => {
    setChanged(true);
    setDraft(next);
  };
  return [draft, change];
}

/** Forgets the draft of an act that is done. */
export function forgetDraft(act: NextAct): void {
  localStorage.removeItem(placeOf(act));
}
