/**
 * Writes docs/law/index.md from the law data and from what the code declares: every module under
 * server is imported, so that its rules and claims register themselves. With `--check` it writes
 * nothing and fails when the file differs or a rule of an enabled procedure is unexplained.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import reasons from "../law/not-yet.json" with { type: "json" };
import { declaredClaims, type Enforcement, registeredRules, ruleIndex, unexplainedRules } from "../server/kernel/index.ts";
import { enabledColumns } from "../server/kinds/index.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const INDEX = "docs/law/index.md";

const enforcement = await declaredEnforcement();
const text = ruleIndex(enforcement);
const unexplained = unexplainedRules(enforcement).map(({ id }) => id);
if (unexplained.length > 0) console.log(`neither enforced nor explained (law/not-yet.json): ${unexplained.join(", ")}`);
if (process.argv.includes("--check")) {
  const current = readFileSync(`${ROOT}${INDEX}`, "utf8");
  if (current !== text) console.log(`${INDEX} is not what the code declares: run node tools/make-law-index.ts`);
  process.exitCode = current === text && unexplained.length === 0 ? 0 : 1;
} else {
  mkdirSync(`${ROOT}docs/law`, { recursive: true });
  writeFileSync(`${ROOT}${INDEX}`, text);
}

/** Only modules that declare something are imported; none of them starts anything when imported. */
async function declaredEnforcement(): Promise<Enforcement> {
  const modules = globSync("server/**/*.ts", { cwd: ROOT }).filter((path) => !path.endsWith(".test.ts") && declares(path));
  for (const path of modules.sort()) await import(new URL(`../${path}`, import.meta.url).href);
  return { rules: registeredRules(), claims: declaredClaims(), reasons, enabled: enabledColumns };
}

function declares(path: string): boolean {
  return /(?:= rule(?:<[^(]*)?\(|\bkeeps\()/.test(readFileSync(`${ROOT}${path}`, "utf8"));
}
