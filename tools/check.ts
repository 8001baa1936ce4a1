/** `npm run check [-- --fix]`: everything that a machine can see in two minutes, and the unit tests. `--fix` formats and writes schema.sql. */
import { runChecks } from "./checks/checks.ts";
import { add, close } from "./tally.ts";
import { runTestFiles, unitTestFiles } from "./unit-tests/unit-tests.ts";

const fix = process.argv.includes("--fix");
const checked = await runChecks(fix);
close(add(checked, await runTestFiles(unitTestFiles(), 3)));
