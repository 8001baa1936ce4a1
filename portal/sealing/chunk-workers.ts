/**
 * Several chunk workers as one engine. Measured in Chromium: WebCrypto works one task after the other within a
 * worker, and two workers do twice the work of one (bench/seal.ts).
 */
import { type Bytes, CHUNK, type ChunkEngine } from "../../formats/seal/index.ts";
import type { ChunkWorkerAnswer, ChunkWorkerBegin, ChunkWorkerJob } from "./chunk-worker.ts";

export interface ChunkWorkers extends ChunkEngine {
  /** Chunks that keep all workers busy. */
  readonly inFlight: number;
  stop(): void;
}

type Sealed = Awaited<ReturnType<ChunkEngine["seal"]>>;

interface Waiting {
  resolve(sealed: Sealed): void;
  reject(cause: Error): void;
}

/** Starts one worker per processor, four at most. `begin` holds the data key of the one bid they work for. */
export function startChunkWorkers(begin: ChunkWorkerBegin, processors = navigator.hardwareConcurrency): ChunkWorkers {
  const workers = Array.from({ length: Math.max(1, Math.min(4, processors)) }, () => new OneWorker(begin));
  return {
    inFlight: 3 * workers.length,
    seal: (chunk) => workers.reduce((least, worker) => (worker.load < least.load ? worker : least)).seal(chunk),
    stop: () => {
      for (const worker of workers) worker.stop();
    },
  };
}

class OneWorker {
  private readonly worker = new Worker(new URL("./chunk-worker.ts", import.meta.url), { type: "module" });
  private readonly waiting = new Map<number, Waiting>();
  private readonly emptied: ArrayBuffer[] = [];
  private jobs = 0;

  constructor(begin: ChunkWorkerBegin) {
    this.worker.onmessage = ({ data }: MessageEvent<ChunkWorkerAnswer>) => this.settle(data);
    this.worker.onerror = ({ message }) => this.failAll(new Error(`a sealing worker failed: ${message}`));
    this.worker.postMessage(begin);
  }

  get load(): number {
    return this.waiting.size;
  }

  seal({ nonce, aad, plaintext }: Parameters<ChunkEngine["seal"]>[0]): Promise<Sealed> {
    const id = this.jobs++;
    // The chunk is a window of a larger block that others still read, so it travels as a copy.
    const chunk = { nonce, aad, plaintext: this.copyOf(plaintext) };
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, chunk } satisfies ChunkWorkerJob, [chunk.plaintext.buffer]);
    });
  }

  private copyOf(plaintext: Bytes): Bytes {
    const buffer = plaintext.length === CHUNK ? (this.emptied.pop() ?? new ArrayBuffer(CHUNK)) : new ArrayBuffer(plaintext.length);
    const copy = new Uint8Array(buffer);
    copy.set(plaintext);
    return copy;
  }

  stop(): void {
    this.worker.terminate();
    this.failAll(new Error("the sealing was stopped"));
  }

  private settle(answer: ChunkWorkerAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ("sealed" in answer) {
      if (answer.emptied.byteLength === CHUNK) this.emptied.push(answer.emptied);
      waiting?.resolve(answer.sealed);
    } else waiting?.reject(new Error(answer.fault));
  }

  private failAll(cause: Error): void {
    for (const { reject } of this.waiting.values()) reject(cause);
    this.waiting.clear();
  }
}
