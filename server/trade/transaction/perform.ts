/**
 * Performing an act, the same way for all stages: signature → first answer, if repeated → lot lock →
 * standing, hold, step → decide → append with views → commit. A refusal leaves nothing behind but
 * its answer; a fault leaves nothing at all.
 */
import { Value } from "@sinclair/typebox/value";
import { commandDigest, isSignedBy, type SignedCommand } from "../../../formats/act.ts";
import { fromHex } from "../../../formats/bytes.ts";
import { needsStepUp } from "../../../formats/step-up.ts";
import { ruleSet } from "../../../law/index.ts";
import { type ActNonces, type Actor, type CertificateStatusPort, mandateRefusal, refusalOfSigner } from "../../identity/index.ts";
import {
  type Calendar,
  dayOf,
  type Id,
  type Instant,
  instantText,
  isRefusal,
  newId,
  newSealedId,
  type OpenNoun,
  type Random,
  type Refusal,
  refuse,
  type SealedNoun,
} from "../../kernel/index.ts";
import { append, type Cause, type EventData, foldStream, type LogPlace, type RecordedEvent, type Views } from "../../record/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import { type Pool, type Queryable, type Transaction, transaction } from "../../runtime/database/index.ts";
import type { Act, ActContext, DecidingLot } from "./act.ts";
import { type AnswerPlace, firstAnswer, keepAnswer } from "./first-answers.ts";
import { evolveLot, type LotThread } from "./lot.ts";
import { refusalBefore } from "./may-act.ts";
import type { Platform } from "./platform.ts";

export interface House {
  pool: Pool;
  views: Views;
  platform: Platform;
  random: Random;
  calendar: Calendar;
  acts: ReadonlyMap<string, Act>;
  /** Told after each commit. */
  committed(): void;
  /** Where the last event of a stream stands, as soon as it is numbered. */
  placeOf(stream: string): Promise<{ position: number }>;
  /** Numbers the events of an open transaction in it; the place of the stream's last event. */
  takeNumber(tx: Transaction, stream: string): Promise<LogPlace>;
  /** Keeps the answers to sealed acts unreadable in the database; lies in the key folder. */
  answerSecret: Uint8Array;
  /** Judges the certificate of whoever signs; absent only where no trust list is configured. */
  certificates?: CertificateStatusPort;
  /** Nonces that name an act, for those that need a fresh proof. */
  nonces: ActNonces;
}

/** What the edge answers. `text` is kept and repeated byte by byte. */
export interface Answer {
  status: number;
  text: string;
}

interface Arrival {
  command: SignedCommand;
  actor: Actor;
  /** Trade time at which the last byte came. */
  arrivedAt: Instant;
  /** What speaks against the certificate at this instant. An act that was answered before keeps its answer. */
  unfit?: Refusal;
}

const sealedAnswerBytes = 4096;

export async function perform(house: House, arrival: Arrival): Promise<Answer> {
  const { command, actor } = arrival;
  const definition = house.acts.get(command.act);
  if (!definition)
    return answerOf(
      refuse("act.unknown", { message: "没有这种行为。", messageEn: "There is no such act.", data: { act: command.act } }),
      false,
    );
  if (actor.signKey === "" || !isSignedBy(command, actor.signKey)) return answerOf(signatureInvalid(), definition.sealed);
  if (!Value.Check(definition.data, command.data)) return answerOf(malformed(definition, command.data), definition.sealed);
  const unfit = await refusalOfSigner(house.certificates, actor, { at: arrival.arrivedAt, sealed: definition.sealed === true });
  // Nothing is kept of an act whose certificate could not be judged: the same command may be tried again.
  if (unfit?.code === "certificate.status-unknown") return answerOf(unfit, definition.sealed);
  const answer = await performOnce(house, definition, { ...arrival, unfit });
  crashPoint("CP04.committed");
  house.committed();
  return definition.afterNumbered && answer.status === 200 ? completed(house, definition, arrival, answer) : answer;
}

/** A receipt names the position of its event, which exists only after the commit (decisions §2). */
async function completed(house: House, definition: Act, { command, actor }: Arrival, answer: Answer): Promise<Answer> {
  const body = JSON.parse(answer.text) as { result: Record<string, unknown> };
  const lot = await loadLot(house.pool, command.lotId ?? "");
  if (!lot || !definition.afterNumbered) return answer;
  const context = { tx: house.pool, lot, platform: house.platform, actor, placeOf: house.placeOf };
  const result = await definition.afterNumbered(context, body.result);
  crashPoint("CP04.receipt");
  return answerOf({ ...body, result }, definition.sealed);
}

