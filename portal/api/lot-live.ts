/**
 * A lot that is looked at stays true: a live event makes the page read again what the event can have changed, and
 * nothing else. Events that came in one breath are one occasion; those that the lot's answer already contained are none.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type Connection, type LiveEvent, useLive } from "./live.ts";
import type { Lot } from "./types.ts";

/** Every event moves the thread of the lot, and may make a paper. */
const always = ["lot", "next-steps", "record", "papers"] as const;
const text = ["notice", "document", "documents", "changes", "questions"];
const opening = ["opening", "own-bid", "lot-deposits"];
const room = ["room", "evaluation-progress", "committee", "seats"];
const award = ["award", "award-desk", "outcome"];

/** Noun of an event → names of the queries that it can change. An event of another noun changes all of the lot. */
const changedBy: Readonly<Record<string, readonly string[]>> = {
  doc: text,
  ntc: text,
  que: text,
  cer: ["ceremony"],
  drw: ["draws", "draw"],
  opn: opening,
  bid: opening,
  dep: ["own-deposit", "lot-deposits"],
  gua: ["own-deposit", "lot-deposits"],
  cmt: ["committee", "seats"],
  evl: room,
  sht: room,
  awd: award,
  rem: ["cases", ...award],
  con: ["contract", "contract-text"],
};

/** Which queries of a lot events of these types can have changed; `all` when one of them may change anything. */
export function namesChangedBy(types: readonly string[]): ReadonlySet<string> | "all" {
  const names = new Set<string>(always);
  for (const type of types) {
    const changed = changedBy[type.split(".")[0] ?? ""];
    if (!changed) return "all";
    for (const name of changed) names.add(name);
  }
  return names;
}

/** Ids are `run.number`; numbers of different runs of the server have no order. */
export function isContained(id: string, known: string): boolean {
  const [run, number] = id.split(".");
  const [knownRun, knownNumber] = known.split(".");
  return run === knownRun && Number(number) <= Number(knownNumber);
}

const breathMs = 150;

/** Reads again by name, or everything of the lot. Lists of many lots have their own rhythm. */
function useReadAgain(lotId: string | undefined): (names: ReadonlySet<string> | "all") => void {
  const queries = useQueryClient();
  return (names) =>
    void queries.invalidateQueries({
      predicate: ({ queryKey: [name, of], state }) =>
        (of === lotId || (state.data as { lotId?: string } | null | undefined)?.lotId === lotId) &&
        (names === "all" || names.has(String(name))),
    });
}

/** Listens to a lot while the page stands. `onEvent` gets what has been as well, for the log of a hall. */
export function useLotLive(lot: Lot | undefined, onEvent?: (event: LiveEvent) => void): Connection {
  const readAgain = useReadAgain(lot?.lotId);
  const waiting = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const known = useRef("");
  known.current = lot?.liveId ?? known.current;
  const opens = lot?.opens.join(" ");
  const before = useRef(opens);
  // When a gate opens or closes, what was not asked before may be asked now.
  useEffect(() => {
    if (before.current !== undefined && opens !== undefined && before.current !== opens) readAgain("all");
    before.current = opens ?? before.current;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return useLive(lot && { lotId: lot.lotId, after: onEvent ? undefined : lot.liveId }, (event) => {
    onEvent?.(event);
    if (isContained(event.id, known.current)) return;
    waiting.current.push(event.type);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      readAgain(namesChangedBy(waiting.current.splice(0)));
    }, breathMs);
  });
}
