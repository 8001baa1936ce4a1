import assert from "node:assert/strict";
import { test } from "node:test";
import { suggestionFor, wholeMinute } from "./suggestions.ts";
import type { WireDocument } from "./tendering.ts";

const document = {
  bidDeadlineAt: "2026-12-08T01:00:00.000Z",
  committee: { size: 5, buyerRepresentatives: 1, specialities: { A080101: 2 }, regions: ["350200"] },
} as unknown as WireDocument;
const facts = { document, nowMs: Date.parse("2026-11-23T01:47:12.345Z") };

test("a committee is asked for as the document says, after the deadline", () => {
  const wish = suggestionFor("cmt.request", undefined, facts) as Record<string, unknown>;
  assert.deepEqual(wish["strata"], [{ id: "A080101", speciality: "A080101", quota: 2 }]);
  assert.equal(wish["windowStartAt"], "2026-12-08T06:00:00.000Z");
  assert.equal(wish["commitBy"], "2026-12-07T01:10:00.000Z");
});

test("what the server filled in stands; an act without a suggestion is left as it is", () => {
  assert.equal((suggestionFor("awd.publishCandidates", { days: 3 }, facts) as { days: number }).days, 3);
  assert.deepEqual(suggestionFor("que.answer", { questionId: "q" }, facts), { questionId: "q" });
});

test("instants are on whole minutes", () => {
  assert.equal(wholeMinute(Date.parse("2026-01-01T00:00:00.001Z"), 0), "2026-01-01T00:01:00.000Z");
});
