/**
 * Writes docs/permissions.md (`--check` compares; `--csv FILE` writes the whole matrix): who may see which field group,
 * and from when to when, as the one deciding table says. The matrix test holds that table to what HTTP answers.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./source-files.ts";

const file = join(ROOT, "docs/permissions.md");

interface Identity {
  maySee(group: string, side: string, phase: string): boolean;
  phases: readonly string[];
  visibility: Readonly<Record<string, unknown>>;
}

const sides = ["public", "bidder", "buyer", "agent", "centre", "finance", "supervisor", "expert", "guarantor"];

export async function permissionsText(): Promise<string> {
  // By a name that is only known here: tools may describe the product, never share its code.
  const { maySee, phases, visibility } = (await import(`${ROOT}/server/identity/visibility.ts`)) as Identity;
  const rows = Object.keys(visibility).flatMap((group) =>
    sides.flatMap((side) => {
      const seen = phases.filter((phase) => maySee(group, side, phase));
      return seen.length > 0 ? [`| ${group} | ${side} | ${spans(seen, phases)} |`] : [];
    }),
  );
  return `# Who may see what, when

Made by \`tools/make-permissions.ts\` from \`server/identity/visibility.ts\`; do not edit. What is not listed is seen by nobody.
A side is what a reader is *in one lot*: a buyer, agent, centre or authority of another lot, and an expert who does not sit
on the committee, is the public here. Before a lot is public only those who see \`lot.public\` in draft read anything of it.
Every read, reader and stage is asked over HTTP by \`scenarios/matrix.test.ts\` against a table written by hand.

Phases: ${phases.join(" · ")}.

| field group | side | phases |
|---|---|---|
${rows.join("\n")}
`;
}

/** Neighbouring phases as one span. */
function spans(seen: readonly string[], phases: readonly string[]): string {
  const found: string[][] = [];
  for (const phase of seen) {
    const last = found[found.length - 1];
    if (last && phases.indexOf(phase) === phases.indexOf(last[last.length - 1] as string) + 1) last.push(phase);
    else found.push([phase]);
  }
  return found.map((span) => (span.length > 1 ? `${span[0]} – ${span[span.length - 1]}` : span[0])).join(", ");
}

/** Path, reader, stage, letter: one line for each cell. */
export async function matrixCsv(): Promise<string> {
  const { readTable, matrixReaders, matrixStages, cellOf } = await import(`${ROOT}/server/identity/matrix/read-table.ts`);
  const lines = readTable.flatMap((line: { path: string }) =>
    matrixReaders.flatMap((reader: string) =>
      matrixStages.map((stage: string) => [line.path, reader, stage, cellOf(line, reader, stage)].join(",")),
    ),
  );
  return `path,reader,stage,may\n${lines.join("\n")}\n`;
}

export async function isPermissionsStale(): Promise<boolean> {
  return readFileSync(file, "utf8") !== (await permissionsText());
}

if (import.meta.main) {
  const csv = process.argv.indexOf("--csv");
  if (csv > 0) writeFileSync(process.argv[csv + 1] ?? "permissions.csv", await matrixCsv());
  else if (process.argv.includes("--check")) process.exit((await isPermissionsStale()) ? 1 : 0);
  else writeFileSync(file, await permissionsText());
}
