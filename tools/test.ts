/** `npm test`: everything that CI runs — checks, unit tests, stories, browser journeys — with one closing line for all. */
import { runChecks } from "./checks/checks.ts";
import { runJourneys } from "./journeys/journeys.ts";
import { runOnOldestPostgres } from "./oldest-postgres/oldest-postgres.ts";
import { add, close, NOTHING, type Tally } from "./tally.ts";
import { runTestFiles, storyFiles, unitTestFiles } from "./unit-tests/unit-tests.ts";

async function stage(title: string, run: () => Promise<Tally>): Promise<Tally> {
  console.log(`\n${title}`);
  return run();
}

const stages = [
  await stage("Checks", () => runChecks(false)),
  await stage("Unit tests", () => runTestFiles(unitTestFiles(), 2)),
  ...(storyFiles().length > 0 ? [await stage("Stories", () => runTestFiles(storyFiles(), 1))] : []),
  await stage("On PostgreSQL 15", runOnOldestPostgres),
  await stage("Journeys in a browser", runJourneys),
];
console.log("");
close(stages.reduce(add, NOTHING));
