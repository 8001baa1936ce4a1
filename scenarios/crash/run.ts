/** All deaths in one telling: `node scenarios/crash/run.ts`. Exits 1 when anything was lost, opened early, or a place was never passed. */

import type { Finding } from "../invariants/finding.ts";
import { scanAll } from "../invariants/scan-all.ts";
import { tellWithDeaths } from "./crash-story.ts";
import { everyPlace } from "./places.ts";

let findings: readonly Finding[] = [];
const look = async (scanned: Parameters<typeof scanAll>[0]) => {
  findings = await scanAll(scanned);
};
const { deaths, neverPassed, repeated, acknowledged, faults } = await tellWithDeaths(everyPlace, look, (words) =>
  console.log(`  · ${words}`),
);
console.log(`${deaths.length} of ${everyPlace.length} deaths; ${repeated} requests repeated; ${acknowledged} answers asked for again`);
for (const words of faults) console.log(`fault: ${words}`);
for (const { invariant, where, words } of findings) console.log(`${invariant} ${where}: ${words}`);
if (neverPassed !== undefined) console.log(`never passed: ${neverPassed}`);
process.exit(faults.length + findings.length > 0 || neverPassed !== undefined ? 1 : 0);
