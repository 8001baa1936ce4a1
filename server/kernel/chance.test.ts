import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../../formats/bytes.ts";
import { fixedClock } from "./clock.ts";
import { randomBelow, seededRandom } from "./random.ts";

test("the same seed and label give the same bytes, however they are taken", () => {
  const whole = hex(seededRandom(1, "ids").bytes(64));
  const source = seededRandom(1, "ids");
  assert.equal(hex(source.bytes(1)) + hex(source.bytes(40)) + hex(source.bytes(23)), whole);
});

test("another seed or another label is another stream", () => {
  const streams = [
    seededRandom(1),
    seededRandom(2),
    seededRandom(1, "ids"),
    seededRandom(1).fork("ids"),
    seededRandom(1).fork("a").fork("b"),
  ];
  assert.equal(new Set(streams.map((stream) => hex(stream.bytes(32)))).size, 5);
});

test("numbers below a bound hit each value about equally often", () => {
  const source = seededRandom("fair");
  const counts = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < 6000; i++) counts[randomBelow(source, 6)]! += 1;
  for (const count of counts) assert.ok(count > 880 && count < 1120, String(counts));
  assert.throws(() => randomBelow(source, 0), RangeError);
});

test("a trade clock never runs back", () => {
  const clock = fixedClock(1000);
  clock.advanceBy(5);
  assert.equal(clock.now(), 1005);
  assert.throws(() => clock.advanceTo(1004), RangeError);
});
