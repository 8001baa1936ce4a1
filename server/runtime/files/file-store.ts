/**
 * Files by name, on disk: written to a side file, flushed, linked to its name, and the folder flushed, so that
 * what was acknowledged is there after a power cut. A name that is taken keeps its bytes for ever: a
 * receipt may stand on them. Names are random or digests; the store knows nothing of what a file is for.
 */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crashPoint } from "../crash/crash-points.ts";

const namePattern = /^[A-Za-z0-9_-]{16,80}$/;

export class TooLarge extends Error {}

/** The bytes do not have the digest under which they were to be kept; nothing was kept. */
export class DigestDiffers extends Error {}

/** Other bytes lie under this name already; they stay. */
export class NameTaken extends Error {}

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

  /**
   * Stores the bytes under a name, whole or not at all; the same bytes again are the same file.
   * @throws RangeError on a bad name, TooLarge beyond the limit, DigestDiffers, NameTaken by other bytes.
   */
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
      const sha256 = hash.digest("hex");
      if (wish.sha256 !== undefined && sha256 !== wish.sha256) throw new DigestDiffers(name);
      crashPoint("CP19.written");
      await this.#nameIt(side, name, sha256);
      crashPoint("CP19.renamed");
      await flushFolder(dirname(path));
      return { sha256, size };
    } finally {
      await rm(side, { force: true });
    }
  }

  /** A link fails where a name exists; a rename would replace what a receipt stands on. */
  async #nameIt(side: string, name: string, sha256: string): Promise<void> {
    try {
      await link(side, this.#path(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const kept = createHash("sha256");
      for await (const piece of this.stream(name)) kept.update(piece);
      if (kept.digest("hex") !== sha256) throw new NameTaken(name);
    }
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
