/**
 * How the browser journeys of `portal/journeys` run: one at a time, in the Chromium that `tools/browser.ts` found, in Chinese and
 * in Shanghai. Never retried: a journey that passes only sometimes has failed.
 */
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { LAUNCH_FLAGS } from "../browser.ts";
import { ROOT } from "../source-files.ts";

export default defineConfig({
  testDir: join(ROOT, "portal/journeys"),
  outputDir: join(ROOT, "test-results"),
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  reporter: [["list"], ["json", { outputFile: process.env.EGRET_JOURNEY_COUNTS ?? join(ROOT, "test-results/counts.json") }]],
  use: {
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: [...LAUNCH_FLAGS] },
  },
});
