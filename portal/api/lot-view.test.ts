import assert from "node:assert/strict";
import { test } from "node:test";
import { lotOf, sessionsOf } from "./lot-view.ts";
import type { WireLot } from "./wire.ts";

const step = (name: string, status: string) => ({ step: name, words: name, sort: "", status, outcome: null });
const milestone = (name: string, at: string, reachedAt: string | null = null) => ({ name, at, originalAt: at, version: 1, reachedAt });

function aLot(changes: Partial<WireLot>): WireLot {
  return {
    lotId: "lot_1",
    title: "道路",
    state: "running",
    dealCode: "A02",
    sector: "construction",
    regionCode: "350213",
    estimateFen: "1",
    lastStep: null,
    lastStepWords: null,
    round: 1,
    projectId: "prj_1",
    procedure: { id: "construction.open@1", name: { zh: "公开招标", en: "" } },
    buyer: { id: "org_1", name: "招标人" },
    agent: null,
    centre: null,
    supervisor: null,
    phase: "tendering",
    side: "public",
    lawDate: null,
    run: 1,
    steps: [],
    milestones: [],
    holds: [],
    opens: [],
    liveId: "kept.0",
    ...changes,
  };
}

test("after the notice the running step is the first that is not done", () => {
  const lot = lotOf(
    aLot({
      steps: [step("tendering.publish", "done"), step("bidding.submit", "open")],
      milestones: [milestone("questionEnd", "2026-11-28T01:00:00.000Z"), milestone("bidDeadline", "2026-12-08T01:00:00.000Z")],
    }),
  );
  assert.deepEqual(
    lot.timeline.map(({ state }) => state),
    ["done", "current", "ahead", "ahead", "ahead", "ahead", "ahead"],
  );
  assert.equal(lot.stageName, "澄清与答疑");
  assert.equal(lot.timeline[2]?.note, "12-08 周二 09:00");
  assert.equal(lot.stepNumber, 2);
});

test("an opening is live from the deadline until it is closed", () => {
  const milestones = [milestone("bidDeadline", "2026-12-08T01:00:00.000Z", "2026-12-08T01:00:00.001Z")];
  assert.equal(sessionsOf(lotOf(aLot({ phase: "opening", milestones })))[0]?.state, "now");
  assert.equal(sessionsOf(lotOf(aLot({ phase: "evaluation", milestones, steps: [step("opening.open", "done")] })))[0]?.state, "over");
  assert.deepEqual(sessionsOf(lotOf(aLot({ phase: "draft", milestones }))), []);
});

test("a failed lot says so, whatever its steps", () => {
  assert.equal(lotOf(aLot({ state: "failed", steps: [step("tendering.publish", "done")] })).stageName, "流标");
});
