/**
 * One breach of every invariant, planted into what a whole story left behind: a scan that stays silent over
 * its breach proves nothing. Breaches of what is read from the database are planted there, on a database that
 * is thrown away afterwards.
 */
import type { PlacedEvent } from "../../server/record/index.ts";
import type { Pool } from "../../server/runtime/database/index.ts";
import type { Scanned } from "./finding.ts";

export type Breach = (scanned: Scanned) => Scanned | Promise<Scanned>;

type Change = (event: PlacedEvent) => PlacedEvent | undefined;

/** Changes the first event of the type; without a change it is left out. */
function altered(scanned: Scanned, type: string, change: Change = () => undefined): Scanned {
  const place = scanned.events.findIndex((event) => event.type === type);
  if (place === -1) throw new Error(`the story has no ${type} to plant a breach in`);
  const changed = change(structuredClone(scanned.events[place] as PlacedEvent));
  return { ...scanned, events: scanned.events.toSpliced(place, 1, ...(changed ? [changed] : [])) };
}

function withData(event: PlacedEvent, data: object): PlacedEvent {
  return { ...event, data: { ...event.data, ...data } };
}

async function tampered({ pool }: Pick<Scanned, "pool">, statement: string, values: unknown[] = []): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("ALTER TABLE record.event DISABLE TRIGGER event_is_append_only");
    const { rowCount } = await client.query(statement, values);
    if (!rowCount) throw new Error("nothing was there to plant a breach in");
  } finally {
    client.release();
  }
}

const oneHour = 3_600_000;

