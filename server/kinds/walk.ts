/**
 * The walk: every way through a column by every outcome of every gate. From it come the guards (each
 * pass is reached, each leads to an end) and the test that all routes have been walked.
 */
import type { Column, ColumnStep } from "./grid/columns.ts";
import { type RoutedColumn, type Target, targetsOf } from "./routes.ts";

export type WalkedGate = { readonly pass: number; readonly step: string; readonly outcome: string; readonly target: Target };

/** A way from the first pass to an end: the outcomes that left each pass, and how it ended. */
export type Way = { readonly turns: readonly WalkedGate[]; readonly end: "complete" | "fail" };

/** The gates of a pass that bind the lot: rolling ones bind a party only. */
export function lotGates(column: Column, pass: number): readonly ColumnStep[] {
  return column.steps(pass).filter((step) => step.sort === "G" && !step.rolling);
}

/** Every outcome of every gate, wherever it leads. */
export function allGates(routes: RoutedColumn): WalkedGate[] {
  return routes.column.passes.flatMap((pass) => {
    const included = routes.column.steps(pass);
    return lotGates(routes.column, pass).flatMap((step) =>
      [...targetsOf(routes, pass, step, included)].flatMap(([outcome, alternatives]) =>
        alternatives.map(({ target }) => ({ pass, step: step.name, outcome, target })),
      ),
    );
  });
}

/** Outcomes that leave their pass: the edges between passes and ends. */
export function turnsOf(routes: RoutedColumn): WalkedGate[] {
  return allGates(routes).filter(({ target }) => target.to !== "next");
}

/** Passes that a lot can come to from the first one. */
export function reachablePasses(routes: RoutedColumn): ReadonlySet<number> {
  const turns = turnsOf(routes);
  const reached = new Set(routes.column.passes.slice(0, 1));
  for (const pass of reached)
    for (const { pass: from, target } of turns) if (from === pass && target.to === "pass") reached.add(target.pass);
  return reached;
}

/** Passes from which some way leads to that end. */
export function passesLeadingTo(routes: RoutedColumn, end: "complete" | "fail"): ReadonlySet<number> {
  const turns = turnsOf(routes);
  const leading = new Set(turns.filter(({ target }) => target.to === end).map(({ pass }) => pass));
  for (const pass of leading)
    for (const { pass: from, target } of turns) if (target.to === "pass" && target.pass === pass) leading.add(from);
  return leading;
}

/** All ways, each turn of a pass to itself or back taken at most once. */
export function allWays(routes: RoutedColumn): Way[] {
  const turns = turnsOf(routes);
  const first = routes.column.passes[0] ?? 0;
  const ways: Way[] = [];
  const walk = (pass: number, taken: readonly WalkedGate[]) => {
    for (const turn of turns) {
      if (turn.pass !== pass || (isBackward(turn) && taken.includes(turn))) continue;
      const path = [...taken, turn];
      if (turn.target.to === "pass") walk(turn.target.pass, path);
      else if (turn.target.to !== "next") ways.push({ turns: path, end: turn.target.to });
    }
  };
  walk(first, []);
  return ways;
}

function isBackward({ pass, target }: WalkedGate): boolean {
  return target.to === "pass" && target.pass <= pass;
}
