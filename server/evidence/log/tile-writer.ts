/**
 * Writes a growing tree as tiles. It goes on from a signed size, with the partial tiles of that size as
 * it finds them; `flush` returns when everything is on disk. One writer per folder.
 */
import { concat } from "../../../formats/bytes.ts";
import {
  entryBundle,
  type Frontier,
  type Hash,
  leafHash,
  readEntryBundle,
  type Tile,
  tileLevels,
  tileWidth,
  widthAt,
} from "../../../formats/evidence/index.ts";
import type { TileFolder } from "./tile-folder.ts";

const tileHeight = 8;

export class TileWriter {
  readonly frontier: Frontier;
  readonly #folder: TileFolder;
  /** Hashes of the unfinished tile of each level. */
  readonly #rows: Hash[][];
  #entries: Uint8Array[];
  #full: { tile: Tile; bytes: Uint8Array }[] = [];
  #dropped: Tile[] = [];

  private constructor(folder: TileFolder, frontier: Frontier, unfinished: { rows: Hash[][]; entries: Uint8Array[] }) {
    this.#folder = folder;
    this.frontier = frontier;
    this.#rows = unfinished.rows;
    this.#entries = unfinished.entries;
  }

  /** @throws LogFault when a tile of that size is missing. */
  static async at(folder: TileFolder, frontier: Frontier): Promise<TileWriter> {
    const { size } = frontier;
    const rows: Hash[][] = [];
    for (let level = 0; level < tileLevels(size); level++) {
      const tile = lastTile(level, size);
      rows.push(tile.width === 0 ? [] : hashesOf(await folder.read(tile)));
    }
    const entries = lastTile(0, size);
    const bundle = entries.width === 0 ? [] : readEntryBundle(await folder.read({ ...entries, level: "entries" }));
    return new TileWriter(folder, frontier, { rows, entries: bundle.map((entry) => new Uint8Array(entry)) });
  }

  /** @returns the hash of the leaf. */
  append(entry: Uint8Array): Hash {
    const index = Math.floor(this.frontier.size / tileWidth);
    const leaf = leafHash(entry);
    this.frontier.append(leaf, (level, place, hash) => {
      if (level % tileHeight === 0) this.#push(level / tileHeight, place, hash);
    });
    this.#entries.push(entry);
    if (this.#entries.length === tileWidth) {
      this.#finish({ level: "entries", index, width: tileWidth }, entryBundle(this.#entries));
      this.#entries = [];
    }
    return leaf;
  }

  async flush(): Promise<void> {
    for (const { tile, bytes } of this.#full) await this.#folder.write(tile, bytes);
    this.#full = [];
    const { size } = this.frontier;
    for (const [level, row] of this.#rows.entries()) if (row.length > 0) await this.#folder.write(lastTile(level, size), concat(...row));
    if (this.#entries.length > 0) await this.#folder.write({ ...lastTile(0, size), level: "entries" }, entryBundle(this.#entries));
  }

  /** After a head over the full tiles has been signed. */
  async dropPartials(): Promise<void> {
    for (const tile of this.#dropped) await this.#folder.dropPartials(tile);
    this.#dropped = [];
  }

  #push(level: number, place: number, hash: Hash): void {
    this.#rows[level] ??= [];
    const row = this.#rows[level];
    row.push(hash);
    if (row.length < tileWidth) return;
    this.#finish({ level, index: Math.floor(place / tileWidth), width: tileWidth }, concat(...row));
    this.#rows[level] = [];
  }

  #finish(tile: Tile, bytes: Uint8Array): void {
    this.#full.push({ tile, bytes });
    this.#dropped.push(tile);
  }
}

/** The unfinished tile of a level; width 0 when the last one is full. */
function lastTile(level: number, size: number): Tile & { level: number } {
  const hashes = Math.floor(size / tileWidth ** level);
  const index = Math.floor(hashes / tileWidth);
  return { level, index, width: widthAt(level, index, size) };
}

function hashesOf(bytes: Uint8Array): Hash[] {
  return Array.from({ length: bytes.length / 32 }, (_, i) => new Uint8Array(bytes.subarray(32 * i, 32 * (i + 1))));
}
