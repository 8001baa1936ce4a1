/**
 * Evidence as the platform runs it: the log, its witnesses and its anchor joined, each of which may be
 * left out. Heads go to witnesses as they are published, witnessed heads to the chain at a slower beat.
 * Nothing here is waited for by any act; what may not go on without it is asked of `standing`.
 */
import { type EvidenceBundle, type EvidencePolicy, makePolicy, type VerifierKey } from "../../formats/evidence/index.ts";
import type { Clock, Random } from "../kernel/index.ts";
import type { Numberer } from "../record/index.ts";
import type { Pool } from "../runtime/database/index.ts";
import type { AnchorContract } from "./anchor/anchor-contract.ts";
import { Anchoring } from "./anchor/anchoring.ts";
import { embeddedChainLabel } from "./anchor/embedded-chain.ts";
import { checkLive, type LiveCheck } from "./live-check.ts";
import { EvidenceLog, type LogState } from "./log/evidence-log.ts";
import { LogKeys } from "./log/log-keys.ts";
import { type BundleWish, bundlesFor } from "./log/make-bundle.ts";
import type { Published } from "./log/publisher.ts";
import { NewestOnly } from "./newest-only.ts";
import { type Lag, type Standing, type StandingLimits, standingAt, usualLimits } from "./standing.ts";
import type { WitnessAddress } from "./witnessing/ask-witness.ts";
import { type WitnessedHead, Witnessing, type WitnessState } from "./witnessing/witnessing.ts";

export interface EvidenceOptions {
  pool: Pool;
  numberer: Numberer;
  /** Trade time. */
  clock: Clock;
  machineClock: Clock;
  random: Random;
  /** Name of the log in notes and policy, for example `egret.localhost/evidence`. */
  origin: string;
  /** The platform's key folder. */
  keyFolder: string;
  /** Where tiles and checkpoint are written. */
  logFolder: string;
  /** Machine milliseconds between two heads. */
  batchMs?: number;
  witnesses?: { addresses: readonly WitnessAddress[]; k: number };
  anchor?: { contract: AnchorContract; chainId: number; required: boolean; everyMs: number; isEmbedded: boolean };
  limits?: StandingLimits;
  /** Records the keys of fillers whose secret is over (ADR 0032); absent where blinded events have no pace. */
  disclose?: () => Promise<void>;
  /** Machine milliseconds between two self-checks. */
  checkEveryMs?: number;
  onFault: (error: unknown) => void;
}

export interface EvidenceStatus {
  log: Readonly<LogState>;
  /** What the last self-check found; null for nothing. */
  found: LiveCheck["fault"];
  witnessed: { size: number; cosigners: string[] } | undefined;
  witnesses: readonly Readonly<WitnessState>[];
  anchored: number | undefined;
  /** What every screen says of an embedded chain. */
  chainLabel: typeof embeddedChainLabel | undefined;
  standing: Standing;
}

const retryMs = 5_000;
const discloseEveryMs = 60_000;
const alarmEveryMs = 10_000;
const usualCheckMs = 900_000;

export class Evidence {
  readonly log: EvidenceLog;
  readonly witnessing: Witnessing | undefined;
  readonly anchoring: Anchoring | undefined;
  readonly #options: EvidenceOptions;
  readonly #keys: LogKeys;
  readonly #gatherer: NewestOnly<Published>;
  readonly #anchorer: NewestOnly<number>;
  #lag: Lag;
  #anchoredAt = Number.NEGATIVE_INFINITY;
  #timers: NodeJS.Timeout[] = [];
  #found: LiveCheck["fault"] = null;
  #checking: Promise<void> = Promise.resolve();

  private constructor(options: EvidenceOptions, keys: LogKeys) {
    const { pool, numberer, clock, random, logFolder, batchMs, onFault, witnesses, anchor } = options;
    this.#options = options;
    this.#keys = keys;
    this.log = new EvidenceLog({
      pool,
      numberer,
      keys,
      folder: logFolder,
      clock,
      random,
      batchMs,
      onFault,
      onPublished: async (head) => this.#published(head),
    });
    this.witnessing = witnesses && new Witnessing({ pool, log: this.log, witnesses: witnesses.addresses, k: witnesses.k });
    const prepare = anchor?.isEmbedded ? () => anchor.contract.ensure(options.origin) : undefined;
    this.anchoring = anchor && new Anchoring({ pool, contract: anchor.contract, ...(prepare && { prepare }) });
    this.#lag = { unwitnessedSince: witnesses ? undefined : "off", unanchoredSince: anchor ? undefined : "off", isFaulty: false };
    this.#gatherer = new NewestOnly({ work: (head) => this.#gather(head), restMs: retryMs, onFault });
    this.#anchorer = new NewestOnly({ work: (size) => this.#anchor(size), restMs: retryMs, onFault });
  }

  static async open(options: EvidenceOptions): Promise<Evidence> {
    const evidence = new Evidence(options, await LogKeys.open(options.keyFolder, options.origin, options.random));
    // What was published before the last end may not have reached witnesses and chain.
    const { rows } = await options.pool.query(
      "SELECT size, encode(root, 'hex') AS root, note FROM evidence.checkpoint ORDER BY size DESC LIMIT 1",
    );
    if (rows[0]) evidence.#published({ ...rows[0], size: Number(rows[0].size) });
    return evidence;
  }

