/**
 * Guards of the grid, run when the program starts. A wrong column is a fault: the platform says what is
 * wrong in one sentence and does not start (model.md §4).
 */
import { bindings as allBindings, type Binding } from "../../law/bindings.ts";
import { rule } from "../../law/rules.ts";
import { type Column, columns } from "./grid/columns.ts";
import { isStepName, type StepName, steps } from "./grid/steps.ts";
import { type RoutedColumn, routed } from "./routes.ts";
import { passesLeadingTo, reachablePasses, turnsOf } from "./walk.ts";

const readsSealedBids: readonly StepName[] = ["evaluation.scrutinise", "evaluation.examine", "evaluation.score"];
const foundsADecision: readonly StepName[] = ["evaluation.report", "auction.run", "evaluation.talk", "entry.qualify", "entry.invite"];
const rowOf = new Map<string, number>(steps.map((step, index) => [step.name, index]));

/** @throws Error naming every wrong column and why. */
export function guardGrid(grid: readonly RoutedColumn[] = columns.map(routed), bindings: readonly Binding[] = allBindings): void {
  const faults = grid.flatMap((routes) => columnFaults(routes, bindings).map((fault) => `${routes.column.code}: ${fault}`));
  if (faults.length > 0) throw new Error(`the grid of procedures is wrong: ${faults.join("; ")}`);
}

/** What is wrong with one column; empty when nothing is. */
export function columnFaults(routes: RoutedColumn, bindings: readonly Binding[] = allBindings): string[] {
  const { column } = routes;
  return [
    ...routeFaults(routes),
    ...sealedBidFaults(column),
    ...ceremonyFaults(column),
    ...decisionFaults(column),
    ...bindingFaults(column, bindings),
  ];
}

/** Every pass is reached and leads to an end; every route begins at a gate and leads to a pass of the column. */
function routeFaults(routes: RoutedColumn): string[] {
  const { column, gates } = routes;
  const faults: string[] = [];
  for (const gate of gates) {
    const step = column.steps(gate.pass).find((candidate) => candidate.name === gate.step);
    if (step?.sort !== "G") faults.push(`a route begins at ${gate.step} of pass ${gate.pass}, which is no gate there`);
  }
  for (const { step, target } of turnsOf(routes)) {
    if (target.to !== "pass") continue;
    if (!column.passes.includes(target.pass)) faults.push(`a route of ${step} leads to pass ${target.pass}, which does not exist`);
    else if (target.from && !column.steps(target.pass).some(({ name }) => name === target.from))
      faults.push(`a route of ${step} begins pass ${target.pass} at ${target.from}, which is not in it`);
  }
  const [reached, leading] = [
    reachablePasses(routes),
    new Set([...passesLeadingTo(routes, "complete"), ...passesLeadingTo(routes, "fail")]),
  ];
  for (const pass of column.passes) {
    if (!reached.has(pass)) faults.push(`pass ${pass} is never reached`);
    if (!leading.has(pass)) faults.push(`pass ${pass} never comes to an end`);
  }
  return faults;
}

/** Bids are read only after an opening, in the same pass or an earlier one, and what is submitted is opened. */
function sealedBidFaults(column: Column): string[] {
  const opened = column.occurrences("opening.open").map(({ pass }) => pass);
  const readers = readsSealedBids.flatMap((step) => column.occurrences(step).map(({ pass }) => ({ step, pass })));
  const early = readers.filter(
    ({ step, pass }) => !opened.some((open) => open < pass || (open === pass && isBefore("opening.open", step))),
  );
  const unopened = column.occurrences("bidding.submit").filter(({ pass }) => !opened.includes(pass));
  return [
    ...early.map(({ step, pass }) => `${step} of pass ${pass} reads bids that nobody has opened`),
    ...unopened.map(({ pass }) => `bids of pass ${pass} are never opened`),
  ];
}

/** Nothing can be sealed before the opening keys exist (decisions §3). */
function ceremonyFaults(column: Column): string[] {
  const ceremonies = column.occurrences("ceremony.run");
  const without = column.occurrences("bidding.submit").filter((submit) => !ceremonies.some(({ pass }) => pass <= submit.pass));
  return without.map(({ pass }) => `bids of pass ${pass} are sealed before any ceremony`);
}

/** A decision rests on a report, an auction, a talk, a qualification or an invitation before it. */
function decisionFaults(column: Column): string[] {
  const founded = column.occurrences("award.decide").filter(({ pass }) => !isFounded(column, pass));
  return founded.map(({ pass }) => `award.decide of pass ${pass} rests on nothing`);
}

function isFounded(column: Column, decidingPass: number): boolean {
  return foundsADecision.some((step) => column.occurrences(step).some(({ pass }) => pass <= decidingPass));
}

/** Every blocking rule of the column is bound to a step that the column has. */
function bindingFaults(column: Column, bindings: readonly Binding[]): string[] {
  const bound = bindings.filter((binding) => binding.columns.includes(column.code) && binding.steps.length > 0);
  return bound.flatMap((binding) => {
    const unknown = binding.steps.filter((step) => !isStepName(step));
    if (unknown.length > 0) return [`${binding.rule} is bound to an unknown step ${unknown.join(", ")}`];
    if (rule(binding.rule).severity !== "block") return [];
    const present = binding.steps.some((step) => isStepName(step) && column.occurrences(step).length > 0);
    return present ? [] : [`blocking rule ${binding.rule} is bound to ${binding.steps.join(", ")}, which the column does not have`];
  });
}

function isBefore(first: StepName, second: StepName): boolean {
  return (rowOf.get(first) ?? 0) < (rowOf.get(second) ?? 0);
}
