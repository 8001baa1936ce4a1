/**
 * One of the workers that encrypt chunks beside the sealing worker. It holds the data key of one bid, in suite 1
 * as a CryptoKey that cannot be exported, and ends with that bid. It must never send anything anywhere else.
 */
import { type BulkKey, type Bytes, type ChunkEngine, localEngine, suiteOf } from "../../formats/seal/index.ts";

/** The first message to a chunk worker: which suite, and the data key. */
export interface ChunkWorkerBegin {
  suite: 1 | 2;
  key: CryptoKey | Bytes;
}

/** Every later message. */
export interface ChunkWorkerJob {
  id: number;
  chunk: Parameters<ChunkEngine["seal"]>[0];
}

/** The plaintext buffer travels back to be filled again: fresh memory for every chunk is a large part of the cost. */
export type ChunkWorkerAnswer =
  | { id: number; sealed: Awaited<ReturnType<ChunkEngine["seal"]>>; emptied: ArrayBuffer }
  | { id: number; fault: string };

const scope = globalThis as unknown as Pick<Worker, "postMessage" | "onmessage">;
let engine: Promise<ChunkEngine> | undefined;

scope.onmessage = ({ data }: MessageEvent<ChunkWorkerBegin | ChunkWorkerJob>) => {
  if ("id" in data) void answer(data);
  else engine = begin(data);
};

async function begin({ suite: id, key }: ChunkWorkerBegin): Promise<ChunkEngine> {
  const suite = suiteOf(id);
  const bulk: BulkKey = key instanceof Uint8Array ? await suite.bulkKey(key) : suite.bulkKeyFrom(key);
  return localEngine(suite, bulk);
}

async function answer({ id, chunk }: ChunkWorkerJob): Promise<void> {
  try {
    const sealed = await (await engine!).seal(chunk);
    const emptied = chunk.plaintext.buffer;
    scope.postMessage({ id, sealed, emptied } satisfies ChunkWorkerAnswer, [sealed.ciphertext.buffer, sealed.leaf.buffer, emptied]);
  } catch (cause) {
    scope.postMessage({ id, fault: cause instanceof Error ? cause.message : String(cause) } satisfies ChunkWorkerAnswer);
  }
}