/** In order: those that change the database for good come last. */
export const breaches: readonly [invariant: string, what: string, plant: Breach][] = [
  [
    "I03",
    "an acknowledged command is not in the record",
    (scanned) => ({
      ...scanned,
      commands: scanned.commands.filter(
        ({ key }) => key !== scanned.told?.find(({ status, text }) => status === 200 && text.length < 4096)?.commandId,
      ),
    }),
  ],
  [
    "I03",
    "the sealed act of a receipt is not in the record",
    (scanned) => ({
      ...scanned,
      events: scanned.events.map((event) => (event.type === "sealed.event" ? withData(event, { bidDigest: "0" }) : event)),
    }),
  ],
  [
    "I04",
    "a refused command left an event",
    (scanned) => ({ ...scanned, commands: scanned.commands.map((row) => ({ ...row, status: 422 })) }),
  ],
  [
    "I04",
    "one command was answered in two ways",
    (scanned) => ({ ...scanned, told: [...(scanned.told ?? []), { ...(scanned.told ?? [])[0], text: "{}" } as never] }),
  ],
  [
    "I05",
    "a bid that came after the deadline is listed",
    (scanned) =>
      altered(scanned, "bid.listed", (event) =>
        withData(event, { acts: event.data.acts.map((act: object) => ({ ...act, receivedAt: "2099-01-01T00:00:00.000Z" })) }),
      ),
  ],
  [
    "I05",
    "somebody in time was refused as late",
    (scanned) => ({
      ...scanned,
      told: [
        {
          commandId: "cmd_late",
          status: 422,
          text: JSON.stringify({ code: "bid.late", data: { arrivedAt: "2026-12-08T01:00:00.000Z", deadline: "2026-12-08T01:00:00.000Z" } }),
        },
      ],
    }),
  ],
  ["I06", "a frozen bid is not listed", (scanned) => altered(scanned, "bid.listed")],
  [
    "I06",
    "a receipt is not honoured",
    (scanned) => altered(scanned, "opn.frozen", (event) => withData(event, { digests: event.data.digests.slice(1) })),
  ],
  [
    "I06",
    "a member's share came before the bidders' halves were frozen",
    (scanned) => altered(scanned, "opn.partialPosted", (event) => ({ ...event, position: 0 })),
  ],
  ["I07", "an event is missing from its stream", (scanned) => altered(scanned, "lot.stepDone")],
  [
    "I07",
    "a lot goes on after its end",
    (scanned) => ({
      ...scanned,
      events: [...scanned.events, followingLot(scanned, "lot.stepDone", { step: "opening.open", outcome: "opened", ref: null })],
    }),
  ],
  ["I12", "the bank received what the record does not know", (scanned) => altered(scanned, "dep.received")],
  [
    "I12",
    "an order was executed twice",
    (scanned) => ({
      ...scanned,
      books: scanned.books && {
        ...scanned.books,
        mains: scanned.books.mains.map((main) => ({
          ...main,
          entries: main.entries.flatMap((entry) => (entry.dc === "D" ? [entry, entry] : [entry])),
        })),
      },
    }),
  ],
  [
    "I14",
    "a draw has two results",
    (scanned) => ({ ...scanned, events: scanned.events.flatMap((event) => (event.type === "drw.derived" ? [event, event] : [event])) }),
  ],
  [
    "I14",
    "a share was given after the result",
    (scanned) => ({ ...scanned, events: [...scanned.events, ...scanned.events.filter(({ type }) => type === "drw.revealed")] }),
  ],
  [
    "I16",
    "a refusal has no code",
    (scanned) => ({ ...scanned, told: [{ commandId: "cmd_mute", status: 422, text: JSON.stringify({ title: "不行", detail: "不行" }) }] }),
  ],
  [
    "I16",
    "an answer carries a field that is not of its view",
    (scanned) => ({
      ...scanned,
      shown: (scanned.shown ?? []).map(({ path, body }) => ({ path, body: { ...(body as object), secret: 1 } })),
    }),
  ],
  [
    "I17",
    "maker and checker are one person",
    (scanned) =>
      altered(scanned, "dep.releaseApproved", (event) => ({
        ...event,
        actor: scanned.events.find(({ type, data }) => type === "dep.releaseOrdered" && data.orderId === event.data.orderId)?.actor ?? "",
      })),
  ],
  ["I17", "one side judged a missing key alone", (scanned) => altered(scanned, "opn.consented")],
  ["I18", "an opening went on under a hold", held],
  [
    "I20",
    "the deadline left too little time",
    (scanned) => ({
      ...scanned,
      events: scanned.events.map((event) =>
        event.type === "lot.milestoneSet" && event.data.name === "bidDeadline"
          ? withData(event, { at: "2026-11-20T01:00:00.000Z" })
          : event,
      ),
    }),
  ],
  [
    "I21",
    "a limit is overdue",
    (scanned) => ({
      ...scanned,
      deadlines: [{ lotId: "lot_X", milestone: "bidDeadline", dueMs: scanned.now - oneHour, frozen: 0, done: false }],
    }),
  ],
  [
    "I21",
    "a limit was reached at another time than its own",
    (scanned) => altered(scanned, "lot.milestoneReached", (event) => ({ ...event, at: "2026-01-01T00:00:00.000Z" })),
  ],
  [
    "I09",
    "a view says something else than the record",
    async (scanned) => ({ ...scanned, done: await change(scanned.pool, "UPDATE transaction.lot SET title = title || '（改）'") }),
  ],
  [
    "I11",
    "a proof in an opening is not the one that was given",
    async (scanned) => ({
      ...scanned,
      done: await tampered(
        scanned,
        "UPDATE record.event SET event = regexp_replace(event, '\"z\":\"..', '\"z\":\"00') WHERE type = 'opn.partialPosted'",
      ),
    }),
  ],
  [
    "I08",
    "an event of the past was rewritten",
    async (scanned) => ({
      ...scanned,
      done: await tampered(scanned, "UPDATE record.event SET event = replace(event, '\"v\":1', '\"v\":2') WHERE type = 'ntc.published'"),
    }),
  ],
];

function followingLot({ events }: Scanned, type: string, data: PlacedEvent["data"]): PlacedEvent {
  const last = events.findLast(({ stream }) => stream.startsWith("lot_")) as PlacedEvent;
  return { ...last, type, data, version: last.version + 1, position: (events.at(-1)?.position ?? 0) + 1 };
}

/** A hold over everything, set right after the lot was opened and never released. */
function held(scanned: Scanned): Scanned {
  const opened = scanned.events.findIndex(({ type }) => type === "lot.opened");
  const event = scanned.events[opened] as PlacedEvent;
  const hold: PlacedEvent = {
    ...event,
    type: "lot.held",
    data: { hold: "hld_planted", cause: "planted", ref: null, blocks: ["*"], freezes: [] },
  };
  return { ...scanned, events: scanned.events.toSpliced(opened + 1, 0, hold) };
}

async function change(pool: Pool, statement: string): Promise<void> {
  const { rowCount } = await pool.query(statement);
  if (!rowCount) throw new Error("nothing was there to plant a breach in");
}
