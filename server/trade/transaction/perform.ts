/**
 * Performing an act, the same way for all stages: signature → first answer, if repeated → lot lock →
 * standing, hold, step → decide → append with views → commit. A refusal leaves nothing behind but
 * its answer; a fault leaves nothing at all.
 */
import { Value } from "@sinclair/typebox/value";
import { commandDigest, type SignedCommand } from "../../../formats/act.ts";
import { isSignedBy } from "../../../formats/act-proof.ts";
import { fromHex } from "../../../formats/bytes.ts";
import { needsStepUp } from "../../../formats/step-up.ts";
import { type Actor, mandateRefusal, refusalOfSigner } from "../../identity/index.ts";
import { type Instant, instantText, isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import type { Cause } from "../../record/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import { type Transaction, transaction } from "../../runtime/database/index.ts";
import type { Act, ActContext, DecidingLot } from "./act.ts";
import { type Answer, answerOf, keyReused, malformed, signatureInvalid, unknownObject } from "./answers.ts";
import { deciding, decidingLot, loadLot, lockLot } from "./deciding.ts";
import { type AnswerPlace, firstAnswer, keepAnswer } from "./first-answers.ts";
import type { House } from "./house.ts";
import { refusalBefore } from "./may-act.ts";

interface Arrival {
  command: SignedCommand;
  actor: Actor;
  /** Trade time at which the last byte came. */
  arrivedAt: Instant;
  /** What speaks against the certificate at this instant. An act that was answered before keeps its answer. */
  unfit?: Refusal;
}

export async function perform(house: House, arrival: Arrival): Promise<Answer> {
  const { command, actor } = arrival;
  const definition = house.acts.get(command.act);
  if (!definition)
    return answerOf(
      refuse("act.unknown", { message: "没有这种行为。", messageEn: "There is no such act.", data: { act: command.act } }),
      false,
    );
  if (actor.signKey === "" || !isSignedBy(command, { family: actor.signFamily, key: actor.signKey }))
    return answerOf(signatureInvalid(), definition.sealed);
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
      const stale = house.halted?.(command.act) ?? freshnessRefusal(house, arrival);
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
    return (
      outside ?? definition.decide(Object.assign(context, { actor, commandId: command.commandId, nonce: command.nonce }), command.data)
    );
  }
  if (!definition.who.includes(actor.role)) return refusalBefore(definition, actor, undefined);
  const context = deciding(house, tx, { now: arrivedAt, cause, sealed: definition.sealed });
  return definition.decide(
    Object.assign(context, { actor, commandId: command.commandId, nonce: command.nonce }) as unknown as ActContext,
    command.data,
  );
}

/** An agent acts within its mandate; every other role by its standing. */
async function agentRefusal(tx: Transaction, act: string, actor: Actor, { lot, now }: DecidingLot): Promise<Refusal | undefined> {
  if (actor.role !== "agent") return undefined;
  return mandateRefusal(tx, { buyer: lot.parties.buyer, agent: actor.organisationId, lotId: lot.id, act, now });
}
