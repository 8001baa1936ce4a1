/** Runs the browser journeys in a real Chromium and counts. Without a browser, or when nothing could run, that is a failure. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HouseError } from "../../server/runtime/database/index.ts";
import { findBrowser } from "../browser.ts";
import { showProgram } from "../run-program.ts";
import { sourceFiles } from "../source-files.ts";
import type { Tally } from "../tally.ts";

type Report = {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
};

function journeyFiles(): string[] {
  return sourceFiles().filter((path) => /^portal\/journeys\/.*\.spec\.ts$/.test(path));
}

/** All journeys; arguments choose some of them by Playwright's own words. */
export async function runJourneys(choice: readonly string[] = []): Promise<Tally> {
  if (journeyFiles().length === 0) {
    console.log("✖ there is no journey in portal/journeys");
    return { passed: 0, failed: 1 };
  }
  try {
    const { path, env } = await findBrowser();
    Object.assign(process.env, env, { CHROMIUM_PATH: path });
    return await runPlaywright(choice);
  } catch (error) {
    if (!(error instanceof HouseError)) throw error;
    console.log(`✖ ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

async function runPlaywright(choice: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "egret-journeys-"));
  const counts = join(folder, "counts.json");
  process.env.EGRET_JOURNEY_COUNTS = counts;
  const code = await showProgram("playwright", ["test", "--config", join(import.meta.dirname, "playwright.config.ts"), ...choice]);
  const text = existsSync(counts) ? readFileSync(counts, "utf8") : "";
  rmSync(folder, { recursive: true });
  return journeyTally(code, text);
}

/** A flaky or skipped journey has failed. */
export function journeyTally(code: number, text: string): Tally {
  if (text === "") return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = (JSON.parse(text) as Report).stats;
  const lost = unexpected + flaky + skipped;
  return { passed: expected, failed: lost === 0 && (code !== 0 || expected === 0) ? 1 : lost };
}
