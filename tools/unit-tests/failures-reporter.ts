/** A reporter of node:test for long runs: one mark a file, every failure in full, nothing about what passed. */
import { relative } from "node:path";
import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";
import { ROOT } from "../source-files.ts";
import { isNotRun } from "./tally-reporter.ts";

export default async function* failures(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    if (event.type === "test:fail") {
      const { name, file, line, details } = event.data;
      // A parent fails because of its child; the child has been told already.
      if ("failureType" in details.error && details.error.failureType === "subtestsFailed") continue;
      const place = file === undefined ? "" : ` (${relative(ROOT, file)}${line === undefined ? "" : `:${line}`})`;
      yield `\n✖ ${name}${place}\n${inspect(details.error.cause ?? details.error, { colors: false })}\n`;
    } else if (event.type === "test:pass" && isNotRun(event.data.skip)) {
      yield `⚠ ${event.data.skip} (${event.data.name})\n`;
    } else if (event.type === "test:stderr") {
      yield event.data.message;
    } else if (event.type === "test:summary" && event.data.file !== undefined) {
      const { counts, duration_ms } = event.data;
      yield `${event.data.success ? "✔" : "✖"} ${relative(ROOT, event.data.file)} ${counts.passed} (${(duration_ms / 1000).toFixed(1)} s)\n`;
    }
  }
}
