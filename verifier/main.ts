#!/usr/bin/env node
/** The entry of `npm run verify`: hands the words of the command line to cli.ts and takes its exit code. */
import { runVerifier } from "./cli.ts";

process.exitCode = runVerifier(process.argv.slice(2), { out: (line) => console.log(line), err: (line) => console.error(line) });
