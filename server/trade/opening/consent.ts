/**
 * What two persons of two sides must will together: extending, pausing, judging a missing key (CON-046).
 * Each says it for itself by a signed act of its own; when all sides that are needed have said the same,
 * it happens. Pure.
 */
import { jcsText } from "../../../formats/jcs.ts";
import type { RecordedEvent } from "../../record/index.ts";

export type ConsentSide = "buyer" | "centre" | "supervisor";

/** What is willed: the command, its subject, its terms. */
export type Wish = { readonly command: string; readonly [term: string]: string | number | null };

/** For each wish (by its canonical text) who has said it, with the person. */
export type Consents = ReadonlyMap<string, ReadonlyMap<ConsentSide, string>>;

export function wishKey(wish: Wish): string {
  return jcsText(wish);
}

/** Sides that still have to say it, were this side to say it now. */
export function sidesAwaited(consents: Consents, wish: Wish, saying: { side: ConsentSide; needed: readonly ConsentSide[] }): ConsentSide[] {
  const said = consents.get(wishKey(wish));
  return saying.needed.filter((side) => side !== saying.side && !said?.has(side));
}

/** A wish that happened, or a phase that ended, leaves nothing pending. */
export function evolveConsents(consents: Consents, { type, data, actor }: RecordedEvent): Consents {
  if (type === "opn.consented") {
    const key = wishKey(data.wish as Wish);
    return new Map(consents).set(key, new Map(consents.get(key)).set(data.side, actor));
  }
  const command = fulfilled[type];
  if (command === undefined) return consents;
  return new Map([...consents].filter(([key]) => (JSON.parse(key) as Wish).command !== command));
}

const fulfilled: Readonly<Record<string, string>> = {
  "opn.extended": "extend",
  "opn.paused": "pause",
  "opn.resumed": "resume",
  "opn.keysFrozen": "judgeMissing",
};
