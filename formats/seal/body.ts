/**
 * The body of a bid, chunk by chunk (seal-v1 §5), in one pass over the files: a bid of any size costs a few
 * chunks of memory. The manifest at the front holds the hashes of the files, so the first chunk is sealed last;
 * chunks therefore come out as 1, 2, … N−1, 0 and carry their index.
 */
import { concat, fromHex, hex, u8, u32 } from "../bytes.ts";
import { containerSize, manifestBytes, manifestLength, type NamedSize } from "./container.ts";
import { chunkCount, cipherSizeOf, headerHash } from "./digest.ts";
import type { BulkKey, Bytes, Suite } from "./group.ts";
import { merkleRoot } from "./merkle.ts";
import { CHUNK, type SealedFile, type SealHeader } from "./schemas.ts";
import { suiteOf } from "./suite.ts";

/** A file that can be read at any place: a Blob in the browser, an open file on the command line. */
export interface PlainFile extends NamedSize {
  /** The bytes [start, end). A short answer means that the file changed under our hands. */
  read(start: number, end: number): Promise<Bytes> | Bytes;
}

export interface SealedChunk {
  index: number;
  bytes: Bytes;
}

export interface SealedBody {
  root: string;
  cipherSize: number;
  files: SealedFile[];
}

export interface BodyJob {
  header: SealHeader;
  key: BulkKey;
  files: readonly PlainFile[];
  /** Chunks being encrypted at the same time. */
  inFlight?: number;
}

/** Up to here a file is read at once and hashed by the platform's own code. */
const WHOLE_FILE_MAX = 32 * CHUNK;
const BLOCK = 4 * CHUNK;

/** Nonce of chunk i: prefix ‖ u32(i) ‖ u8(1 if it is the last). */
export function chunkNonce(header: SealHeader, index: number): Bytes {
  return concat(fromHex(header.prefix), u32(index), u8(index === chunkCount(header.size) - 1 ? 1 : 0));
}

/** H(0x00 ‖ ciphertext), on the platform's own code. */
export function leafOf(suite: Suite, ciphertext: Uint8Array): Promise<Bytes> {
  const leaf = new Uint8Array(1 + ciphertext.length);
  leaf.set(ciphertext, 1);
  return suite.hashBulk(leaf);
}

/**
 * Seals the files. Yields each chunk once, returns root, size and manifest rows.
 * @throws RangeError when the files are not those the header was made for, or change while they are read.
 */
export async function* sealBody(job: BodyJob): AsyncGenerator<SealedChunk, SealedBody> {
  const suite = suiteOf(job.header.suite);
  if (containerSize(job.files) !== job.header.size) throw new RangeError("the header was made for other files");
  const work = new ChunkSealer(suite, job);
  const cutter = new ChunkCutter(job);
  const hashes: Promise<string>[] = [];
  for (const file of job.files) {
    const hash = new FileHash(suite, file);
    for await (const block of blocksOf(file)) {
      hash.add(block);
      for (const chunk of cutter.cut(block)) {
        work.begin(chunk);
        if (work.isFull) yield await work.next();
      }
    }
    hashes.push(hash.end());
  }
  const files = await rowsOf(job.files, hashes);
  for (const chunk of cutter.finish(manifestBytes(files))) {
    work.begin(chunk);
    if (work.isFull) yield await work.next();
  }
  while (!work.isEmpty) yield await work.next();
  return { root: work.root(), cipherSize: cipherSizeOf(suite, job.header.size), files };
}

async function rowsOf(files: readonly PlainFile[], hashes: Promise<string>[]): Promise<SealedFile[]> {
  const texts = await Promise.all(hashes);
  return files.map(({ name, size }, i) => ({ name, size, hash: texts[i]! }));
}

/** Reads a file in order, always one block ahead of what is being sealed. */
async function* blocksOf(file: PlainFile): AsyncGenerator<Bytes> {
  const length = file.size <= WHOLE_FILE_MAX ? file.size : BLOCK;
  const read = async (at: number): Promise<Bytes> => {
    const block = await file.read(at, Math.min(file.size, at + length));
    if (block.length !== Math.min(file.size, at + length) - at) throw new RangeError(`${file.name} changed while it was read`);
    return block;
  };
  let ahead = file.size > 0 ? read(0) : undefined;
  for (let at = 0; ahead !== undefined; at += length) {
    const block = await ahead;
    ahead = at + length < file.size ? read(at + length) : undefined;
    ahead?.catch(() => {}); // Awaited above in the next turn; until then a failure must not count as unhandled.
    yield block;
  }
}

