/** `arc.collect`: the platform takes an item into the archive as soon as it arises, with the digest of what it took. */
import { digestOf, type Json } from "../../../formats/jcs.ts";
import { type RecordedEvent, readStream } from "../../record/index.ts";
import { inTurn, type Queryable } from "../../runtime/database/index.ts";
import { drawsOf } from "../draw/index.ts";
import { evaluationOf } from "../evaluation/index.ts";
import { isPending, remediesOf } from "../remedy/index.ts";
import { type DecidingLot, type LotThread, lotOfStream, type Procedure, type Reaction, streamOf } from "../transaction/index.ts";
import { type Archive, archiveOf } from "./archive.ts";
import { collectingEvents, type ItemKind, itemKinds } from "./items.ts";

export const collectOnArrival: Reaction = {
  name: "archive.collect",
  on: collectingEvents,
  lotOf: async ({ stream, data }) => (typeof data.lotId === "string" ? data.lotId : lotOfStream(stream)),
  react: collectItems,
};

/** Collects every stream of every item that has moved on since it was collected last. */
export async function collectItems(context: DecidingLot): Promise<void> {
  const archive = await archiveOf(context.tx, context.lot.id);
  if (archive.state !== "collecting") return;
  for (const prefix of [...new Set(itemKinds.map((kind) => kind.prefix))]) {
    for (const stream of await streamsOf(context, prefix)) {
      const events = await readStream(context.tx, stream);
      const known = archive.items.get(stream);
      if (events.length === 0 || known?.version === events.length) continue;
      const kind = itemKinds.find((one) => one.prefix === prefix) as ItemKind;
      await context.append(streamOf("arc", context.lot.id), "arc.collected", {
        item: kind.item,
        stream,
        version: events.length,
        sha256: digestOf(linesOf(events) as unknown as Json),
      });
    }
  }
}

/** A noun's streams in all runs. Sheets and draws have ids of chance, so the stages that own them are asked. */
async function streamsOf(context: DecidingLot, prefix: string): Promise<string[]> {
  const { tx, lot } = context;
  if (prefix === "drw") return (await drawsOf(tx, lot.id)).map(({ id }) => id);
  if (prefix === "sht") return sheetsOf(context);
  const streams: string[] = [];
  // Contracts are counted by decisions of the award, everything else by runs.
  for (let run = 1; run <= Math.max(lot.run, contractsAtMost); run += 1) {
    const stream = streamOf(prefix, lot.id, run);
    if ((await readStream(tx, stream)).length > 0) streams.push(stream);
    else if (run > lot.run) break;
  }
  return streams;
}

const contractsAtMost = 8;

async function sheetsOf({ tx, lot }: DecidingLot): Promise<string[]> {
  const sheets: string[] = [];
  for (let run = 1; run <= lot.run; run += 1) {
    const evaluation = await evaluationOf(tx, { id: lot.id, run });
    sheets.push(...(evaluation?.sheets.values() ?? []));
  }
  return [...new Set(sheets)];
}

/** What the archive keeps of an event: no person, no command. */
export function linesOf(events: readonly RecordedEvent[]) {
  return events.map(({ stream, version, type, at, data }) => ({ stream, version, type, at, data }));
}

export interface ListedItem {
  item: string;
  title: string;
  required: boolean;
  present: boolean;
}

/** Every item, whether it is required by the steps of this lot, and whether it is there. */
export async function listItems(db: Queryable, lot: LotThread, procedure: Procedure): Promise<ListedItem[]> {
  const archive = await archiveOf(db, lot.id);
  const steps = new Set(procedure.steps(lot.pass).map(({ name }) => name));
  const pending = [...(await remediesOf(db, lot.id)).values()].some(isPending);
  const items = await inTurn(itemKinds, async (kind) => ({
    item: kind.item,
    title: kind.title,
    required: kind.step !== null && steps.has(kind.step),
    present: await isPresent(db, archive, kind),
  }));
  return pending ? [...items, { item: "pendingRemedy", title: "尚未办结的异议、投诉的处理结果", required: true, present: false }] : items;
}

/** An item is there when its stream was collected up to the event that makes it whole. */
async function isPresent(db: Queryable, { items }: Archive, { prefix, whole }: ItemKind): Promise<boolean> {
  for (const { stream, version } of items.values()) {
    if (!stream.startsWith(`${prefix}_`)) continue;
    if (whole === null) return true;
    if ((await readStream(db, stream)).slice(0, version).some(({ type }) => type === whole)) return true;
  }
  return false;
}
