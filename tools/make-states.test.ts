import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnStates, staleStates, stateTables } from "./make-states.ts";

test("every table of states is drawn, and the drawings are those of the tables", async () => {
  assert.ok((await stateTables()).size >= 20);
  assert.deepEqual(await staleStates(), []);
});

test("a drawing names where a lot goes", async () => {
  assert.match((await drawnStates()).get("lot.md") ?? "", /running --> failed: fail/);
});
