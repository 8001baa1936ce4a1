/**
 * Routes: where a lot goes after the outcome of a gate. The default holds in every column: a bad
 * outcome fails the lot; after the last gate of a pass comes the next higher pass, or the lot is
 * complete. Here stand only the routes that differ (model.md §4).
 */

import type { Column, ColumnStep } from "./grid/columns.ts";
import { badOutcomes, goodOutcomes } from "./grid/outcomes.ts";
import type { StepName } from "./grid/steps.ts";

/** `next` is the following step of the same pass. */
export type Target =
  | { readonly to: "next" }
  | { readonly to: "complete" }
  | { readonly to: "fail"; readonly cause: string }
  | { readonly to: "pass"; readonly pass: number; readonly from?: StepName };

/** A target that holds only under an option of the procedure (`mode.auction`); the first that holds is taken. */
export type Alternative = { readonly when?: string; readonly target: Target };

/** One gate of one pass: its outcomes replace the default words of the step. */
export type GateRoutes = {
  readonly pass: number;
  readonly step: StepName;
  readonly outcomes: Readonly<Record<string, Target | readonly Alternative[]>>;
};

const on: Target = { to: "next" };
const pass = (number: number): Target => ({ to: "pass", pass: number });
const fail = (cause: string): Target => ({ to: "fail", cause });
/** A new run of pass 1 with other terms: price cut (other period rules) or listed once more. */
const again: Target = { to: "pass", pass: 1, from: "tendering.prepare" };

const talksUntilFinal: readonly GateRoutes[] = [{ pass: 2, step: "evaluation.talk", outcomes: { again: pass(2), final: pass(3) } }];

/** One comes: pass 2 by agreement; several: the mode announced. Nobody: cut the price, or fail; twelve months over: fail (PRP-008). */
const transferRoutes: readonly GateRoutes[] = [
  {
    pass: 1,
    step: "entry.qualify",
    outcomes: {
      one: pass(2),
      enough: [{ when: "mode.tender", target: pass(4) }, { target: pass(3) }],
      none: fail("none"),
      tooFew: fail("tooFew"),
      cut: again,
      expired: fail("twelveMonths"),
    },
  },
  { pass: 2, step: "award.decide", outcomes: { decided: pass(5), noWinner: fail("noWinner") } },
  { pass: 3, step: "auction.run", outcomes: { sold: on, passedIn: fail("passedIn"), cut: again } },
  { pass: 3, step: "award.decide", outcomes: { decided: pass(5), noWinner: fail("noWinner") } },
  { pass: 4, step: "award.decide", outcomes: { decided: pass(5), noWinner: fail("noWinner") } },
  { pass: 5, step: "contract.sign", outcomes: { signed: on, winnerRefused: fail("winnerRefused"), cut: again } },
];

const investorModes: readonly Alternative[] = [
  { when: "mode.auction", target: pass(3) },
  { when: "mode.tender", target: pass(4) },
  { target: pass(2) },
];

const increaseRoutes: readonly GateRoutes[] = [
  { pass: 1, step: "entry.qualify", outcomes: { one: investorModes, enough: investorModes, none: fail("none"), tooFew: fail("tooFew") } },
  { pass: 2, step: "evaluation.talk", outcomes: { again: pass(2), talked: on } },
  { pass: 2, step: "award.decide", outcomes: { decided: pass(5), noWinner: fail("noWinner") } },
  { pass: 3, step: "award.decide", outcomes: { decided: pass(5), noWinner: fail("noWinner") } },
  { pass: 4, step: "award.decide", outcomes: { decided: pass(5), noWinner: fail("noWinner") } },
];

/** `one` stands only where the notice allows a single participant; else the stage says `none`. */
const assetRoutes: readonly GateRoutes[] = [
  {
    pass: 1,
    step: "entry.qualify",
    outcomes: { one: pass(2), enough: pass(3), none: fail("none"), tooFew: fail("tooFew"), relist: again },
  },
  { pass: 2, step: "award.decide", outcomes: { decided: pass(4), noWinner: fail("noWinner") } },
  { pass: 3, step: "auction.run", outcomes: { sold: on, passedIn: fail("passedIn"), relist: again } },
];

