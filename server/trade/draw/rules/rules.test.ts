import { doesNotApply, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { listIsWhatWasSigned } from "./frozen-list.ts";
import { type RepeatFacts, repeatHasCause } from "./repeat.ts";
import { hasManySources } from "./sources.ts";
import { operatorIsNotApplicant } from "./two-persons.ts";
import { isInWindow } from "./window.ts";

ruleTable(hasManySources, { sources: 2 }, [
  ["two organisations are enough (CON-099 minEntropySources)", {}, passes],
  ["one organisation, however many persons, is one source", { sources: 1 }, refused({ sources: 1, minEntropySources: 2 })],
]);

ruleTable<RepeatFacts>(repeatHasCause, { earlier: { drawId: "drw_1", state: "void", wasFrozen: true }, reason: "名单有误" }, [
  ["a void plan with a public reason may be followed (draw-v1 §2)", {}, passes],
  ["without a reason it may not", { reason: null }, refused()],
  [
    "a published result stands, whatever the reason",
    { earlier: { drawId: "drw_1", state: "published", wasFrozen: true } },
    refused({ state: "published" }),
  ],
  ["a running draw stands too", { earlier: { drawId: "drw_1", state: "frozen", wasFrozen: true } }, refused({ state: "frozen" })],
  [
    "what was voided before it was a plan needs no reason",
    { earlier: { drawId: "drw_1", state: "void", wasFrozen: false }, reason: null },
    passes,
  ],
  ["the first draw needs none", { earlier: null, reason: null }, doesNotApply],
]);

const limit = "2026-11-23T02:00:00.000Z";
ruleTable(isInWindow, { loggedAt: limit, limit }, [
  ["at the very limit is in time (draw-v1 §6.13)", {}, passes],
  ["one millisecond after is late", { loggedAt: "2026-11-23T02:00:00.001Z" }, refused({ limit })],
]);

ruleTable(listIsWhatWasSigned, { signed: "aa", current: "aa" }, [
  ["the plan as signed", {}, passes],
  ["a bidder signed up meanwhile", { current: "bb" }, refused({ current: "bb" })],
]);

ruleTable(operatorIsNotApplicant, { applicant: "per_1", operator: "per_2" }, [
  ["two persons (EP13)", {}, passes],
  ["one person", { operator: "per_1" }, refused()],
]);
