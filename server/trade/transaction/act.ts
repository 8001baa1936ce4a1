/**
 * An act is one thing that a person may do: who, on what, under which lock, in which step, with
 * which data, and how it is decided. Every stage declares its acts in this one form; from it come
 * the HTTP door, the form in the portal, the check of role, step and hold, and the index of law.
 */
import type { Static, TSchema } from "@sinclair/typebox";
import type { Paper } from "../../../formats/paper.ts";
import type { RuleSet } from "../../../law/index.ts";
import type { Actor, CertificateStatusPort, Role } from "../../identity/index.ts";
import type { Calendar, Id, Instant, OpenNoun, Random, Refusal, SealedNoun } from "../../kernel/index.ts";
import type { Cause, EventData, EventFields, LogPlace, RecordedEvent, View } from "../../record/index.ts";
import type { Queryable, Transaction } from "../../runtime/database/index.ts";
import type { LotThread } from "./lot.ts";
import type { Platform } from "./platform.ts";
import type { Procedure } from "./procedure.ts";

/** What every decision is given. Time, chance and ids come from here and from nowhere else. */
export interface Deciding {
  readonly tx: Transaction;
  /** Trade time of arrival: the instant that the law judges. */
  readonly now: Instant;
  readonly random: Random;
  readonly platform: Platform;
  /** Judges certificates that an act brings in; absent only where no trust list is configured. */
  readonly certificates?: CertificateStatusPort;
  /** The law that governs: the lot's bound rule set, or that of the day before the lot is bound. */
  readonly law: RuleSet;
  readonly calendar: Calendar;
  newId<N extends OpenNoun>(noun: N): Id<N>;
  /** An id of pure chance, for nouns that are sealed: it shows neither time nor order. */
  newSealedId<N extends SealedNoun>(noun: N): Id<N>;
  /** Appends to the record and changes the views, at once, in the same transaction. */
  append(stream: string, type: string, data: EventData): Promise<RecordedEvent>;
  /** Appends without naming who did it: for sealed acts only. */
  appendOpaque(stream: string, type: string, data: EventData): Promise<RecordedEvent>;
  readonly cause: Cause;
  /**
   * Gives the events of this decision their numbers now, inside its own transaction, and tells the place of the
   * stream's last one: for windows that are judged by the log (decisions §2). Called last, because everybody
   * who numbers waits for the end of this transaction.
   */
  takeNumber(stream: string): Promise<LogPlace>;
}

/** A decision about one lot. `lot` follows each event that is appended to the lot's stream. */
export interface DecidingLot extends Deciding {
  readonly lot: LotThread;
  readonly procedure: Procedure;
}

export interface ActContext extends DecidingLot {
  readonly actor: Actor;
  readonly commandId: string;
  /** The nonce under the act's signature, where the act needs a fresh proof. */
  readonly nonce: string | undefined;
}

/** An act outside any lot has no thread; reading `lot` there is a fault. */
export type Outcome = Refusal | Record<string, unknown> | undefined;

export interface Act<Data extends TSchema = TSchema> {
  /** `noun.verb`, as model.md §2 names it. */
  name: string;
  title: { zh: string; en: string };
  who: readonly Role[];
  /** `lot`: the command names a lot. `free`: it does not. */
  about: "lot" | "free";
  /** `shared` when it acts for one party, `exclusive` when it changes the lot. */
  lock: "shared" | "exclusive";
  /** The step that must be open in the running pass. */
  step?: string;
  /** The answer says nothing by its size, and waits for the number in the record. */
  sealed?: boolean;
  /** Rules of law that decide here (ids of rules.json). */
  rules?: readonly string[];
  data: Data;
  decide(context: ActContext, data: Static<Data>): Promise<Outcome>;
  /**
   * Completes the answer once the act's event has its number: for receipts. What is kept is the answer
   * of `decide`; this is done anew for a repeated command and must give the same answer each time.
   */
  afterNumbered?(context: Numbered, result: EventFields): Promise<Record<string, unknown>>;
}

