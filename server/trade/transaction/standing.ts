/** A reader's or actor's standing towards a lot, and the phase the lot is in: the two inputs of every visibility decision. */
import type { Actor, Phase, Side } from "../../identity/index.ts";
import { isReached, type LotThread } from "./lot.ts";

export function phaseOf(lot: LotThread): Phase {
  if (!lot.done.has("tendering.publish")) return "draft";
  if (lot.done.has("award.publishResult")) return "result";
  if (lot.done.has("award.candidates") || lot.done.has("evaluation.report")) return "publicity";
  if (lot.done.has("opening.open")) return "evaluation";
  return isReached(lot, "bidDeadline") ? "opening" : "tendering";
}

/** Buyer, agent, centre and supervisor have their standing only in their own lots; elsewhere they are the public. */
export function sideOf(actor: Actor | undefined, lot: LotThread | undefined): Side {
  if (!actor) return "public";
  const organisation = actor.organisationId;
  switch (actor.role) {
    case "buyer":
      return !lot || lot.parties.buyer === organisation ? "buyer" : "public";
    case "agent":
      return !lot || lot.parties.agent === organisation ? "agent" : "public";
    case "centre":
    case "drawOperator":
    case "archivist":
    case "registrar":
      return !lot || lot.parties.centre === organisation ? "centre" : "public";
    case "cashier":
    case "accountant":
      return "finance";
    case "supervisor":
      return !lot || lot.parties.supervisor === organisation ? "supervisor" : "public";
    case "bidder":
      return "bidder";
    case "expert":
      return "expert";
    case "guarantor":
      return "guarantor";
    default:
      return "public";
  }
}

/** May this actor act for its side in this lot? An agent's mandate ends with the transaction. */
export function hasStanding(actor: Actor, lot: LotThread): boolean {
  return actor.role === "system" || sideOf(actor, lot) !== "public";
}
