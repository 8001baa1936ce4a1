import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { boundaryFindings } from "./boundaries.ts";
import { boundaryRules, STAGES } from "./rules.ts";

const planted = join(import.meta.dirname, "planted");

/** Each planted project breaks one rule; the name of the rule must be told. */
const BREACHES: Record<string, RegExp> = {
  layer: /\[layer-record-looks-up\]/,
  stage: /\[stage-tendering-knows-a-later-one\]/,
  door: /\[door-of-deposit\]/,
  "unknown-stage": /\[unknown-stage\]/,
  verifier: /\[verifier-shares-server-code\]/,
  witness: /\[witness-shares-code-with-the-log\]/,
  simulator: /\[simulators-share-server-code\]/,
  simulators: /\[one-simulator-knows-another\]/,
  portal: /\[portal-has-no-private-door\]/,
  features: /\[feature-imports-feature\]/,
  circle: /\[no-circle\]/,
  runtime: /\[door-of-database\]/,
  builders: /\[test-code-in-production\]/,
  "test-code": /\[test-code-in-production\]/,
  tries: /\[product-imports-what-tries-it\]/,
  nowhere: /\[unresolved\]/,
  unread: /did not read the source/,
};

for (const [name, told] of Object.entries(BREACHES)) {
  test(`a planted breach is seen: ${name}`, async () => {
    const findings = await boundaryFindings(join(planted, name));
    assert.match(findings.join("\n"), told);
  });
}

test("what is allowed passes: an earlier stage by its door, formats from anywhere", async () => {
  assert.deepEqual(await boundaryFindings(join(planted, "clean")), []);
});

test("every planted project is tried", () => {
  assert.deepEqual(readdirSync(planted).sort(), ["clean", ...Object.keys(BREACHES)].sort());
});

test("there are sixteen stages, and each rule has a name of its own", () => {
  assert.equal(STAGES.length, 17);
  const names = boundaryRules().map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});
