/**
 * What a machine can see without running the product: types, style, boundaries, habits, dead code, the form of the database.
 * A check gives its findings, one a line; none means that it passed. A check that could not read its input must give a finding.
 */
import { boundaryFindings } from "../boundaries/boundaries.ts";
import { type Run, runProgram } from "../run-program.ts";
import { schemaFindings } from "../schema/schema.ts";
import { ROOT } from "../source-files.ts";
import { add, NOTHING, type Tally } from "../tally.ts";
import { tidyFindings } from "../tidy/tidy.ts";

export type Check = { readonly name: string; run(fix: boolean): Promise<readonly string[]> };

const LISTED_MAX = 200;

/** The lines of a program that failed; a failure without words is still a finding. */
function findingsOf(program: string, { code, output }: Run): string[] {
  if (code === 0) return [];
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 0 ? lines : [`${program} ended with code ${code} and said nothing`];
}

export async function typeFindings(root: string = ROOT): Promise<string[]> {
  return findingsOf("tsc", await runProgram("tsc", ["-p", root, "--pretty", "false"]));
}

export async function styleFindings(fix: boolean, root: string = ROOT): Promise<string[]> {
  const args = [
    "check",
    "--reporter=concise",
    "--max-diagnostics=200",
    "--diagnostic-level=warn",
    "--error-on-warnings",
    "--colors=off",
    ...(fix ? ["--write"] : []),
    ".",
  ];
  return findingsOf("biome", await runProgram("biome", args, { cwd: root }));
}

export async function deadCodeFindings(root: string = ROOT): Promise<string[]> {
  return findingsOf("knip", await runProgram("knip", ["--no-progress", "--no-config-hints", "--directory", root], { cwd: root }));
}

export const checks: readonly Check[] = [
  { name: "types", run: () => typeFindings() },
  { name: "style", run: (fix) => styleFindings(fix) },
  { name: "boundaries", run: () => boundaryFindings() },
  { name: "tidy", run: async () => tidyFindings() },
  { name: "dead code", run: () => deadCodeFindings() },
  { name: "schema", run: (fix) => schemaFindings(fix) },
];

/** Runs all checks at once and prints each with its findings as it ends. */
export async function runChecks(fix: boolean, list: readonly Check[] = checks): Promise<Tally> {
  const tallies = await Promise.all(list.map((check) => runOne(check, fix)));
  return tallies.reduce(add, NOTHING);
}

async function runOne({ name, run }: Check, fix: boolean): Promise<Tally> {
  const start = performance.now();
  const findings = await run(fix).catch((error: unknown) => [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const listing = findings.slice(0, LISTED_MAX).map((finding) => `    ${finding}\n`);
  const rest = findings.length > LISTED_MAX ? `    … and ${findings.length - LISTED_MAX} more\n` : "";
  process.stdout.write(`${findings.length === 0 ? "✔" : "✖"} ${name} (${seconds} s)\n${listing.join("")}${rest}`);
  return findings.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
