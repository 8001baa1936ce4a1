/** The other two ways of a draw, golden: by the public beacon with a round carried in, and by members who open what nobody reveals. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { verifyPackage } from "../verifier/package/index.ts";
import { drawByBeacon } from "./draw-modes/draw-by-beacon.ts";
import { drawByRecovery } from "./draw-modes/draw-by-recovery.ts";
import { type DrawStory, runDrawStory } from "./draw-modes/draw-story.ts";

const folder = mkdtempSync(join(tmpdir(), "egret-draws-"));
const home = process.env.EGRET_HOME ?? join(import.meta.dirname, "../.egret");
after(() => rmSync(folder, { recursive: true, force: true }));

const outOf = ({ name }: DrawStory) => join(folder, name);
const tell = (story: DrawStory) => runDrawStory(story, { seed: 1, level: "audit", out: outOf(story), home, say: () => undefined });
const recordPath = (story: DrawStory) => join(outOf(story), "draw", readdirSync(join(outOf(story), "draw"))[0] as string);

function factsOf(story: DrawStory) {
  const verdict = verifyPackage(outOf(story));
  assert.ok(verdict.ok, JSON.stringify(verdict));
  return verdict.packages[0]?.draws[0];
}

describe("draw-beacon", () => {
  let drawn: Record<string, string>;
  before(async () => {
    drawn = await tell(drawByBeacon);
  });

  test("the value is golden, and the record verifies with the stored round", () => {
    assert.deepEqual(drawn, { K: "4.6%" });
    assert.equal(factsOf(drawByBeacon)?.mode, 1);
    const { plan, beacon } = JSON.parse(readFileSync(recordPath(drawByBeacon), "utf8"));
    assert.deepEqual([plan.beacon.round, plan.tReveal, beacon.round], [657413, "2023-09-15T10:59:03.000Z", 657413]);
  });

  test("with another round's bytes it does not verify", () => {
    const path = recordPath(drawByBeacon);
    const record = readFileSync(path, "utf8");
    writeFileSync(path, record.replace(/("signature": ")b7/, "$1b6"));
    assert.notEqual(readFileSync(path, "utf8"), record);
    assert.equal(verifyPackage(outOf(drawByBeacon)).ok, false);
  });
});

describe("draw-recovery", () => {
  test("nobody reveals, two members open all shares, and the record verifies", async () => {
    const drawn = await tell(drawByRecovery);
    assert.deepEqual(drawn, { K: "3.4%" });
    assert.equal(factsOf(drawByRecovery)?.mode, 2);
    const { reveals, commits, partials } = JSON.parse(readFileSync(recordPath(drawByRecovery), "utf8"));
    assert.deepEqual([reveals.length, commits.length, partials.length], [0, 6, 12]);
  });
});
