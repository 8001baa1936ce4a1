import assert from "node:assert/strict";
import { test } from "node:test";
import { maySee, type Phase } from "../identity/index.ts";
import { groupOfNoun } from "./gates.ts";
import type { LotEvent } from "./lot-events.ts";
import { lotAt, replayOf } from "./replay.ts";

const lotId = "lot_01";
const at = (minute: number) => `2026-11-23T02:${String(minute).padStart(2, "0")}:00.000Z`;
let position = 0;

function event(stream: string, type: string, data: LotEvent["data"], by: Partial<LotEvent> = {}): LotEvent {
  const minute = position;
  position += 1;
  const cause = { actor: "person-1", membership: "m-1", commandId: "c", act: null };
  return { v: 1, stream, version: minute + 1, type, at: at(minute), data, position: minute, ...cause, ...by };
}

const opened = {
  transactionId: "t",
  projectId: "p",
  procedureId: "CO",
  title: "一标段",
  estimateFen: "1",
  parties: {},
  sector: "x",
  regionCode: "y",
  codes: {},
  round: 1,
  predecessor: null,
};
const limit = (to: string, version: number) => ({ name: "bidDeadline", run: 1, at: to, originalAt: at(50), version, cause: "notice" });
const events = [
  event(lotId, "lot.opened", opened),
  event(lotId, "lot.runStarted", { run: 1, pass: 1, cause: "opened", standing: [] }),
  event(lotId, "lot.milestoneSet", limit(at(50), 1)),
  event("doc_01", "doc.amended", { reason: "图纸有误", decisions: [{ rule: "CON-017", verdict: "passed", data: { measured: 18 } }] }),
  event(lotId, "lot.milestoneSet", limit(at(55), 2)),
  event("cmt_01", "cmt.seatAccepted", { seat: 1 }, { actor: "sealed:x", membership: null }),
  event("sht_x", "sht.submitted", { scores: {} }, { actor: "sealed:x", membership: null }),
  event("con_01", "con.signed", { organisation: "o" }),
  event("odd_01", "odd.happened", {}),
];
const names = new Map([["m-1", { name: "陈志远", organisation: "招标人", role: "buyer" }]]);
const asSupervisor = (phase: Phase) => replayOf(events, (group) => maySee(group, "supervisor", phase), names);

test("who, why, before and after, and what the rules decided", () => {
  const replay = asSupervisor("tendering");
  const amended = replay.find(({ type }) => type === "doc.amended");
  assert.deepEqual(amended?.actor, { name: "陈志远", organisation: "招标人", role: "buyer" });
  assert.equal(amended?.reason, "图纸有误");
  assert.deepEqual(amended?.decisions, [{ rule: "CON-017", verdict: "passed", figures: '{"measured":18}' }]);
  assert.equal(amended?.words, "招标文件：澄清或者修改招标文件");
  const [, moved] = replay.filter(({ type }) => type === "lot.milestoneSet");
  const change = moved?.changes.find(({ field }) => field === "at");
  assert.deepEqual([change?.label, change?.before, change?.after], ["时刻", at(50), at(55)]);
  assert.equal(
    moved?.changes.some(({ field }) => field === "originalAt"),
    false,
  );
});

test("nothing is shown before its gate, and an unknown noun never", () => {
  const types = (phase: Phase) => new Set(asSupervisor(phase).map(({ type }) => type));
  for (const type of ["cmt.seatAccepted", "sht.submitted", "con.signed"]) {
    for (const phase of ["tendering", "opening", "evaluation", "publicity"] as const)
      assert.equal(types(phase).has(type), false, `${type} ${phase}`);
    assert.equal(types("result").has(type), true, type);
  }
  assert.equal(types("result").has("odd.happened"), false);
  for (const noun of ["opn", "bid", "dep", "gua"]) assert.equal(maySee(groupOfNoun[noun] ?? "", "supervisor", "tendering"), false, noun);
});

test("who acted under a veil stays unnamed, also after the gate", () => {
  const accepted = asSupervisor("result").find(({ type }) => type === "cmt.seatAccepted");
  assert.deepEqual([accepted?.by, accepted?.actor], ["veiled", null]);
});

test("the lot stands as it stood at the minute", () => {
  const upTo = (minute: number) =>
    lotAt(
      events.filter((one) => one.at <= at(minute)),
      lotId,
    );
  assert.deepEqual(upTo(2)?.limits, [{ name: "bidDeadline", at: at(50), reached: false }]);
  assert.deepEqual(upTo(4)?.limits, [{ name: "bidDeadline", at: at(55), reached: false }]);
  assert.equal(upTo(4)?.run, 1);
  assert.equal(lotAt([], lotId), undefined);
});
