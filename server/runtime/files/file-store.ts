/**
 * Files by name, on disk: written to a side file, flushed, renamed, and the folder flushed, so that
 * what was acknowledged is there after a power cut. Names are random or digests; the store knows
 * nothing of what a file is for.
 */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

const namePattern = /^[A-Za-z0-9_-]{16,80}$/;

export class TooLarge extends Error {}

export class DiskFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Stores the bytes under a name; an existing file of the same name is kept when equal. @throws RangeError on a bad name, TooLarge beyond the limit. */
  async put(name: string, bytes: AsyncIterable<Uint8Array> | Uint8Array, limit = Number.POSITIVE_INFINITY): Promise<{ sha256: string; size: number }> {
    const path = this.#path(name);
    await mkdir(join(path, ".."), { recursive: true });
    const side = `${path}.${randomUUID()}`;
    const hash = createHash("sha256");
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _, done) {
        size += chunk.length;
        if (size > limit) return done(new TooLarge(`more than ${limit} bytes`));
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(Readable.from(bytes instanceof Uint8Array ? [bytes] : bytes), measure, createWriteStream(side, { flush: true }));
    } catch (error) {
      await rm(side, { force: true });
      throw error;
    }
    await rename(side, path);
    await this.#flushFolder(path);
    return { sha256: hash.digest("hex"), size };
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    return readFile(this.#path(name)).catch(absent);
  }

  stream(name: string): AsyncIterable<Uint8Array> {
    return createReadStream(this.#path(name));
  }

  async sizeOf(name: string): Promise<number | undefined> {
    return (await stat(this.#path(name)).catch(absent))?.size;
  }

  async #flushFolder(path: string): Promise<void> {
    const folder = await open(join(path, ".."), "r");
    await folder.sync().finally(() => folder.close());
  }

  #path(name: string): string {
    if (!namePattern.test(name)) throw new RangeError(`not a file name: ${name}`);
    return join(this.#folder, name.slice(0, 2), name);
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
