import assert from "node:assert/strict";
import { test } from "node:test";
import { nextStepsOf } from "./act-list.ts";
import { lotOf } from "./lot-view.ts";
import type { WireAct } from "./wire.ts";

const lot = lotOf({
  lotId: "lot_1",
  title: "道路",
  state: "running",
  dealCode: "",
  sector: "",
  regionCode: "",
  estimateFen: "1",
  lastStep: null,
  lastStepWords: null,
  round: 1,
  projectId: "",
  procedure: { id: "CO", name: { zh: "", en: "" } },
  buyer: null,
  agent: null,
  centre: null,
  supervisor: null,
  phase: "tendering",
  side: "bidder",
  lawDate: null,
  run: 1,
  steps: [{ step: "tendering.clarify", words: "", sort: "", status: "open", outcome: null }],
  milestones: [],
  holds: [],
  opens: [],
  liveId: "kept.0",
});
const act = (name: string, changes: Partial<WireAct> = {}): WireAct => ({
  name,
  title: { zh: name, en: "" },
  who: ["bidder"],
  about: "lot",
  step: null,
  sealed: false,
  rules: [],
  data: { type: "object" },
  ...changes,
});
const steps = (acts: readonly WireAct[], due: string[] = []) =>
  nextStepsOf({ acts, due: due.map((name) => ({ act: name, title: { zh: "", en: "" }, dueAt: null, rules: [] })), lot, role: "bidder" });
const names = (acts: readonly WireAct[]) => steps(acts).possible.map((one) => one.act);

test("what is due stands first and is not offered twice", () => {
  const { due, possible } = steps([act("que.ask")], ["que.ask"]);
  assert.deepEqual([due.map((one) => one.act), possible], [["que.ask"], []]);
});

test("only acts of the own role whose step is open are offered", () => {
  assert.deepEqual(
    names([
      act("que.ask", { step: "tendering.clarify" }),
      act("doc.take", { step: "tendering.offer" }),
      act("que.answer", { who: ["buyer"] }),
    ]),
    ["que.ask"],
  );
});

test("acts of later phases, and acts that the server must fill in, are offered only when they are due", () => {
  const digest = {
    type: "object" as const,
    required: ["bidDigest"],
    properties: { bidDigest: { type: "string" as const, pattern: "^[0-9a-f]{64}$" } },
  };
  assert.deepEqual(names([act("opn.attend"), act("bid.withdraw", { data: digest }), act("rem.raise")]), ["rem.raise"]);
});
