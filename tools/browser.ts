/**
 * Finds a Chromium for journeys and benchmarks, or installs one: CHROMIUM_PATH → the system's → Debian's by apt as root →
 * the npm package @sparticuz/chromium in `.egret`. When nothing works it says so in one sentence; it never skips.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { HouseError } from "../server/runtime/database/index.ts";
import { ROOT } from "./source-files.ts";

/** Measured flags; software WebGL is named because newer versions make it a choice. */
export const LAUNCH_FLAGS: readonly string[] = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--font-render-hinting=none",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PACKAGE = "@sparticuz/chromium@153.0.0";

export type Browser = {
  readonly path: string;
  /** What the browser needs beside our own environment. */
  readonly env: Readonly<Record<string, string>>;
};

/** The ways to a browser, in order; each gives a path or undefined. Passed in only by the test. */
export type Ways = readonly (() => Promise<Browser | undefined>)[];

/** The first browser that is there and starts. Throws `HouseError` with one sentence when there is none. */
export async function findBrowser(ways: Ways = [named, ofTheSystem, byApt, byNpm]): Promise<Browser> {
  for (const way of ways) {
    const browser = await way();
    // In the POSIX locale of a bare login a browser finds no file whose name is Chinese, and says nothing.
    if (browser !== undefined && starts(browser)) return { ...browser, env: { ...browser.env, LC_ALL: "C.UTF-8" } };
  }
  throw new HouseError(
    "browser",
    "No Chromium was found and none could be installed: set CHROMIUM_PATH to one, or run as root where apt works, or give npm access to @sparticuz/chromium.",
  );
}

function starts({ path, env }: Browser): boolean {
  return spawnSync(path, ["--version"], { env: { ...process.env, ...env }, timeout: 30_000 }).status === 0;
}

async function named(): Promise<Browser | undefined> {
  const path = process.env.CHROMIUM_PATH;
  if (path === undefined || path === "") return undefined;
  if (!existsSync(path)) throw new HouseError("browser", `CHROMIUM_PATH says ${path}, but there is nothing: correct it or unset it.`);
  return { path, env: {} };
}

async function ofTheSystem(): Promise<Browser | undefined> {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const path = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  return path === undefined ? undefined : { path, env: {} };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function byApt(): Promise<Browser | undefined> {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return undefined;
  console.log("Installing Chromium by apt …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const run = (args: string[]) => spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  const done = run(["update", "-qq"]) && run(["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"]);
  return done ? ofTheSystem() : undefined;
}

/** As in the bootstrap: npm finds the machine's settings only under the machine's own Node. */
function machineEnvironment(): NodeJS.ProcessEnv {
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.endsWith("node_modules/.bin"));
  return { ...process.env, PATH: path.join(delimiter) };
}

/** Its libraries come with it: it unpacks both into a folder of its own and names what the loader needs. */
async function byNpm(): Promise<Browser | undefined> {
  const folder = resolve(process.env.EGRET_HOME ?? join(ROOT, ".egret"), "browser");
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, "package.json"))) writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  if (!existsSync(join(folder, "node_modules/@sparticuz/chromium"))) {
    console.log("Installing Chromium by npm …");
    const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", PACKAGE];
    if (spawnSync("npm", args, { cwd: folder, env: machineEnvironment(), stdio: ["ignore", "ignore", "inherit"] }).status !== 0)
      return undefined;
  }
  // The package unpacks its libraries and names them in LD_LIBRARY_PATH only where it believes to be on a serverless host.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs22.x";
  const entry = createRequire(join(folder, "package.json")).resolve("@sparticuz/chromium");
  const path = await withTemporaryFolder(join(folder, "unpacked"), async () => {
    const { default: chromium } = (await import(pathToFileURL(entry).href)) as { default: { executablePath(): Promise<string> } };
    return chromium.executablePath();
  });
  return { path, env: { LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH ?? "" } };
}

/** The package unpacks into the temporary folder, where the copy of another user may stand that we cannot run. */
async function withTemporaryFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const kept = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await work();
  } finally {
    if (kept === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = kept;
  }
}
