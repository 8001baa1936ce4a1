/**
 * The body of a bid, chunk by chunk (seal-v1 §5), in one pass over the files: a bid of any size costs a few
 * chunks of memory. The manifest at the front holds the hashes of the files, so the first chunk is sealed last;
 * chunks therefore come out as 1, 2, … N−1, 0 and carry their index.
 */
import { concat, fromHex, hex, u8, u32 } from "../bytes.ts";
import { containerSize, manifestBytes, manifestLength, type NamedSize } from "./container.ts";
import { chunkCount, cipherSizeOf, headerHash } from "./digest.ts";
import type { BulkKey, Bytes, RunningHash, Suite } from "./group.ts";
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

/** Where chunks are encrypted and hashed: on this thread's WebCrypto, or in workers beside it. */
export interface ChunkEngine {
  seal(chunk: { nonce: Bytes; aad: Bytes; plaintext: Bytes }): Promise<{ ciphertext: Bytes; leaf: Bytes }>;
}

export interface BodyJob {
  header: SealHeader;
  engine: ChunkEngine;
  files: readonly PlainFile[];
  /** Chunks being encrypted at the same time. */
  inFlight?: number;
}

/** Up to here a file is read at once and hashed by the platform's own code. */
const WHOLE_FILE_MAX = 64 * CHUNK;
/** Larger files are read in such blocks; a browser takes long for small ones. */
const BLOCK = 16 * CHUNK;

/** Nonce of chunk i: prefix ‖ u32(i) ‖ u8(1 if it is the last). */
export function chunkNonce(header: SealHeader, index: number): Bytes {
  return concat(fromHex(header.prefix), u32(index), u8(index === chunkCount(header.size) - 1 ? 1 : 0));
}

/** H(0x00 ‖ ciphertext), on the platform's own code. */
export function leafOf(suite: Suite, ciphertext: Uint8Array): Promise<Bytes> {
  const leaf = leafBuffer.subarray(0, 1 + ciphertext.length);
  leaf.set(ciphertext, 1);
  // Both suites have taken what they need when the call returns: WebCrypto copies, SM3 is done.
  return suite.hashBulk(leaf);
}

/** Byte 0 stays 0x00. Kept, because fresh memory for every chunk costs as much as hashing a third of it. */
const leafBuffer = new Uint8Array(1 + CHUNK + 32);

/** The engine of this thread. */
export function localEngine(suite: Suite, key: BulkKey): ChunkEngine {
  return {
    async seal({ nonce, aad, plaintext }) {
      const ciphertext = await key.seal(nonce, aad, plaintext);
      return { ciphertext, leaf: await leafOf(suite, ciphertext) };
    },
  };
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
  let hash: FileHash | undefined;
  for await (const { file, block } of blocksOf(job.files)) {
    if (hash?.file !== file) {
      if (hash !== undefined) hashes.push(hash.end());
      hash = new FileHash(suite, file);
    }
    hash.add(block);
    for (const chunk of cutter.cut(block)) {
      work.begin(chunk);
      if (work.isFull) yield await work.next();
    }
  }
  if (hash !== undefined) hashes.push(hash.end());
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

interface FileBlock {
  file: PlainFile;
  block: Bytes;
}

/** Reads all files in order, always one block ahead of what is being sealed. An empty file is one empty block. */
async function* blocksOf(files: readonly PlainFile[]): AsyncGenerator<FileBlock> {
  let ahead: Promise<FileBlock> | undefined;
  for (const place of placesOf(files)) {
    const next = readBlock(place);
    next.catch(() => {}); // Awaited in the next turn; until then a failure must not count as unhandled.
    if (ahead !== undefined) yield await ahead;
    ahead = next;
  }
  if (ahead !== undefined) yield await ahead;
}

function* placesOf(files: readonly PlainFile[]): Generator<{ file: PlainFile; start: number; end: number }> {
  for (const file of files) {
    const length = file.size <= WHOLE_FILE_MAX ? Math.max(1, file.size) : BLOCK;
    for (let start = 0; start === 0 || start < file.size; start += length) yield { file, start, end: Math.min(file.size, start + length) };
  }
}

async function readBlock({ file, start, end }: { file: PlainFile; start: number; end: number }): Promise<FileBlock> {
  const block = start === end ? new Uint8Array(0) : await file.read(start, end);
  if (block.length !== end - start) throw new RangeError(`${file.name} changed while it was read`);
  return { file, block };
}

/** The hash of one file: at once for a small one, running for a large one. */
class FileHash {
  readonly file: PlainFile;
  private readonly suite: Suite;
  private readonly running: RunningHash | undefined;
  private whole: Promise<Bytes> | undefined;

  constructor(suite: Suite, file: PlainFile) {
    this.suite = suite;
    this.file = file;
    this.running = file.size > WHOLE_FILE_MAX ? suite.newHash() : undefined;
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
    const nonce = chunkNonce(this.job.header, index);
    const { ciphertext, leaf } = await this.job.engine.seal({ nonce, aad: this.aad, plaintext: bytes });
    this.leaves[index] = leaf;
    return { index, bytes: ciphertext };
  }
}
