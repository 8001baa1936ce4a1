/** The rows of the grid: every step of every procedure, in one order of time (model.md §4). */

/** Gate: done before later rows of the pass · window: open until its milestone · prepared: begun early, done at its row · duty: has a limit, stops nobody. */
export type StepSort = "G" | "W" | "P" | "D";

const rows = [
  ["catalogue.admit", "G"],
  ["tendering.preannounce", "P"],
  ["tendering.prepare", "G"],
  ["ceremony.run", "G"],
  ["entry.invite", "G"],
  ["tendering.publish", "G"],
  ["tendering.offer", "W"],
  ["tendering.clarify", "W"],
  ["entry.notifyHolders", "P"],
  ["entry.register", "W"],
  ["deposit.collect", "W"],
  ["bidding.submit", "W"],
  ["opening.open", "G"],
  ["entry.qualify", "G"],
  ["committee.form", "P"],
  ["evaluation.scrutinise", "P"],
  ["evaluation.examine", "G"],
  ["evaluation.talk", "G"],
  ["evaluation.score", "G"],
  ["auction.run", "G"],
  ["auction.match", "G"],
  ["evaluation.report", "G"],
  ["award.candidates", "G"],
  ["award.decide", "G"],
  ["award.publishResult", "G"],
  ["award.sendLetter", "G"],
  ["award.report", "D"],
  ["contract.sign", "G"],
  ["contract.file", "D"],
  ["deposit.release", "D"],
  ["payment.settle", "D"],
  ["payment.certify", "G"],
  ["contract.perform", "D"],
  ["archive.close", "G"],
] as const satisfies readonly (readonly [string, StepSort])[];

export type StepName = (typeof rows)[number][0];

export type Step = { readonly name: StepName; readonly sort: StepSort };

/** In the order of time. */
export const steps: readonly Step[] = rows.map(([name, sort]) => ({ name, sort }));

export function isStepName(name: string): name is StepName {
  return steps.some((step) => step.name === name);
}
