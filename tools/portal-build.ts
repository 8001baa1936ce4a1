/**
 * Builds the portal when `portal/dist` is missing or was built from other source. Whether it is stale is judged by content, not by
 * dates: a fresh clone, a checkout or a copy changes every date.
 */
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { HouseError } from "../server/runtime/database/index.ts";
import { runProgram } from "./run-program.ts";
import { ROOT, sourceFiles } from "./source-files.ts";

const DIST = join(ROOT, "portal/dist");
const MARK = join(DIST, ".built-from");
const WHAT_THE_PORTAL_READS = ["portal", "formats", "law", "verifier"];

/** Builds when needed; a portal that cannot be built is told with the bundler's own words. */
export async function ensurePortal(): Promise<void> {
  const now = sourceDigest();
  if (existsSync(MARK) && readFileSync(MARK, "utf8") === now) return;
  console.log("Building the portal …");
  const { code, output } = await runProgram("vite", ["build", "--config", "portal/vite.config.ts", "--logLevel", "warn"]);
  if (code !== 0) throw new HouseError("folder", `The portal could not be built:\n${output}`);
  compress();
  writeFileSync(MARK, now);
}

/** Text lies beside its packed form, which the server sends to whoever takes it: a third of the bytes on a phone's line. */
function compress(): void {
  for (const path of globSync("**/*.{js,css,svg}", { cwd: DIST }))
    writeFileSync(join(DIST, `${path}.gz`), gzipSync(readFileSync(join(DIST, path)), { level: 9 }));
}

function sourceDigest(): string {
  const digest = createHash("sha256").update(readFileSync(join(ROOT, "package-lock.json")));
  for (const folder of WHAT_THE_PORTAL_READS.filter((name) => existsSync(join(ROOT, name)))) {
    for (const path of sourceFiles(ROOT, folder)) digest.update(`${path}\0`).update(readFileSync(join(ROOT, path)));
  }
  return digest.digest("hex");
}
