/** The files of the project that people wrote, for the tools that read them. Never what was installed, built or run. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..");

const NOT_OURS = new Set(["node_modules", ".git", ".egret", "dist", "test-results", "playwright-report", "planted"]);

/** Paths below `root` with forward slashes, sorted; `planted` breaches are left out unless `root` itself is one. */
export function sourceFiles(root: string = ROOT, folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (NOT_OURS.has(entry.name)) return [];
      if (entry.isDirectory()) return sourceFiles(root, path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}
