/**
 * The folder that the log publishes (evidence-v1 §6): tiles, entry bundles and the checkpoint as plain
 * files. A tile is immutable: the same path never gets other bytes. Files of partial tiles go when the
 * full tile is there, and are cut from it when somebody still asks: what was served stays served.
 */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { equalBytes } from "../../../formats/bytes.ts";
import { entryBundle, readEntryBundle, readNote, readTilePath, type Tile, tilePath, tileWidth } from "../../../formats/evidence/index.ts";
import { writeDurable } from "./durable-file.ts";
import { LogFault } from "./log-fault.ts";

export class TileFolder {
  readonly #folder: string;
  #showing: Promise<void> = Promise.resolve();
  #shown = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws LogFault when the log does not have the tile. */
  async read(tile: Tile): Promise<Uint8Array> {
    const bytes = await this.find(tile);
    if (bytes === undefined) throw new LogFault("gap", `${tilePath(tile)} is missing`);
    return bytes;
  }

  async find(tile: Tile): Promise<Uint8Array | undefined> {
    const own = await readIfThere(this.#path(tile));
    if (own !== undefined || tile.width === tileWidth) return own;
    const full = await readIfThere(this.#path({ ...tile, width: tileWidth }));
    return full && cut(full, tile);
  }

  /** Resolves when the tile is on disk. @throws LogFault when other bytes stand there already. */
  async write(tile: Tile, bytes: Uint8Array): Promise<void> {
    const there = await readIfThere(this.#path(tile));
    if (there === undefined) return writeDurable(this.#path(tile), bytes);
    if (!equalBytes(there, bytes)) throw new LogFault("forked", `${tilePath(tile)} was published with other bytes`);
  }

  /** Once the full tile is published, its partial ones are cut from it. */
  async dropPartials(tile: Tile): Promise<void> {
    await rm(`${this.#path({ ...tile, width: tileWidth })}.p`, { recursive: true, force: true });
  }

  async checkpoint(): Promise<string | undefined> {
    const bytes = await readIfThere(join(this.#folder, "checkpoint"));
    return bytes && Buffer.from(bytes).toString("utf8");
  }

  /** The log shows a new head while witnesses' lines come for an older one: one is written at a time, and never a smaller head over a larger. */
  writeCheckpoint(note: string): Promise<void> {
    const size = readNote(note)?.size ?? 0;
    const written = this.#showing.then(async () => {
      if (size < this.#shown) return;
      await writeDurable(join(this.#folder, "checkpoint"), note);
      this.#shown = size;
    });
    this.#showing = written.catch(() => undefined);
    return written;
  }

  #path(tile: Tile): string {
    return join(this.#folder, tilePath(tile));
  }
}

/** What an HTTP door answers below the log's prefix; `path` has no leading slash. Undefined is 404. */
export async function readLogPath(
  folder: TileFolder,
  path: string,
): Promise<{ bytes: Uint8Array; contentType: string; cacheControl: string } | undefined> {
  if (path === "checkpoint") {
    const note = await folder.checkpoint();
    return note === undefined
      ? undefined
      : { bytes: Buffer.from(note), contentType: "text/plain; charset=utf-8", cacheControl: "max-age=1" };
  }
  const tile = readTilePath(path);
  const bytes = tile && (await folder.find(tile));
  return bytes && { bytes, contentType: "application/octet-stream", cacheControl: "public, max-age=31536000, immutable" };
}

function cut(full: Uint8Array, { level, width }: Tile): Uint8Array {
  return level === "entries" ? entryBundle(readEntryBundle(full).slice(0, width)) : full.subarray(0, 32 * width);
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "EISDIR") return undefined;
    throw error;
  });
}
