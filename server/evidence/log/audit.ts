/**
 * The log held against the record, from position 0: what the standing self-check and `verify -- --live`
 * run. It finds an event, a leaf, a head or a tile that anybody with the rights of a superuser changed,
 * removed or moved. It changes nothing.
 */
import { equalBytes, hex, utf8 } from "../../../formats/bytes.ts";
import {
  type Entry,
  entryBytes,
  Frontier,
  leafHash,
  readEntryBundle,
  type Tile,
  tileWidth,
  widthAt,
} from "../../../formats/evidence/index.ts";
import { instantText } from "../../kernel/index.ts";
import { commitmentOf, type Queryable } from "../../record/index.ts";
import type { SignedHead } from "./log-keys.ts";
import type { TileFolder } from "./tile-folder.ts";

export interface LogAudit {
  leaves: number;
  fault: { position: number; reason: string } | null;
}

const rowsPerRead = 1024;

interface Row {
  seq: string;
  entry: string;
  hash: Buffer;
  event: string | null;
  salt: Buffer;
  commitment: Buffer;
  at_ms: string;
}

export interface AuditParts {
  db: Queryable;
  /** The last head of the key folder, which a database administrator cannot reach. */
  head: SignedHead | undefined;
  tiles: TileFolder;
  /** Heads that others hold: a tree of ours must have had each of them. */
  witnessed?: readonly { size: number; root: string }[];
}

export async function auditLog({ db, head, tiles, witnessed = [] }: AuditParts): Promise<LogAudit> {
  const roots = await signedRootsOf(db, head);
  for (const { size, root } of witnessed) roots.set(size, [...(roots.get(size) ?? []), root]);
  const tree = new Frontier();
  for (;;) {
    const rows = await leavesFrom(db, tree.size);
    for (const row of rows) {
      const reason = faultOf(row, tree.size);
      if (reason) return { leaves: tree.size, fault: { position: tree.size, reason } };
      tree.append(new Uint8Array(row.hash));
      const signed = roots.get(tree.size);
      if (signed?.some((root) => root !== hex(tree.root())))
        return { leaves: tree.size, fault: { position: tree.size - 1, reason: `the head of ${tree.size} leaves was signed over others` } };
      roots.delete(tree.size);
    }
    if (rows.length < rowsPerRead) break;
  }
  const [missing] = roots.keys();
  if (missing !== undefined)
    return { leaves: tree.size, fault: { position: tree.size, reason: `a head of ${missing} leaves was signed, there are ${tree.size}` } };
  return { leaves: tree.size, fault: await tileFault(db, tiles, head?.frontier.size ?? 0) };
}

async function leavesFrom(db: Queryable, seq: number): Promise<Row[]> {
  const { rows } = await db.query(
    `SELECT l.seq, l.entry, l.hash, e.event, e.salt, e.commitment, p.at_ms
     FROM evidence.leaf l LEFT JOIN record.position p ON p.position = l.seq LEFT JOIN record.event e ON e.id = p.event_id
     WHERE l.seq >= $1 ORDER BY l.seq LIMIT ${rowsPerRead}`,
    [seq],
  );
  return rows as unknown as Row[];
}

async function signedRootsOf(db: Queryable, head: SignedHead | undefined): Promise<Map<number, string[]>> {
  const { rows } = await db.query("SELECT size, root FROM evidence.checkpoint ORDER BY size");
  const roots = new Map((rows as { size: string; root: Buffer }[]).map(({ size, root }) => [Number(size), [hex(root)]]));
  // The key folder's own head counts before what the database says about the same size.
  if (head) roots.set(head.frontier.size, [hex(head.frontier.root())]);
  return roots;
}

function faultOf(row: Row, expected: number): string | null {
  if (Number(row.seq) !== expected) return "the leaf is missing";
  if (row.event === null) return "the record has no event for the leaf";
  if (!equalBytes(commitmentOf(row.salt, row.event), row.commitment)) return "the event does not open its commitment";
  const event = JSON.parse(row.event) as { stream: string; type: string };
  const entry = JSON.parse(row.entry) as Entry;
  const own = {
    seq: expected,
    stream: event.stream,
    type: event.type,
    commitment: hex(row.commitment),
    at: instantText(Number(row.at_ms)),
  };
  if (Object.entries(own).some(([name, value]) => entry[name as keyof Entry] !== value)) return "the leaf is not of this event";
  if (!equalBytes(leafHash(utf8(row.entry)), row.hash)) return "the leaf is not what its hash says";
  return hex(entryBytes(entry)) === hex(utf8(row.entry)) ? null : "the leaf is not in canonical form";
}

/** Every published entry bundle and every tile of leaf hashes. The levels above follow from these: proofs through them end at signed roots. */
async function tileFault(db: Queryable, tiles: TileFolder, size: number): Promise<LogAudit["fault"]> {
  for (let index = 0; widthAt(0, index, size) > 0; index++) {
    const width = widthAt(0, index, size);
    const { rows } = await db.query("SELECT entry, hash FROM evidence.leaf WHERE seq >= $1 AND seq < $2 ORDER BY seq", [
      tileWidth * index,
      tileWidth * index + width,
    ]);
    const leaves = rows as { entry: string; hash: Buffer }[];
    const find = async (level: Tile["level"]) => tiles.find({ level, index, width });
    const [hashes, entries] = [await find(0), await find("entries")];
    const isWhole =
      hashes !== undefined &&
      entries !== undefined &&
      equalBytes(hashes, Buffer.concat(leaves.map(({ hash }) => hash))) &&
      readEntryBundle(entries).every((entry, i) => equalBytes(entry, utf8(leaves[i]?.entry ?? "")));
    if (!isWhole) return { position: tileWidth * index, reason: "the published tile is missing or holds something else" };
  }
  return null;
}
