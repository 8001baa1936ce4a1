/**
 * The read layout of the log (evidence-v1 §6; C2SP tlog-tiles, height 8): where each tile lies, which
 * tiles a tree of some size has, and reading subtrees out of tiles. Tiles are immutable: the same
 * path never holds other bytes.
 */
import { concat } from "../bytes.ts";
import { type Nodes, subtreeHash } from "./tree.ts";

export const tileWidth = 256;
const tileHeight = 8;
const hashBytes = 32;

export type Tile = { level: number | "entries"; index: number; width: number };

/** The path of a tile below the prefix. @throws RangeError for a tile that cannot exist. */
export function tilePath({ level, index, width }: Tile): string {
  const isLevel = level === "entries" || (Number.isSafeInteger(level) && level >= 0 && level <= 63);
  if (!isLevel || !Number.isSafeInteger(index) || index < 0 || !(Number.isInteger(width) && width >= 1 && width <= tileWidth))
    throw new RangeError(`no tile ${level}/${index} of width ${width}`);
  return `tile/${level}/${groupsOf(index)}${width === tileWidth ? "" : `.p/${width}`}`;
}

function groupsOf(index: number): string {
  let rest = Math.floor(index / 1000);
  let groups = String(index % 1000).padStart(3, "0");
  for (; rest > 0; rest = Math.floor(rest / 1000)) groups = `x${String(rest % 1000).padStart(3, "0")}/${groups}`;
  return groups;
}

/** The tile of a path, or undefined when the path is not exactly one that `tilePath` writes. */
export function readTilePath(path: string): Tile | undefined {
  const [, level = "", groups = "", width] =
    /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path) ?? [];
  if (level === "") return undefined;
  const tile: Tile = {
    level: level === "entries" ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, "")),
    width: width === undefined ? tileWidth : Number(width),
  };
  try {
    return tilePath(tile) === path ? tile : undefined;
  } catch {
    return undefined; // a width or index that no tile has
  }
}

/** Levels of hash tiles at a size: those on which at least one hash stands. */
export function tileLevels(size: number): number {
  let levels = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / tileWidth)) levels += 1;
  return levels;
}

/** The width of tile N on a level at a size; 0 when it does not exist. */
export function widthAt(level: number, index: number, size: number): number {
  const hashes = Math.floor(size / tileWidth ** level);
  return Math.max(0, Math.min(tileWidth, hashes - tileWidth * index));
}

export type ReadTile = (tile: Tile) => Uint8Array | Promise<Uint8Array>;

/** The complete subtrees of a tree of `size`, read from its tiles; each tile is read once. */
export function nodesFromTiles(readTile: ReadTile, size: number): Nodes {
  const tiles = new Map<string, Promise<Uint8Array>>();
  return async (level, index) => {
    const tileLevel = Math.floor(level / tileHeight);
    const span = 2 ** (level % tileHeight);
    const tile = { level: tileLevel, index: Math.floor((index * span) / tileWidth), width: 0 };
    tile.width = widthAt(tileLevel, tile.index, size);
    const path = tilePath(tile);
    const bytes = await (tiles.get(path) ?? keep(tiles, path, Promise.resolve(readTile(tile))));
    if (bytes.length !== tile.width * hashBytes) throw new RangeError(`${path} holds ${bytes.length} bytes`);
    const first = (index * span) % tileWidth;
    if (first + span > tile.width) throw new RangeError(`a tree of ${size} has no subtree ${level}/${index}`);
    return subtreeHash(bytes.subarray(first * hashBytes, (first + span) * hashBytes));
  };
}

function keep<T>(map: Map<string, T>, key: string, value: T): T {
  map.set(key, value);
  return value;
}

/** An entry bundle: each entry as u16(length) ‖ entryBytes. */
export function entryBundle(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concat(...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]));
}

/** @throws RangeError when the bundle is cut. */
export function readEntryBundle(bytes: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const entry = bytes.subarray(at + 2, at + 2 + length);
    if (length === 0 || entry.length !== length) throw new RangeError("the entry bundle is cut");
    entries.push(entry);
    at += 2 + length;
  }
  return entries;
}
