import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allRules,
  allSettings,
  bindings,
  bindingsFor,
  bindingsOf,
  isPlainDate,
  type LawRule,
  lengthOf,
  ownerOfWord,
  parameter,
  rule,
  ruleSet,
  ruleSetOf,
  type ScopeFacts,
  setting,
  settingNumber,
  settingSwitch,
  stageWords,
  timeWords,
} from "./index.ts";
import laws from "./laws.json" with { type: "json" };

test("all 261 rules are there, each with both languages, a source and a known confidence", () => {
  assert.equal(allRules.length, 261);
  assert.equal(new Set(allRules.map((row) => row.id)).size, 261);
  for (const row of allRules) {
    assert.ok(row.descriptionZh && row.descriptionEn && row.source.law && row.source.article, row.id);
    assert.ok(["high", "medium", "verify"].includes(row.confidence), row.id);
    assert.ok(row.parameters.length > 0, row.id);
    assert.ok(isPlainDate(row.asOf) && (row.inForceFrom === null || isPlainDate(row.inForceFrom)), row.id);
  }
});

test("no value is a fraction: what is not whole is text, so that hashes and sums stay exact", () => {
  for (const row of allRules)
    for (const { value } of row.parameters) if (typeof value === "number") assert.ok(Number.isSafeInteger(value), row.id);
  assert.equal(parameter(rule("CON-082"), "fineMin").value, "0.5");
});

test("a rule is in force from the latest of the days of its laws", () => {
  for (const row of allRules) {
    const days = row.source.law.split(";").map((name) => laws.find((law) => law.law === name));
    assert.ok(
      days.every((law) => law !== undefined),
      row.source.law,
    );
    const latest =
      days
        .map((law) => law?.inForceFrom ?? "")
        .sort()
        .at(-1) || null;
    assert.equal(row.inForceFrom, latest, row.id);
  }
});

test("the set of a day has the rules in force on it, and its hash tells two sets apart", () => {
  const today = ruleSet("2026-11-23");
  assert.equal(today.rules.size, 261);
  assert.equal(today.hash, ruleSet("2026-11-24").hash);
  assert.match(today.hash, /^[0-9a-f]{64}$/);
  const early = ruleSet("2016-12-31");
  assert.equal(early.find("CON-001"), undefined);
  assert.throws(() => early.rule("CON-001"), /not in force/);
  assert.notEqual(early.hash, today.hash);
});

test("an amendment is a new row: old lots keep the old value", () => {
  const old: LawRule = { ...rule("CON-016"), inForceTo: "2026-12-31" };
  const amended: LawRule = {
    ...old,
    inForceFrom: "2027-01-01",
    inForceTo: null,
    parameters: [{ name: "minDays", value: 15, unit: "calendar_day", operator: ">=" }],
  };
  assert.equal(lengthOf(ruleSetOf([old, amended], "2026-12-31").rule("CON-016")).value, 20);
  assert.equal(lengthOf(ruleSetOf([old, amended], "2027-01-01").rule("CON-016")).value, 15);
  assert.throws(() => ruleSetOf([old, { ...amended, inForceFrom: "2026-12-31" }], "2026-12-31"), /two rows/);
});

test("every rule is bound, to a stage that exists, and by default to the owner of its stage word", () => {
  const known = new Set([...Object.keys(stageWords), "draw"]);
  for (const row of allRules) {
    const own = bindingsOf(row.id);
    assert.ok(own.length > 0, `${row.id} is unbound`);
    assert.ok(known.has(ownerOfWord(row.stage)), row.stage);
    for (const binding of own) assert.ok(known.has(binding.owner), `${row.id}: ${binding.owner}`);
  }
  assert.throws(() => ownerOfWord("weather"), /no stage owns/);
  for (const binding of bindings) assert.ok(rule(binding.rule));
});

test("the 80 limits have 91 time words, all known, and a length in a unit of time", () => {
  const limits = allRules.filter((row) => row.measure);
  assert.equal(limits.length, 80);
  assert.equal(timeWords.size, 91);
  const used = new Set(limits.flatMap((row) => [row.measure?.from, row.measure?.to]));
  assert.deepEqual(
    [...used].filter((word) => !timeWords.has(word ?? "")),
    [],
  );
  assert.equal(used.size, 91);
  for (const row of limits) assert.ok(lengthOf(row).value >= 0, row.id);
  assert.throws(() => lengthOf(rule("CON-044")), /no time limit/);
});

test("a binding says limit exactly where the rule has two times", () => {
  for (const binding of bindings) {
    assert.equal(binding.shape === "limit", rule(binding.rule).measure !== undefined, binding.rule);
    assert.equal(binding.sense !== undefined, binding.shape === "limit", binding.rule);
  }
});

const road: ScopeFacts = {
  mandatory: true,
  fundSource: "budget",
  objectClass: "works",
  sector: "municipal",
  estimateFen: 18_550_000_000n,
  options: new Set(),
};
const idsFor = (column: string, facts: ScopeFacts) => new Set(bindingsFor(column, facts, rule).map((binding) => binding.rule));

test("a road tender takes the rules of its column and its facts, and no others", () => {
  const ids = idsFor("CO", road);
  for (const id of ["CON-016", "CON-024", "CON-025", "CON-044", "CON-072", "GOV-072", "X-001"]) assert.ok(ids.has(id), id);
  for (const id of ["CON-006", "CON-014", "CON-026", "CON-050", "CON-078", "GOV-010", "GOV-071", "PRP-001"])
    assert.equal(ids.has(id), false, id);
});

test("a voluntary tender of other money is free of the rules for mandatory ones", () => {
  const ids = idsFor("CO", { ...road, mandatory: false, fundSource: "other" });
  for (const id of ["CON-016", "CON-072", "CON-077", "GOV-072"]) assert.equal(ids.has(id), false, id);
  assert.ok(ids.has("CON-044"));
});

test("the special value replaces the general one, unless both hold", () => {
  const equity: ScopeFacts = { ...road, objectClass: "equity", options: new Set(["priceCut"]) };
  const ids = idsFor("PE", equity);
  assert.ok(ids.has("PRP-004"));
  assert.equal(ids.has("PRP-001"), false);
  assert.ok(idsFor("PE", { ...equity, options: new Set() }).has("PRP-001"));
  const water = idsFor("CO", { ...road, sector: "water" });
  assert.ok(water.has("CON-049") && water.has("CON-050"));
});

test("settings have one owner, a source and a value on every day from their first", () => {
  for (const row of allSettings) assert.ok(row.owner && row.source && isPlainDate(row.from), row.key);
  assert.equal(settingNumber("decryptionMinutes", "2026-11-23"), 30);
  assert.equal(settingSwitch("lastPublicityDayMustBeWorkingDay", "2026-11-23"), true);
  assert.equal(setting("drainSeconds", "2026-11-23").owner, "centre");
  assert.throws(() => setting("drainSeconds", "2021-12-31"), /no setting/);
  assert.throws(() => settingNumber("countUndecryptedBids", "2026-11-23"), /no number/);
});
