/**
 * States as a table: `state: {command: next}`. The table says *where to*; whether a move is lawful is
 * said by rules. From it come the guard, the portal's buttons, the picture in docs/states, and the
 * test that every state is reached and every open state has a way out.
 */

/** Closed for ever. */
export const end = "end" as const;

export type StateRow = { readonly [command: string]: string } | typeof end;
export type StateRows = { readonly [state: string]: StateRow };

type CommandsOf<Rows extends StateRows> = { [S in keyof Rows]: Rows[S] extends typeof end ? never : keyof Rows[S] }[keyof Rows] & string;

export type StateTable<Rows extends StateRows = StateRows> = {
  readonly rows: Rows;
  /** The state that the creating command leaves: the first row. */
  readonly initial: keyof Rows & string;
};

export type StateOf<Table> = Table extends StateTable<infer Rows> ? keyof Rows & string : never;
export type CommandOf<Table> = Table extends StateTable<infer Rows> ? CommandsOf<Rows> : never;

/**
 * Declares a table. @throws Error when a move leads to no row, a state is never reached, or an open
 * state has no way to an end: such a table is a fault of the code and must not start.
 */
export function states<const Rows extends StateRows>(rows: Rows): StateTable<Rows> {
  const initial = Object.keys(rows)[0];
  if (initial === undefined) throw new Error("a table of states needs a state");
  const faults = stateFaults(rows, initial);
  if (faults.length > 0) throw new Error(`wrong table of states: ${faults.join("; ")}`);
  return { rows, initial };
}

/** Where the command leads from that state; `undefined` when it is no move of that state. */
export function next<Rows extends StateRows>(
  table: StateTable<Rows>,
  state: keyof Rows,
  command: CommandsOf<Rows>,
): (keyof Rows & string) | undefined {
  const row = table.rows[state];
  if (row === undefined) throw new Error(`no such state: ${String(state)}`);
  return row === end || !Object.hasOwn(row, command) ? undefined : row[command];
}

/** The commands that are moves of that state, in the order of the table. */
export function commandsFrom<Rows extends StateRows>(table: StateTable<Rows>, state: keyof Rows): CommandsOf<Rows>[] {
  const row = table.rows[state];
  return (row === undefined || row === end ? [] : Object.keys(row)) as CommandsOf<Rows>[];
}

export function isEnd<Rows extends StateRows>(table: StateTable<Rows>, state: keyof Rows): boolean {
  return table.rows[state] === end;
}

/** What is wrong with the rows, in words; empty when nothing is. Tables without any `end` are allowed (a lot may be reopened for ever). */
export function stateFaults(rows: StateRows, initial: string): string[] {
  const moves = Object.entries(rows).flatMap(([from, row]) => (row === end ? [] : Object.values(row).map((to) => ({ from, to }))));
  const faults = moves.filter(({ to }) => !Object.hasOwn(rows, to)).map(({ from, to }) => `${from} leads to unknown ${to}`);
  const reached = closure(
    [initial],
    moves.map(({ from, to }) => [from, to]),
  );
  for (const state of Object.keys(rows)) if (!reached.has(state)) faults.push(`${state} is never reached`);
  for (const [state, row] of Object.entries(rows)) {
    if (row !== end && Object.values(row).every((to) => to === state)) faults.push(`${state} has no way out`);
  }
  const ends = Object.keys(rows).filter((state) => rows[state] === end);
  if (ends.length > 0) {
    const leadsToEnd = closure(
      ends,
      moves.map(({ from, to }) => [to, from]),
    );
    for (const state of Object.keys(rows)) if (!leadsToEnd.has(state)) faults.push(`${state} never comes to an end`);
  }
  return faults;
}

/** A Mermaid picture of the table, for docs/states. */
export function drawStates<Rows extends StateRows>(table: StateTable<Rows>): string {
  const lines = ["stateDiagram-v2", `  [*] --> ${table.initial}`];
  for (const [from, row] of Object.entries(table.rows)) {
    if (row === end) lines.push(`  ${from} --> [*]`);
    else for (const [to, commands] of groupedByTarget(row)) lines.push(`  ${from} --> ${to}: ${commands.join(", ")}`);
  }
  return `${lines.join("\n")}\n`;
}

function groupedByTarget(row: Exclude<StateRow, typeof end>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [command, to] of Object.entries(row)) groups.set(to, [...(groups.get(to) ?? []), command]);
  return groups;
}

function closure(starts: readonly string[], edges: readonly (readonly [string, string])[]): Set<string> {
  const seen = new Set(starts);
  for (const state of seen) for (const [from, to] of edges) if (from === state) seen.add(to);
  return seen;
}