/** The hash of one file: at once for a small one, running for a large one. */
class FileHash {
  private readonly suite: Suite;
  private readonly running;
  private whole: Promise<Bytes> | undefined;

  constructor(suite: Suite, file: PlainFile) {
    this.suite = suite;
    this.running = file.size > WHOLE_FILE_MAX || file.size === 0 ? suite.newHash() : undefined;
  }

  add(block: Bytes): void {
    if (this.running === undefined) this.whole = this.suite.hashBulk(block);
    else this.running.update(block);
  }

  async end(): Promise<string> {
    return hex(this.running === undefined ? await this.whole! : this.running.digest());
  }
}

interface PlainChunk {
  index: number;
  bytes: Bytes;
}

/** Cuts the stream of file bytes into chunks; keeps back those that the manifest reaches into. */
class ChunkCutter {
  private readonly size: number;
  private readonly kept: Bytes;
  private readonly manifestLength: number;
  private position: number;
  private open: Bytes = new Uint8Array(0);

  constructor({ header, files }: BodyJob) {
    this.size = header.size;
    this.manifestLength = manifestLength(files);
    this.kept = new Uint8Array(Math.min(this.size, Math.ceil(this.manifestLength / CHUNK) * CHUNK));
    this.position = this.manifestLength;
  }

  /** Takes the next file bytes and gives the chunks they complete. */
  *cut(block: Bytes): Generator<PlainChunk> {
    let at = Math.min(block.length, Math.max(0, this.kept.length - this.position));
    this.kept.set(block.subarray(0, at), Math.min(this.position, this.kept.length));
    this.position += at;
    while (at < block.length) {
      const index = Math.floor(this.position / CHUNK);
      const length = Math.min(CHUNK, this.size - index * CHUNK);
      const done = this.position - index * CHUNK;
      const piece = block.subarray(at, at + length - done);
      at += piece.length;
      this.position += piece.length;
      if (piece.length === length) yield { index, bytes: piece };
      else {
        if (done === 0) this.open = new Uint8Array(length);
        this.open.set(piece, done);
        if (done + piece.length === length) yield { index, bytes: this.open };
      }
    }
  }

  /** The kept chunks, once the manifest is known. */
  *finish(manifest: Bytes): Generator<PlainChunk> {
    if (manifest.length !== this.manifestLength || this.position !== this.size) throw new RangeError("lengths do not add up");
    this.kept.set(manifest);
    for (let start = 0; start < this.kept.length; start += CHUNK) {
      yield { index: start / CHUNK, bytes: this.kept.subarray(start, start + CHUNK) };
    }
  }
}

/** Encrypts chunks, several at a time, and gathers the leaves of the root. */
class ChunkSealer {
  private readonly suite: Suite;
  private readonly job: BodyJob;
  private readonly aad: Bytes;
  private readonly leaves: Bytes[] = [];
  private readonly running: Promise<SealedChunk>[] = [];

  constructor(suite: Suite, job: BodyJob) {
    this.suite = suite;
    this.job = job;
    this.aad = headerHash(job.header);
  }

  get isFull(): boolean {
    return this.running.length >= (this.job.inFlight ?? 8);
  }

  get isEmpty(): boolean {
    return this.running.length === 0;
  }

  begin(chunk: PlainChunk): void {
    const sealing = this.seal(chunk);
    sealing.catch(() => {}); // Awaited by `next`; until then a failure must not count as unhandled.
    this.running.push(sealing);
  }

  next(): Promise<SealedChunk> {
    return this.running.shift()!;
  }

  root(): string {
    return hex(merkleRoot(this.suite, this.leaves));
  }

  private async seal({ index, bytes }: PlainChunk): Promise<SealedChunk> {
    const sealed = await this.job.key.seal(chunkNonce(this.job.header, index), this.aad, bytes);
    this.leaves[index] = await leafOf(this.suite, sealed);
    return { index, bytes: sealed };
  }
}
