import assert from "node:assert/strict";
import { test } from "node:test";
import { splitEvents } from "./event-stream.ts";

test("whole events are taken, an unfinished one waits", () => {
  const { events, rest } = splitEvents('event: time\ndata: {"now":1}\n\nid: 7\ndata: {"type":"opn.begun"}\n\nid: 8\nda');
  assert.deepEqual(events, [
    { name: "time", id: undefined, data: '{"now":1}' },
    { name: "message", id: "7", data: '{"type":"opn.begun"}' },
  ]);
  assert.equal(rest, "id: 8\nda");
});

test("comments and empty blocks are no events", () => {
  assert.deepEqual(splitEvents(": open\n\n\n\n").events, []);
});
