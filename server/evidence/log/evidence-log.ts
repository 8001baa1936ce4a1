/**
 * The evidence log as one thing: leaves from the record, heads at a fixed beat, proofs from the tiles.
 * It stands beside the trade and never in its way: when it fails, it says so in `state` and in onFault,
 * and the record goes on.
 */
import {
  type ConsistencyProof,
  type InclusionProof,
  nodesFromTiles,
  proveConsistency,
  proveInclusion,
} from "../../../formats/evidence/index.ts";
import type { Clock, Random } from "../../kernel/index.ts";
import { type Numberer, Subscriber } from "../../record/index.ts";
import type { Pool } from "../../runtime/database/index.ts";
import { leafSubscription } from "./leaves.ts";
import { LogFault } from "./log-fault.ts";
import type { LogKeys } from "./log-keys.ts";
import { type Published, Publisher } from "./publisher.ts";
import { TileFolder } from "./tile-folder.ts";

export interface EvidenceLogOptions {
  pool: Pool;
  numberer: Numberer;
  keys: LogKeys;
  /** Where tiles and checkpoint are written. */
  folder: string;
  /** Trade time. */
  clock: Clock;
  random: Random;
  /** Machine milliseconds between two heads; at rest none is signed. */
  batchMs?: number;
  /** Told after a head is published: witnesses are asked, anchors are queued. */
  onPublished?: (published: Published) => Promise<void>;
  onFault: (error: unknown) => void;
}

export interface LogState {
  /** Size of the last head that this process published; 0 before the first. */
  size: number;
  /** Why nothing is signed any more, or undefined. */
  fault: LogFault | undefined;
}

const defaultBatchMs = 250;

export class EvidenceLog {
  readonly tiles: TileFolder;
  readonly origin: string;
  readonly #options: EvidenceLogOptions;
  readonly #leaves: Subscriber;
  readonly #publisher: Publisher;
  #size = 0;
  #leafFault: LogFault | undefined;
  #headFault: LogFault | undefined;
  #timer: NodeJS.Timeout | undefined;
  #publishing: Promise<Published | undefined> = Promise.resolve(undefined);
  #stopped = false;
  readonly #wake = () => this.#arm();

  constructor(options: EvidenceLogOptions) {
    const { pool, numberer, keys, clock, random, onFault } = options;
    this.#options = options;
    this.origin = keys.origin;
    this.tiles = new TileFolder(options.folder);
    const subscription = leafSubscription(random);
    const handle: typeof subscription.handle = async (events, tx) => {
      await subscription.handle(events, tx);
      this.#leafFault = undefined;
    };
    this.#leaves = new Subscriber(pool, numberer, { ...subscription, handle }, (error) => {
      if (error instanceof LogFault) this.#leafFault = error;
      onFault(error);
    });
    this.#publisher = new Publisher({ pool, keys, folder: this.tiles, clock });
  }

  get state(): Readonly<LogState> {
    return { size: this.#size, fault: this.#leafFault ?? this.#headFault };
  }

  start(): void {
    this.#options.numberer.on("numbered", this.#wake);
    this.#leaves.start();
    this.#arm();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#options.numberer.off("numbered", this.#wake);
    clearTimeout(this.#timer);
    await this.#leaves.stop();
    await this.#publishing.catch(() => undefined);
  }

  /** Takes in everything that is numbered and signs it: what a story or a test waits for. */
  async settle(): Promise<Published | undefined> {
    await this.#leaves.caughtUp();
    return this.publish();
  }

  /** One head now; undefined when there is nothing new. @throws LogFault when the log may not sign. */
  publish(): Promise<Published | undefined> {
    this.#publishing = this.#publishing.catch(() => undefined).then(() => this.#publish());
    return this.#publishing;
  }

  async proveInclusion(leafIndex: number, treeSize: number): Promise<InclusionProof> {
    return proveInclusion(
      nodesFromTiles((tile) => this.tiles.read(tile), treeSize),
      leafIndex,
      treeSize,
    );
  }

  async proveConsistency(size1: number, size2: number): Promise<ConsistencyProof> {
    return proveConsistency(
      nodesFromTiles((tile) => this.tiles.read(tile), size2),
      size1,
      size2,
    );
  }

  async #publish(): Promise<Published | undefined> {
    try {
      const published = await this.#publisher.publish();
      this.#size = published?.size ?? this.#size;
      this.#headFault = undefined;
      if (published) await this.#options.onPublished?.(published);
      return published;
    } catch (error) {
      if (error instanceof LogFault) this.#headFault = error;
      throw error;
    }
  }

  #arm(): void {
    if (this.#stopped || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#beat(), this.#options.batchMs ?? defaultBatchMs);
  }

  async #beat(): Promise<void> {
    await this.publish().catch((error: unknown) => this.#options.onFault(error));
    this.#timer = undefined;
    // Leaves may have come while the head was signed, or not yet: the record tells how far there is to go.
    if (this.#size < this.#options.numberer.head + 1) this.#arm();
  }
}
