/** `GET /lots/{id}/replay?at=…`: the replay over HTTP. */
import { Type } from "@sinclair/typebox";
import { membershipsNamed } from "../identity/index.ts";
import { instantText } from "../kernel/index.ts";
import { nullable, type Read, type ReadContext, read } from "../trade/transaction/index.ts";
import { eventsOfLot, mostEvents } from "./lot-events.ts";
import { lotAt, replayOf } from "./replay.ts";

const text = Type.String();
const person = Type.Object({ name: text, organisation: text, role: text });
const change = Type.Object({ field: text, label: nullable(text), before: nullable(text), after: text });
const event = Type.Object({
  position: Type.Integer(),
  at: text,
  type: text,
  words: text,
  actor: nullable(person),
  by: text,
  key: nullable(Type.Object({ family: text, fingerprint: text })),
  reason: nullable(text),
  changes: Type.Array(change),
  decisions: Type.Array(Type.Object({ rule: text, verdict: text, figures: text })),
});
const standing = Type.Object({
  state: text,
  run: Type.Integer(),
  steps: Type.Array(Type.Object({ step: text, at: text })),
  limits: Type.Array(Type.Object({ name: text, at: text, reached: Type.Boolean() })),
  holds: Type.Array(Type.Object({ cause: text, since: text })),
});

export const replayRead = read({
  path: "/lots/:lotId/replay",
  title: "过程回放",
  group: "record.replay",
  response: Type.Object({
    lotId: text,
    at: text,
    standing: nullable(standing),
    items: Type.Array(event),
    isCut: Type.Boolean(),
  }),
  async load(context) {
    const until = minuteOf(context);
    const events = await eventsOfLot(context.tx, context.lot.id, until);
    const memberships = [...new Set(events.flatMap(({ membership }) => membership ?? []))];
    const names = await membershipsNamed(context.tx, memberships);
    return {
      lotId: context.lot.id,
      at: instantText(until),
      standing: lotAt(events, context.lot.id) ?? null,
      items: replayOf(events, context.may, names),
      isCut: events.length === mostEvents,
    };
  },
});

/** The minute that is asked for; now, where none or a later one is. */
function minuteOf({ query, now }: ReadContext): number {
  const asked = Date.parse(query.at ?? "");
  return Number.isNaN(asked) ? now : Math.min(asked, now);
}

export const supervisionReads: readonly Read[] = [replayRead];