async function performOnce(house: House, definition: Act, arrival: Arrival): Promise<Answer> {
  const { command, actor } = arrival;
  const sealed = definition.sealed === true;
  const place: AnswerPlace = { personId: actor.personId, commandId: command.commandId, bodyHash: fromHex(commandDigest(command)), sealed };
  const keeper = { secret: house.answerSecret, random: house.random };
  try {
    return await transaction(house.pool, async (tx) => {
      const first = await firstAnswer(tx, place, keeper);
      if (first) return first.sameBody ? first.answer : answerOf(keyReused(), sealed);
      const stale = freshnessRefusal(house, arrival);
      if (stale) throw new Refused(answerOf(stale, sealed), false);
      const outcome = arrival.unfit ?? (await decide(house, tx, definition, arrival));
      if (isRefusal(outcome)) throw new Refused(answerOf(outcome, sealed));
      const answer = answerOf({ commandId: command.commandId, at: instantText(arrival.arrivedAt), result: outcome ?? {} }, sealed);
      await keepAnswer(tx, place, answer, keeper);
      crashPoint("CP03.decided");
      return answer;
    });
  } catch (error) {
    if (!(error instanceof Refused)) {
      if (command.nonce) house.nonces.giveBack(command.nonce);
      throw error;
    }
    if (!error.isKept) return error.answer;
    // A refusal is kept too, so that a repeated command gets the same bytes; its appends were rolled back.
    crashPoint("CP03.refused");
    return transaction(house.pool, async (tx) => {
      // Between the decision and this line the same command may have come again, and been decided.
      const first = await firstAnswer(tx, place, keeper);
      if (first) return first.sameBody ? first.answer : answerOf(keyReused(), sealed);
      await keepAnswer(tx, place, error.answer, keeper);
      return error.answer;
    });
  }
}

/** Sealing, opening, drawing, evaluating, signing and paying need a proof of this very moment (security.md §7). */
function freshnessRefusal(house: House, { command }: Arrival): Refusal | undefined {
  const { act, membership, lotId, nonce } = command;
  return needsStepUp(act) ? house.nonces.take(nonce, { act, membership, lotId }) : undefined;
}

function keyReused(): Refusal {
  return refuse("request.key-reused", {
    message: "同一命令号已用于另一内容。",
    messageEn: "This command id was used for another content.",
  });
}

/** Carries a refusal out of a transaction, so that everything appended so far is rolled back. */
class Refused extends Error {
  readonly answer: Answer;
  /** Whether the command got its first answer by it; not when it may come again with a fresh proof. */
  readonly isKept: boolean;
  constructor(answer: Answer, isKept = true) {
    super("refused");
    this.answer = answer;
    this.isKept = isKept;
  }
}

async function decide(house: House, tx: Transaction, definition: Act, { command, actor, arrivedAt }: Arrival) {
  const cause: Cause = {
    at: instantText(arrivedAt),
    actor: actor.personId,
    membership: actor.membershipId,
    commandId: command.commandId,
    act: { digest: commandDigest(command), key: actor.signKey, sig: command.sig },
  };
  if (definition.about === "lot") {
    const lotId = command.lotId ?? "";
    await lockLot(tx, lotId, definition.lock);
    const lot = await loadLot(tx, lotId);
    const refusal = lot ? undefined : unknownObject(lotId);
    if (!lot || refusal) return refusal;
    const context = decidingLot(house, tx, { lot, now: arrivedAt, cause, sealed: definition.sealed });
    const outside = refusalBefore(definition, actor, context) ?? (await agentRefusal(tx, command.act, actor, context));
    return outside ?? definition.decide(Object.assign(context, { actor, commandId: command.commandId }), command.data);
  }
  if (!definition.who.includes(actor.role)) return refusalBefore(definition, actor, undefined);
  const context = deciding(house, tx, { now: arrivedAt, cause, sealed: definition.sealed });
  return definition.decide(Object.assign(context, { actor, commandId: command.commandId }) as unknown as ActContext, command.data);
}

/** An agent acts within its mandate; every other role by its standing. */
async function agentRefusal(tx: Transaction, act: string, actor: Actor, { lot, now }: DecidingLot): Promise<Refusal | undefined> {
  if (actor.role !== "agent") return undefined;
  return mandateRefusal(tx, { buyer: lot.parties.buyer, agent: actor.organisationId, lotId: lot.id, act, now });
}

/** A command of the system: a deadline or a reaction. It runs once per command id. */
export async function performAsSystem(
  house: House,
  wish: { lotId: string; commandId: string; now: Instant },
  work: (context: DecidingLot) => Promise<void>,
): Promise<boolean> {
  const done = await transaction(house.pool, async (tx) => {
    await lockLot(tx, wish.lotId, "exclusive");
    const { rowCount } = await tx.query(
      "INSERT INTO record.command (actor, key, body_hash, status, answer) VALUES ('system', $1, ''::bytea, 200, '') ON CONFLICT DO NOTHING",
      [wish.commandId],
    );
    if (rowCount === 0) return false;
    const lot = await loadLot(tx, wish.lotId);
    if (!lot) throw new Error(`there is no lot ${wish.lotId}`);
    const cause: Cause = { at: instantText(wish.now), actor: "system", membership: null, commandId: wish.commandId, act: null };
    await work(decidingLot(house, tx, { lot, now: wish.now, cause }));
    return true;
  });
  house.committed();
  return done;
}

