/** A reporter of node:test that says nothing but the final counts, as one JSON object, for the closing line. */
import type { TestEvent } from "node:test/reporters";

export default async function* tally(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    if (event.type === "test:summary" && event.data.file === undefined) yield JSON.stringify(event.data.counts);
  }
}
