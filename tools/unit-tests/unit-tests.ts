/** Runs test files under node:test and counts. A skipped test, and a run of none, count as failures; "NOT RUN" for want of an outside program does not. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { showProgram } from "../run-program.ts";
import { sourceFiles } from "../source-files.ts";
import type { Tally } from "../tally.ts";

type Counts = {
  readonly passed: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly skipped: number;
  readonly todo: number;
};

/** Every test beside the code; stories are run apart. */
export function unitTestFiles(): string[] {
  return sourceFiles().filter((path) => /\.test\.ts$/.test(path) && !path.startsWith("scenarios/"));
}

export function storyFiles(): string[] {
  return sourceFiles().filter((path) => /^scenarios\/.*\.test\.ts$/.test(path));
}

/** Runs the files, at most `concurrency` at once. */
export async function runTestFiles(files: readonly string[], concurrency: number): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "egret-tally-"));
  const destination = join(folder, "counts.json");
  const reporter = (name: string) => join(import.meta.dirname, name);
  const code = await showProgram("node", [
    "--disable-warning=ExperimentalWarning",
    "--test",
    `--test-concurrency=${concurrency}`,
    "--test-timeout=300000",
    `--test-reporter=${reporter("failures-reporter.ts")}`,
    "--test-reporter-destination=stdout",
    `--test-reporter=${reporter("tally-reporter.ts")}`,
    `--test-reporter-destination=${destination}`,
    ...files,
  ]);
  const text = readFileSync(destination, "utf8");
  rmSync(folder, { recursive: true });
  return tallyOf(code, text);
}

/** What the runner's counts and its exit code mean together: without counts, or with a bad code, nothing can have passed whole. */
export function tallyOf(code: number, text: string): Tally {
  if (text === "") return { passed: 0, failed: 1 };
  const { passed, failed, cancelled, skipped, todo } = JSON.parse(text) as Counts;
  const lost = failed + cancelled + skipped + todo;
  return { passed, failed: lost === 0 && (code !== 0 || passed === 0) ? 1 : lost };
}