interface Start {
  now: Instant;
  cause: Cause;
  /** The act is sealed: nothing that follows from it names who willed it, whichever door it is written through. */
  sealed?: boolean;
}

export function deciding(house: House, tx: Transaction, { now, cause, sealed = false }: Start) {
  const causeOn = (stream: string) => (sealed ? opaqueCause(cause, stream) : cause);
  return {
    tx,
    now,
    random: house.random,
    platform: house.platform,
    certificates: house.certificates,
    law: ruleSet(dayOf(now)),
    calendar: house.calendar,
    newId: <N extends OpenNoun>(noun: N): Id<N> => newId(noun, now, house.random),
    newSealedId: <N extends SealedNoun>(noun: N): Id<N> => newSealedId(noun, house.random),
    append: (stream: string, type: string, data: EventData) => appendOne(house, tx, { stream, type, data }, causeOn(stream)),
    appendOpaque: (stream: string, type: string, data: EventData) =>
      appendOne(house, tx, { stream, type, data }, opaqueCause(cause, stream)),
    takeNumber: (stream: string) => house.takeNumber(tx, stream),
    cause,
  };
}

export function decidingLot(house: House, tx: Transaction, start: Start & { lot: LotThread }): DecidingLot {
  const plain = deciding(house, tx, start);
  const context = {
    ...plain,
    lot: start.lot,
    procedure: house.platform.procedure(start.lot.procedureId),
    law: start.lot.lawDate ? ruleSet(start.lot.lawDate) : plain.law,
    append: async (stream: string, type: string, data: EventData) => {
      const event = await plain.append(stream, type, data);
      // The thread follows its own stream, so that a later step of the same decision sees it.
      if (stream === context.lot.id) context.lot = evolveLot(context.lot, event);
      return event;
    },
  };
  return context;
}

/** A sealed act shows nobody: who willed it stands in its ciphertext. */
function opaqueCause({ at }: Cause, stream: string): Cause {
  return { at, actor: "sealed", membership: null, commandId: stream, act: null };
}

async function appendOne(
  house: House,
  tx: Transaction,
  fresh: { stream: string; type: string; data: EventData },
  cause: Cause,
): Promise<RecordedEvent> {
  const [event] = await append(tx, [fresh], { cause, random: (bytes) => house.random.bytes(bytes), views: house.views });
  return event as RecordedEvent;
}

export async function loadLot(tx: Queryable, lotId: string): Promise<LotThread | undefined> {
  return lotId.startsWith("lot_") ? foldStream(tx, lotId, evolveLot) : undefined;
}

/** Shared for what one party does, exclusive for what changes the lot: a thousand bidders at the deadline do not meet (model.md §2). */
export async function lockLot(tx: Transaction, lotId: string, mode: "shared" | "exclusive"): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock${mode === "shared" ? "_shared" : ""}(hashtextextended($1, 0))`, [lotId]);
}

/** Sealed acts answer with one status set and one size, so that an observer of the line learns nothing. */
function answerOf(body: Refusal | Record<string, unknown>, sealed = false): Answer {
  const status = isRefusal(body) ? statusOf(body.code) : 200;
  const shown = isRefusal(body) ? problemOf(body, status) : body;
  const text = JSON.stringify(shown);
  return { status: sealed && status !== 200 ? 422 : status, text: sealed ? text.padEnd(sealedAnswerBytes, " ") : text };
}

export function problemOf(refusal: Refusal, status: number): Record<string, unknown> {
  const { refused: _, message, ...rest } = refusal;
  return { type: `/rules/codes/${refusal.code}`, title: message, status, detail: message, ...rest };
}

const statuses: Readonly<Record<string, number>> = {
  "act.unknown": 404,
  "object.unknown": 404,
  "act.not-your-role": 403,
  "auth.act-signature-invalid": 401,
  "request.invalid": 400,
  "act.version-conflict": 409,
  "certificate.status-unknown": 503,
};

export function statusOf(code: string): number {
  return statuses[code] ?? 422;
}

export function unknownObject(id: string): Refusal {
  return refuse("object.unknown", {
    message: "没有这个对象，或者您现在无权知道它。",
    messageEn: "There is no such object, or you may not know of it now.",
    data: { id },
  });
}

function signatureInvalid(): Refusal {
  return refuse("auth.act-signature-invalid", {
    law: "电子签名法",
    article: "第十三条",
    message: "这个行为没有您本人证书的有效签名。",
    messageEn: "The act does not carry a valid signature by your certificate.",
    data: {},
    whatToDo: "请用登记的证书重新签名。",
  });
}

function malformed(definition: Act, data: unknown): Refusal {
  const first = [...Value.Errors(definition.data, data)][0];
  return refuse("request.invalid", {
    message: `内容不符合格式：${first?.path ?? ""} ${first?.message ?? ""}`,
    messageEn: `The content does not have the right form: ${first?.path ?? ""} ${first?.message ?? ""}`,
    data: { pointer: first?.path ?? "" },
  });
}
