/**
 * Files by name, on disk: written to a side file, flushed, renamed, and the folder flushed, so that
 * what was acknowledged is there after a power cut. Names are random or digests; the store knows
 * nothing of what a file is for.
 */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crashPoint } from "../crash/crash-points.ts";

const namePattern = /^[A-Za-z0-9_-]{16,80}$/;

export class TooLarge extends Error {}

/** The bytes do not have the digest under which they were to be kept; nothing was kept. */
export class DigestDiffers extends Error {}

export interface PutWish {
  /** Beyond so many bytes nothing is kept. */
  limit?: number;
  /** Bytes of another digest are not kept: a name that is a digest never shows other bytes. */
  sha256?: string;
}

export class DiskFiles {
  readonly #folder: string;
  /** Folders whose own entry is known to be on disk. */
  readonly #kept = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Stores the bytes under a name, whole or not at all. @throws RangeError on a bad name, TooLarge beyond the limit, DigestDiffers. */
  async put(name: string, bytes: AsyncIterable<Uint8Array> | Uint8Array, wish: PutWish = {}): Promise<{ sha256: string; size: number }> {
    const { limit = Number.POSITIVE_INFINITY } = wish;
    const path = this.#path(name);
    await this.#keepFolder(dirname(path));
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
      if (wish.sha256 !== undefined && hash.copy().digest("hex") !== wish.sha256) throw new DigestDiffers(name);
    } catch (error) {
      await rm(side, { force: true });
      throw error;
    }
    crashPoint("CP19.written");
    await rename(side, path);
    crashPoint("CP19.renamed");
    await flushFolder(dirname(path));
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

  /** A new folder is itself an entry of its folder, and has to outlive a power cut too. */
  async #keepFolder(folder: string): Promise<void> {
    if (this.#kept.has(folder)) return;
    await mkdir(folder, { recursive: true });
    await flushFolder(this.#folder);
    await flushFolder(dirname(this.#folder));
    this.#kept.add(folder);
  }

  #path(name: string): string {
    if (!namePattern.test(name)) throw new RangeError(`not a file name: ${name}`);
    return join(this.#folder, name.slice(0, 2), name);
  }
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