/** The lot stands until `termEnd`; new entrants may be called for once more. */
const frameworkRoutes: readonly GateRoutes[] = [
  { pass: 1, step: "archive.close", outcomes: { archived: { to: "complete" }, supplement: again } },
];

const entrantMayRefuse = (number: number): GateRoutes => ({
  pass: number,
  step: "award.decide",
  outcomes: { decided: pass(5), noWinner: fail("noWinner"), entrantRefused: pass(number) },
});

/** Column → the gates whose routes differ from the default. */
export const differingRoutes: Readonly<Record<string, readonly GateRoutes[]>> = {
  GN: talksUntilFinal,
  GC: talksUntilFinal,
  GS: [
    { pass: 1, step: "tendering.publish", outcomes: { published: pass(2), upheld: fail("publicityUpheld") } },
    { pass: 2, step: "evaluation.talk", outcomes: { agreed: on, notAgreed: fail("notAgreed") } },
  ],
  FC: frameworkRoutes,
  FO: frameworkRoutes,
  F2: [
    { pass: 1, step: "catalogue.admit", outcomes: { direct: pass(2), competition: pass(3), rotation: pass(4) } },
    entrantMayRefuse(2),
    { pass: 3, step: "award.decide", outcomes: { decided: pass(5), noWinner: fail("noWinner") } },
    entrantMayRefuse(4),
  ],
  PE: transferRoutes,
  PA: transferRoutes,
  PC: increaseRoutes,
  AB: assetRoutes,
  AL: assetRoutes,
  AW: assetRoutes,
};

/** A column with its routes, ready to be asked. */
export type RoutedColumn = { readonly column: Column; readonly gates: readonly GateRoutes[] };

export function routed(column: Column): RoutedColumn {
  return { column, gates: differingRoutes[column.code] ?? [] };
}

/** Every outcome that the step may have in that pass, with all its targets. */
export function targetsOf(
  routes: RoutedColumn,
  number: number,
  step: ColumnStep,
  included: readonly ColumnStep[],
): ReadonlyMap<string, readonly Alternative[]> {
  const declared = routes.gates.find((gate) => gate.pass === number && gate.step === step.name);
  const targets = new Map<string, readonly Alternative[]>();
  if (declared)
    for (const [word, target] of Object.entries(declared.outcomes))
      targets.set(word, Array.isArray(target) ? target : [{ target: target as Target }]);
  else {
    for (const word of goodOutcomes(step.name)) targets.set(word, [{ target: on }]);
    for (const word of badOutcomes(step.name)) targets.set(word, [{ target: fail(word) }]);
  }
  const after = afterLastGate(routes.column, number, step, included);
  if (after)
    for (const [word, alternatives] of targets)
      targets.set(
        word,
        alternatives.map((one) => (one.target.to === "next" ? { ...one, target: after } : one)),
      );
  return targets;
}

/** Where the pass leads when this is its last gate of the lot; `undefined` when it is not. */
function afterLastGate(column: Column, number: number, step: ColumnStep, included: readonly ColumnStep[]): Target | undefined {
  const lastGate = included.filter((candidate) => candidate.sort === "G" && !candidate.rolling).at(-1);
  if (lastGate?.name !== step.name) return undefined;
  const higher = column.passes.find((candidate) => candidate > number);
  return higher === undefined ? { to: "complete" } : pass(higher);
}

/**
 * The route of one outcome. @throws Error for an outcome outside the closed list (a fault of the stage),
 * or when no alternative holds under the options.
 */
export function routeOf(
  routes: RoutedColumn,
  at: { pass: number; step: ColumnStep; included: readonly ColumnStep[] },
  outcome: string,
  options: ReadonlySet<string>,
): Target {
  const alternatives = targetsOf(routes, at.pass, at.step, at.included).get(outcome);
  if (!alternatives) throw new Error(`${routes.column.code}: ${at.step.name} has no outcome ${outcome} in pass ${at.pass}`);
  const holding = alternatives.find(({ when }) => when === undefined || options.has(when));
  if (!holding) throw new Error(`${routes.column.code}: no route for ${at.step.name} ${outcome} in pass ${at.pass}`);
  return holding.target;
}
