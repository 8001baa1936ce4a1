/**
 * The house: record, acts, reads, deadlines and reactions of all stages joined over one database.
 * The HTTP server stands in front of it; tests stand in front of it too.
 */

import type { SignedCommand } from "../../formats/act.ts";
import {
  ActNonces,
  type Actor,
  type CertificateStatusPort,
  connectedSystemsView,
  identityView,
  mandateView,
  trustListView,
} from "../identity/index.ts";
import { type Calendar, type Clock, legalCalendar, type Random, type Refusal } from "../kernel/index.ts";
import { BlindedPace, type BlindedPaceOptions, Numberer, type Pace, type PlacedEvent, Subscriber, Views } from "../record/index.ts";
import { machineClock, machineRandom } from "../runtime/clock/clock.ts";
import { openPool, type Pool } from "../runtime/database/index.ts";
import { LiveHub } from "../runtime/live/hub.ts";
import { ArmedTimer } from "../runtime/timer/armed-timer.ts";
import {
  type Act,
  type Answer,
  type House,
  type MilestoneEffect,
  nextDue,
  OnTheirWay,
  type Platform,
  perform,
  type Read,
  reachDue,
  reactTo,
  type Stage,
} from "../trade/transaction/index.ts";
import { identityActs } from "./identity-acts.ts";
import { linesRun, tellPublic } from "./live.ts";

export interface HouseOptions {
  databaseUrl: string;
  clock: Clock & { tempo?: number };
  random: Random;
  platform: Platform;
  answerSecret: Uint8Array;
  stages: readonly Stage[];
  /** Adds the assumed calendar of 2027–2028, in a sandbox only. */
  assumedCalendar: boolean;
  /** Judges certificates; absent where no trust list is configured. */
  certificates?: CertificateStatusPort;
  /** The pace of blinded events, with what fills it (ADR 0032); without it they are numbered as they come. */
  pace?: Pick<BlindedPaceOptions, "fill"> & { paceNow: (pool: Pool) => Promise<Pace> };
  /** What speaks against beginning an act now (fail closed). */
  halted?: (act: string) => Refusal | undefined;
  onFault: (error: unknown) => void;
}

export class TradingHouse {
  readonly pool: Pool;
  readonly clock: HouseOptions["clock"];
  readonly platform: Platform;
  readonly numberer: Numberer;
  readonly views: Views;
  readonly acts: ReadonlyMap<string, Act>;
  readonly reads: readonly Read[];
  readonly stages: readonly Stage[];
  readonly live = new LiveHub(linesRun);
  readonly onTheirWay = new OnTheirWay();
  readonly calendar: Calendar;
  /** Absent where no trust list is configured. */
  readonly certificates: CertificateStatusPort | undefined;
  readonly nonces: ActNonces;
  readonly #house: House;
  readonly #timer: ArmedTimer;
  readonly #reactions: Subscriber;
  readonly #live: Subscriber;
  readonly #pace: BlindedPace | undefined;
  readonly #effects: ReadonlyMap<string, readonly MilestoneEffect[]>;
  #started = false;

