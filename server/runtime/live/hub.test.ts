/** A listener that comes back gets what it missed, once; one that comes back after a restart gets everything that is kept. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveHub } from "./hub.ts";

function ear() {
  const heard: string[] = [];
  return { heard, send: ({ text }: { text: string }) => heard.push(/"n":(\d+)/.exec(text)?.[1] ?? "") > 0, close: () => undefined };
}

test("resumes after the id it saw last", () => {
  const hub = new LiveHub("b");
  assert.equal(hub.lastOf("lot"), "b.0");
  for (const n of [1, 2, 3]) hub.publish("lot", { n });
  const back = ear();
  hub.listen("lot", back, "b.2");
  hub.publish("lot", { n: 4 });
  assert.deepEqual(back.heard, ["3", "4"]);
  assert.equal(hub.lastOf("lot"), "b.4");
});

test("an id of an earlier run is answered with everything, never with silence", () => {
  const hub = new LiveHub("b");
  for (const n of [1, 2]) hub.publish("lot", { n });
  const back = ear();
  hub.listen("lot", back, "a.57");
  assert.deepEqual(back.heard, ["1", "2"]);
});

test("a number that comes again after a fault is told once", () => {
  const hub = new LiveHub("kept");
  const there = ear();
  hub.listen("lot", there);
  for (const n of [7, 8, 8, 7, 9]) hub.publish("lot", { n }, n);
  assert.deepEqual(there.heard, ["7", "8", "9"]);
  assert.equal(hub.lastOf("lot"), "kept.9");
});
