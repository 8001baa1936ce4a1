/** A reporter of node:test that says nothing but the final counts, as one JSON object, for the closing line. */
import type { TestEvent } from "node:test/reporters";

export default async function* tally(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let notRun = 0;
  for await (const event of source) {
    if (event.type === "test:pass" && isNotRun(event.data.skip)) notRun++;
    if (event.type === "test:summary" && event.data.file === undefined) {
      const { counts } = event.data;
      yield JSON.stringify({ ...counts, skipped: counts.skipped - notRun });
    }
  }
}

/** A test that an absent outside program has kept from running is told in the log, and does not count. */
export function isNotRun(skip: string | boolean | undefined): skip is string {
  return typeof skip === "string" && skip.startsWith("NOT RUN: ");
}