  start(): void {
    this.log.start();
    const { disclose, checkEveryMs = usualCheckMs, onFault } = this.#options;
    const every = (ms: number, work: () => Promise<unknown>) =>
      this.#timers.push(setInterval(() => void work().catch(onFault), ms).unref());
    if (disclose) every(discloseEveryMs, disclose);
    if (this.witnessing) every(alarmEveryMs, this.witnessing.readAlarms.bind(this.witnessing));
    every(checkEveryMs, () => this.#checkAlone());
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#checking;
    await this.log.stop();
    await this.#gatherer.stop();
    await this.#anchorer.stop();
  }

  /** Signs, has witnessed and anchors everything that is numbered: what a story or a test waits for. */
  async settle(): Promise<void> {
    await this.#options.disclose?.();
    await this.log.settle();
    await this.#gatherer.idle();
    await this.witnessing?.readAlarms();
    const size = (await this.witnessing?.latest())?.size;
    if (this.anchoring && size !== undefined) this.#anchorer.offer(size);
    await this.#anchorer.idle();
  }

  /** Whether tiles and heads may be shown to everybody: only at a pace that tells nothing (decisions §3). */
  get isPaced(): boolean {
    return this.#options.disclose !== undefined;
  }

  /** The log's own key, which witnesses are started with. */
  get verifierKey(): VerifierKey {
    return this.#keys.verifierKey;
  }

  /** What a reader is given from another source than the bundles; undefined without witnesses. */
  policy(): EvidencePolicy | undefined {
    const { origin, witnesses, anchor } = this.#options;
    if (!witnesses) return undefined;
    const keys = { origin, logKeys: [this.#keys.verifierKey], witnesses: witnesses.addresses.map(({ key }) => key), k: witnesses.k };
    return makePolicy(
      keys,
      anchor ? { chainId: anchor.chainId, contract: anchor.contract.address.slice(2).toLowerCase(), required: anchor.required } : null,
    );
  }

  get standing(): Standing {
    return standingAt(
      { ...this.#lag, isFaulty: this.log.state.fault !== undefined || this.#found !== null },
      this.#options.limits ?? usualLimits,
      this.#options.machineClock.now(),
    );
  }

  async status(): Promise<EvidenceStatus> {
    const [witnessed, anchored] = [await this.witnessing?.latest(), await this.anchoring?.latest()];
    return {
      log: this.log.state,
      found: this.#found,
      witnessed: witnessed && { size: witnessed.size, cosigners: witnessed.cosigners },
      witnesses: this.witnessing?.states ?? [],
      anchored: anchored?.size,
      chainLabel: this.#options.anchor?.isEmbedded ? embeddedChainLabel : undefined,
      standing: this.standing,
    };
  }

  /** Bundles under the newest witnessed head, with its anchor when it has one. @throws RangeError when it does not cover the positions. */
  async bundles(wish: Omit<BundleWish, "checkpoint">): Promise<EvidenceBundle[]> {
    const head = await this.#headFor(Math.max(...wish.positions));
    const anchor = await this.anchoring?.recordOf(head.size);
    const bundles = await bundlesFor(this.#options.pool, this.log, { ...wish, checkpoint: head });
    return anchor ? bundles.map((bundle) => ({ ...bundle, anchor })) : bundles;
  }

  /** The standing self-check: record, leaves, tiles, our heads and the witnesses' against each other. A fault closes what fails closed. */
  async check(): Promise<LiveCheck> {
    const { pool, witnesses } = this.#options;
    const head = await this.#keys.readHead();
    const found = await checkLive({ db: pool, head, tiles: this.log.tiles, logKey: this.verifierKey, witnesses });
    this.#found = found.fault;
    return found;
  }

  /** The newest witnessed head that is anchored too and covers the position; else the newest witnessed one. */
  async #headFor(position: number): Promise<WitnessedHead> {
    const anchored = await this.anchoring?.latest();
    const both = anchored && anchored.size > position ? await this.witnessing?.headOf(anchored.size) : undefined;
    const head = both ?? (await this.witnessing?.latest());
    if (!head || head.size <= position) throw new RangeError(`position ${position} is not witnessed yet`);
    return head;
  }

  /** One check at a time, however long it takes. */
  #checkAlone(): Promise<void> {
    const { onFault } = this.#options;
    this.#checking = this.#checking
      .then(() => this.check())
      .then(({ fault }) => fault && onFault(new Error(`the self-check found position ${fault.position}: ${fault.reason}`)))
      .catch(onFault)
      .then(() => undefined);
    return this.#checking;
  }

  #published(head: Published): void {
    if (!this.witnessing) return;
    if (this.#lag.unwitnessedSince === undefined) this.#lag.unwitnessedSince = this.#options.machineClock.now();
    this.#gatherer.offer(head);
  }

  async #gather(head: Published): Promise<boolean> {
    const { witnesses, anchor, machineClock } = this.#options;
    if (!this.witnessing || !witnesses) return true;
    const count = await this.witnessing.gather(head);
    if (count >= witnesses.k) {
      this.#lag.unwitnessedSince = this.log.state.size > head.size ? machineClock.now() : undefined;
      if (anchor && this.#lag.unanchoredSince === undefined) this.#lag.unanchoredSince = machineClock.now();
      if (anchor && machineClock.now() - this.#anchoredAt >= anchor.everyMs) this.#anchorer.offer(head.size);
    }
    return count === witnesses.addresses.length;
  }

  async #anchor(size: number): Promise<boolean> {
    await this.anchoring?.anchor(size);
    this.#anchoredAt = this.#options.machineClock.now();
    this.#lag.unanchoredSince = undefined;
    return true;
  }
}