  constructor(options: HouseOptions) {
    const { clock, random, platform, stages, onFault } = options;
    this.pool = openPool({ url: options.databaseUrl, max: 20, onError: onFault });
    this.clock = clock;
    this.platform = platform;
    this.stages = stages;
    this.certificates = options.certificates;
    this.nonces = new ActNonces({ secret: options.answerSecret, machineNow: () => machineClock.now(), random: machineRandom });
    this.acts = new Map([...identityActs, ...stages.flatMap((stage) => stage.acts)].map((act) => [act.name, act]));
    this.reads = stages.flatMap((stage) => stage.reads);
    this.views = new Views([identityView, trustListView, connectedSystemsView, mandateView, ...stages.flatMap((stage) => stage.views)]);
    this.calendar = legalCalendar({ withAssumedYears: options.assumedCalendar });
    const { pace } = options;
    this.numberer = new Numberer({ pool: this.pool, now: () => clock.now(), isPaced: pace !== undefined });
    this.numberer.on("fault", onFault);
    this.#pace =
      pace &&
      new BlindedPace({
        numberer: this.numberer,
        fill: pace.fill,
        paceNow: () => pace.paceNow(this.pool),
        machineNow: () => machineClock.now(),
        onFault,
      });
    this.#effects = effectsOf(stages);
    this.#house = {
      pool: this.pool,
      views: this.views,
      platform,
      random,
      calendar: this.calendar,
      acts: this.acts,
      answerSecret: options.answerSecret,
      certificates: options.certificates,
      nonces: this.nonces,
      ...(options.halted && { halted: options.halted }),
      placeOf: (stream) => this.numberer.placeOf(stream),
      blindedNumbered: async () => this.#pace?.drain(),
      takeNumber: (tx, stream) => this.numberer.numberInside(tx, stream),
      committed: () => {
        this.numberer.wake();
        if (this.#started) void this.#timer.rearm();
      },
    };
    this.#timer = new ArmedTimer({
      clock,
      nextDue: async () => (await nextDue(this.pool))?.dueMs,
      work: (now) => this.#reach(now),
      onFault,
    });
    const reactions = stages.flatMap((stage) => stage.reactions ?? []);
    this.#reactions = new Subscriber(
      this.pool,
      this.numberer,
      { name: "reactions", batch: 50, handle: (events) => this.#reactAll(reactions, events) },
      onFault,
    );
    this.#live = new Subscriber(
      this.pool,
      this.numberer,
      { name: "live", handle: (events, tx) => tellPublic(this.live, stages, events, tx) },
      onFault,
    );
  }

  async start(): Promise<void> {
    await this.numberer.settle();
    this.#started = true;
    this.numberer.start();
    this.#pace?.start();
    this.#reactions.start();
    this.#live.start();
    await this.#timer.rearm();
  }

  async stop(): Promise<void> {
    this.#started = false;
    this.live.closeAll();
    await this.#timer.stop();
    await this.#reactions.stop();
    await this.#live.stop();
    await this.#pace?.stop();
    await this.numberer.stop();
    await this.pool.end();
  }

  /** Performs a signed act. `arrivedAt` is stamped by the edge where the last byte came. */
  async perform(command: SignedCommand, actor: Actor, arrivedAt: number): Promise<Answer> {
    const leave = this.onTheirWay.enter(arrivedAt);
    try {
      return await perform(this.#house, { command, actor, arrivedAt });
    } finally {
      leave();
    }
  }

  /** Reaches what is due now and lets every reaction come to rest: what a story or a jump waits for. */
  async settle(): Promise<void> {
    for (;;) {
      const before = this.numberer.acts;
      await this.#timer.rearm();
      await this.numberer.settle();
      await this.numberer.blindedNumbered();
      await this.#reactions.caughtUp();
      await this.numberer.settle();
      if (this.numberer.acts === before) return;
    }
  }

  async nextDue(): Promise<number | undefined> {
    return (await nextDue(this.pool))?.dueMs;
  }

  /** For bootstrapping and tests: the parts that a system command needs. */
  get parts(): House {
    return this.#house;
  }

  #reach(now: number): Promise<number> {
    return reachDue(
      { house: this.#house, effects: this.#effects, onTheirWay: this.onTheirWay, drainMs: 5000, past: (limit) => this.#past(limit) },
      now,
    );
  }

  async #past(limit: number): Promise<void> {
    while ((this.clock.tempo ?? 1) > 0 && this.clock.now() <= limit) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  async #reactAll(reactions: readonly NonNullable<Stage["reactions"]>[number][], events: readonly PlacedEvent[]): Promise<void> {
    for (const event of events) await reactTo(this.#house, reactions, event);
  }
}

function effectsOf(stages: readonly Stage[]): Map<string, MilestoneEffect[]> {
  const effects = new Map<string, MilestoneEffect[]>();
  for (const stage of stages) {
    for (const [milestone, effect] of Object.entries(stage.onMilestone ?? {}))
      effects.set(milestone, [...(effects.get(milestone) ?? []), effect]);
  }
  return effects;
}
