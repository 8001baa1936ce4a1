/** A whole trade under kill -9: the story goes on, nothing acknowledged is lost, nothing opens early, every invariant holds and can be seen red. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { crashPoints } from "../../server/runtime/crash/crash-points.ts";
import { breaches } from "../invariants/planted-breaches.ts";
import { scanAll, scans } from "../invariants/scan-all.ts";
import { tellWithDeaths } from "./crash-story.ts";
import { everyPlace, shortSelection } from "./places.ts";

test("the list of deaths has every named crash point", () => {
  const named = new Set(everyPlace.map((place) => place.split(":")[0]));
  assert.deepEqual(
    Object.keys(crashPoints).filter((name) => !named.has(name)),
    [],
  );
});

test("the construction tender is told to its end although the server is killed on the way", { timeout: 280_000 }, async () => {
  const silent: string[] = [];
  const story = await tellWithDeaths(shortSelection, async (scanned) => {
    assert.deepEqual(await scanAll(scanned), []);
    for (const [invariant, what, plant] of breaches) {
      const found = (await scans[invariant]?.(await plant(scanned))) ?? [];
      if (found.length === 0) silent.push(`${invariant}: ${what}`);
    }
  });
  assert.deepEqual(silent, [], "a scan stays silent over its planted breach");
  assert.deepEqual(
    Object.keys(scans).filter((invariant) => !breaches.some(([planted]) => planted === invariant)),
    [],
    "an invariant was never seen red",
  );
  assert.deepEqual(story.faults, []);
  assert.deepEqual([story.deaths, story.neverPassed], [shortSelection, undefined]);
  assert.ok(story.repeated > 0 && story.acknowledged > 100);
});
