import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedClock } from "../../kernel/index.ts";
import { VirtualClock } from "./clock.ts";

test("virtual time is base plus tempo times real time, and resumes where it stopped", () => {
  const machine = fixedClock(1_000);
  const clock = new VirtualClock(50_000, 10, machine);
  machine.advanceBy(100);
  assert.equal(clock.now(), 51_000);
  clock.setTempo(0);
  machine.advanceBy(5_000);
  assert.equal(clock.now(), 51_000);
  clock.setTempo(1);
  machine.advanceBy(7);
  assert.equal(clock.now(), 51_007);
});

test("a jump goes forward only", () => {
  const clock = new VirtualClock(50_000, 0, fixedClock(0));
  clock.jumpTo(60_000);
  assert.equal(clock.now(), 60_000);
  assert.throws(() => clock.jumpTo(59_999), /never runs back/);
});
