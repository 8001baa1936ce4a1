import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { tidyFindings, tidyRules } from "./tidy.ts";

const planted = join(import.meta.dirname, "planted");
/** How often each planted breach must be told; once, where nothing else is said. */
const TIMES: Record<string, number> = { "machine-clock": 3, "kind-question": 2, "skipped-test": 3 };

for (const { name } of tidyRules) {
  test(`a planted breach is seen: ${name}`, () => {
    const findings = tidyFindings(join(planted, name));
    assert.equal(findings.filter((finding) => finding.includes(`[${name}]`)).length, TIMES[name] ?? 1, findings.join("\n"));
  });
}

test("what is allowed passes", () => {
  assert.deepEqual(tidyFindings(join(planted, "clean")), []);
});

test("every planted breach belongs to a rule", () => {
  assert.deepEqual(readdirSync(planted).sort(), ["clean", ...tidyRules.map(({ name }) => name)].sort());
});