/** What is at hand when an accepted act of a lot is about to be answered. */
export interface Numbered {
  readonly tx: Queryable;
  readonly lot: LotThread;
  readonly platform: Platform;
  readonly actor: Actor;
  /** Resolves when the last event of the stream has its position. */
  placeOf(stream: string): Promise<{ position: number }>;
}

/** Keeps the type of the data between schema and decision. */
export function act<Data extends TSchema>(definition: Act<Data>): Act {
  return definition as unknown as Act;
}

/**
 * What a milestone of a lot sets off, in the transaction that reaches it. An effect declared for `name`
 * is also called for `name:ref`, so that several nouns of one kind each have their own limits.
 */
export type MilestoneEffect = (context: DecidingLot, milestone: string) => Promise<void>;

/** A later answer to an earlier event, under the system actor, exactly once per event. */
export interface Reaction {
  name: string;
  on: readonly string[];
  /** Which lot the event is about; undefined when the reaction has nothing to do. */
  lotOf(event: RecordedEvent, tx: Transaction): Promise<string | undefined>;
  react(context: DecidingLot, event: RecordedEvent): Promise<void>;
}

/** One way to read: a path below /api/v1, who may read when, and the closed shape of the answer. */
export interface Read<Response extends TSchema = TSchema> {
  /** `/lots/:lotId/questions`; a read about a lot has `:lotId`. */
  path: string;
  title: string;
  /** The field group of the visibility table that guards the whole answer. */
  group: string;
  response: Response;
  load(context: ReadContext): Promise<Static<Response> | undefined>;
}

export interface ReadContext {
  readonly tx: Transaction;
  readonly now: Instant;
  readonly platform: Platform;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Undefined for a visitor without a session. */
  readonly actor: Actor | undefined;
  readonly lot: LotThread;
  readonly procedure: Procedure;
  /** May this reader see a further field group of this lot now? */
  may(group: string): boolean;
  /** Names of the reads of this lot that this reader's standing opens now, so that a page asks for nothing it may not know of. */
  opens(): readonly string[];
  /** The last live event of the lot that the answer already contains: whoever listens begins after it. */
  readonly liveId: string;
}

export function read<Response extends TSchema>(definition: Read<Response>): Read {
  return definition as unknown as Read;
}

/** A paper that people keep; it is read as PDF at `/lots/{lotId}/papers/{name}`. */
export interface PaperSource {
  name: string;
  title: string;
  /** The field group that guards it. */
  group: string;
  /** Undefined while there is no such paper, or when this reader may not have it. */
  load(context: ReadContext): Promise<Paper | undefined>;
  /** Whose seals belong on it, in their order; asked once the paper is there. */
  sealedBy(context: ReadContext): Promise<readonly string[]>;
}

/** What a stage gives to the house. */
export interface Stage {
  name: string;
  acts: readonly Act[];
  reads: readonly Read[];
  views: readonly View[];
  papers?: readonly PaperSource[];
  onMilestone?: Readonly<Record<string, MilestoneEffect>>;
  reactions?: readonly Reaction[];
  /** Does this person sit in this lot? The stage that seats people says it; a role held elsewhere opens no lot. */
  sits?(db: Queryable, lotId: string, personId: string): Promise<boolean>;
  /** What a person should do next here; feeds page, inbox and guide. */
  nextSteps?(context: ReadContext): Promise<NextStep[]>;
  /** Event types that may be shown live to everybody, with the words for the log of the hall. */
  live?: Readonly<Record<string, (event: RecordedEvent) => { zh: string; en: string }>>;
}

export interface NextStep {
  act: string;
  title: { zh: string; en: string };
  dueAt: string | null;
  rules: readonly string[];
  /** Data that the portal fills in beforehand. */
  fill?: Record<string, unknown>;
}
