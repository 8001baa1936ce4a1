/**
 * The closed list of outcomes of each step. An outcome outside the list is a fault of the stage.
 * `done` is every step's plain good end; the other good words tell the next reader what happened.
 */
import type { StepName } from "./steps.ts";

const good: { readonly [Name in StepName]: readonly string[] } = {
  "catalogue.admit": ["admitted"],
  "tendering.preannounce": ["published"],
  "tendering.prepare": ["prepared", "issued"],
  "ceremony.run": ["sealed"],
  "entry.invite": ["invited"],
  "tendering.publish": ["published"],
  "tendering.offer": ["closed"],
  "tendering.clarify": ["answered", "closed"],
  "entry.notifyHolders": ["notified"],
  "entry.register": ["closed"],
  "deposit.collect": ["collected", "closed"],
  "bidding.submit": ["closed"],
  "opening.open": ["opened"],
  "entry.qualify": ["enough"],
  "committee.form": ["formed"],
  "evaluation.scrutinise": ["scrutinised"],
  "evaluation.examine": ["left"],
  "evaluation.talk": ["talked"],
  "evaluation.score": ["scored"],
  "auction.run": ["sold"],
  "auction.match": ["matched", "waived"],
  "evaluation.report": ["ranked"],
  "award.candidates": ["published", "cleared"],
  "award.decide": ["decided"],
  "award.publishResult": ["published"],
  "award.sendLetter": ["sent"],
  "award.report": ["reported"],
  "contract.sign": ["signed"],
  "contract.file": ["filed"],
  "deposit.release": ["released"],
  "payment.settle": ["paid"],
  "payment.certify": ["certified"],
  "contract.perform": ["performed"],
  "archive.close": ["archived"],
};

const bad: { readonly [Name in StepName]?: readonly string[] } = {
  "entry.invite": ["tooFew"],
  "opening.open": ["tooFew"],
  "entry.qualify": ["none", "tooFew"],
  "evaluation.examine": ["tooFewLeft", "noneLeft"],
  "auction.run": ["passedIn"],
  "evaluation.report": ["noCompetition"],
  "award.decide": ["noWinner"],
};

/** Good words of a step where its column does not say otherwise. */
export function goodOutcomes(step: StepName): readonly string[] {
  return ["done", ...good[step]];
}

/** Words that end the lot in failure where its column has no other route for them. */
export function badOutcomes(step: StepName): readonly string[] {
  return bad[step] ?? [];
}
