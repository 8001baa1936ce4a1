/**
 * Leaves from the record: a durable reader turns each numbered event into one entry, in order, in the
 * transaction that moves the reader (evidence-v1 §2). It never waits for anybody and nobody waits for
 * it. It must never make an entry of its own, skip a position, or show more of an event than its
 * stream, type, pseudonym and salted commitment. Sealed acts are blinded already by the record: their
 * stream is `b/` + chance and their type `sealed.event`, and so is their leaf.
 */
import type { PoolClient } from "pg";
import { concat, fromUtf8, hex } from "../../../formats/bytes.ts";
import { actorPseudonym, type Entry, EntryError, entryBytes, Frontier, leafHash } from "../../../formats/evidence/index.ts";
import { instantText, type Random } from "../../kernel/index.ts";
import type { PlacedEvent, Subscription } from "../../record/index.ts";
import { LogFault } from "./log-fault.ts";

const batch = 1000;
/** Cannot occur in canonical JSON. */
const separator = "\u001e";

/** The name under which the reader's position stands in record.reader. */
export const leafReader = "evidence.leaves";

export function leafSubscription(random: Random): Subscription {
  return { name: leafReader, batch, handle: (events, tx) => appendLeaves(tx, events, random) };
}

async function appendLeaves(tx: PoolClient, events: readonly PlacedEvent[], random: Random): Promise<void> {
  const tree = await lockTree(tx);
  const commitments = await commitmentsOf(tx, events);
  const pseudonyms = pseudonymsBy(await actorSaltsOf(tx, events, random), events);
  const texts: string[] = [];
  const hashes: Uint8Array[] = [];
  const first = tree.size;
  for (const event of events) {
    if (event.position !== tree.size) throw new LogFault("gap", `the log has ${tree.size} leaves, the record goes on at ${event.position}`);
    const bytes = bytesOf(entryOf(event, commitments.get(event.position), pseudonyms.get(actorKey(event))));
    const hash = leafHash(bytes);
    tree.append(hash);
    texts.push(fromUtf8(bytes));
    hashes.push(hash);
  }
  await tx.query(
    `INSERT INTO evidence.leaf (seq, entry, hash)
     SELECT $1::bigint + i - 1, e, substring($3::bytea FROM i::int * 32 - 31 FOR 32) FROM string_to_table($2, E'\\x1e') WITH ORDINALITY AS row(e, i)`,
    [first, texts.join(separator), concat(...hashes)],
  );
  await tx.query("UPDATE evidence.tree SET size = $1, peaks = $2 WHERE id = 1", [tree.size, tree.bytes()]);
}

async function lockTree(tx: PoolClient): Promise<Frontier> {
  const { rows } = await tx.query<{ size: string; peaks: Buffer }>("SELECT size, peaks FROM evidence.tree WHERE id = 1 FOR UPDATE");
  if (!rows[0]) throw new LogFault("tampered", "the row of the tree is gone");
  return Frontier.fromBytes(Number(rows[0].size), rows[0].peaks);
}

/** @throws LogFault for an event whose stream or type may not stand in the log: it stops there, since no position is skipped. */
function bytesOf(entry: Entry): Uint8Array {
  try {
    return entryBytes(entry);
  } catch (error) {
    throw error instanceof EntryError ? new LogFault("unfit", `position ${entry.seq}: ${error.message}`) : error;
  }
}

function entryOf(event: PlacedEvent, commitment: string | undefined, actor: string | undefined): Entry {
  if (commitment === undefined || actor === undefined) throw new LogFault("gap", `position ${event.position} has no commitment`);
  return {
    v: 1,
    seq: event.position,
    at: instantText(event.loggedAtMs),
    stream: event.stream,
    type: event.type,
    actor,
    commitment,
  };
}

function pseudonymsBy(salts: ReadonlyMap<string, Uint8Array>, events: readonly PlacedEvent[]): Map<string, string> {
  const actors = new Map(events.map((event) => [actorKey(event), event.actor]));
  return new Map([...salts].map(([key, salt]) => [key, actorPseudonym(actors.get(key) ?? "", salt)]));
}

/** Commitments by position. A salt that stands twice in a batch is refused: two leaves would show that they hide the same. */
async function commitmentsOf(tx: PoolClient, events: readonly PlacedEvent[]): Promise<Map<number, string>> {
  const { rows } = await tx.query<{ position: string; commitment: Buffer; salt: Buffer }>(
    `SELECT p.position, e.commitment, e.salt FROM record.position p JOIN record.event e ON e.id = p.event_id WHERE p.position BETWEEN $1 AND $2`,
    [events[0]?.position, events[events.length - 1]?.position],
  );
  if (new Set(rows.map((row) => hex(row.salt))).size !== rows.length) throw new LogFault("tampered", "a salt was used twice");
  return new Map(rows.map((row) => [Number(row.position), hex(row.commitment)]));
}

const actorKey = ({ stream, actor }: { stream: string; actor: string }) => JSON.stringify([stream, actor]);

/** One salt per actor and stream, made when the actor first acts in the stream. */
async function actorSaltsOf(tx: PoolClient, events: readonly PlacedEvent[], random: Random): Promise<Map<string, Uint8Array>> {
  const wanted = new Map(events.map((event) => [actorKey(event), event]));
  const pairs = [...wanted.values()];
  const { rows } = await tx.query<{ stream: string; actor: string; salt: Buffer }>(
    "SELECT stream, actor, salt FROM evidence.actor JOIN unnest($1::text[], $2::text[]) AS wanted(stream, actor) USING (stream, actor)",
    [pairs.map(({ stream }) => stream), pairs.map(({ actor }) => actor)],
  );
  const salts = new Map<string, Uint8Array>(rows.map((row) => [actorKey(row), row.salt]));
  const fresh = pairs.filter((pair) => !salts.has(actorKey(pair)));
  for (const pair of fresh) salts.set(actorKey(pair), random.bytes(32));
  if (fresh.length > 0)
    await tx.query("INSERT INTO evidence.actor (stream, actor, salt) SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[])", [
      fresh.map(({ stream }) => stream),
      fresh.map(({ actor }) => actor),
      fresh.map((pair) => salts.get(actorKey(pair))),
    ]);
  return salts;
}
