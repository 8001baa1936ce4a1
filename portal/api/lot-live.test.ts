/** An event makes the page read again what it can have changed, and no more. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isContained, namesChangedBy } from "./lot-live.ts";

test("a question changes the questions and the thread, not the opening", () => {
  const names = namesChangedBy(["que.asked"]);
  assert.ok(names !== "all" && names.has("questions") && names.has("lot") && names.has("next-steps"));
  assert.ok(!names.has("opening") && !names.has("award"));
});

test("several events are one occasion", () => {
  const names = namesChangedBy(["drw.revealed", "opn.partialPosted"]);
  assert.ok(names !== "all" && names.has("draw") && names.has("opening"));
});

test("a limit that is reached, or an event that this page does not know, may change everything", () => {
  assert.equal(namesChangedBy(["lot.milestoneReached"]), "all");
  assert.equal(namesChangedBy(["que.asked", "auc.offered"]), "all");
});

test("what the lot's answer contained is no news; after a restart of the server everything is", () => {
  assert.equal(isContained("k3.7", "k3.7"), true);
  assert.equal(isContained("k3.8", "k3.7"), false);
  assert.equal(isContained("k3.10", "k3.9"), false);
  assert.equal(isContained("k4.1", "k3.7"), false);
});
