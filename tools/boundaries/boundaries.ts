/**
 * Checks who imports whom, by dependency-cruiser with the swc parser.
 *
 * The trap: with TypeScript 7 the default parser reads nothing, finds no breach and calls that a success. So we count the
 * modules and the imports that were seen, and a run that saw none is a failure.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { ROOT } from "../source-files.ts";
import { boundaryRules } from "./rules.ts";

const FOLDERS = ["formats", "law", "server", "portal", "simulators", "verifier", "witness", "scenarios", "bench", "tools"];

/** One sentence for each breach below `root`. */
export async function boundaryFindings(root: string = ROOT): Promise<string[]> {
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  const options = {
    baseDir: root,
    parser: "swc" as const,
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "node_modules|/dist/|^tools/.*/planted/" },
    moduleSystems: ["es6" as const],
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      conditionNames: ["import", "node", "default"],
    },
    validate: true,
    ruleSet: { forbidden: boundaryRules() },
  };
  const { output } = await cruise(folders, options);
  const result = output as ICruiseResult;
  const edges = result.modules.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  if (result.modules.length === 0 || edges === 0) {
    return [`dependency-cruiser saw ${result.modules.length} modules and ${edges} imports below ${root}: it did not read the source`];
  }
  return result.summary.violations.map(({ from, to, rule, cycle }) => {
    const path = cycle === undefined ? to : cycle.map(({ name }) => name).join(" → ");
    const comment = boundaryRules().find(({ name }) => name === rule.name)?.comment ?? "";
    return `${from} → ${path} [${rule.name}] ${comment}`;
  });
}
