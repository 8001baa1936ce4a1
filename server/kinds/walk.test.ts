import assert from "node:assert/strict";
import { test } from "node:test";
import { column, columns } from "./grid/columns.ts";
import { routed } from "./routes.ts";
import { allGates, allWays, lotGates, passesLeadingTo, reachablePasses, type Way } from "./walk.ts";

const waysOf = (code: string): Way[] => allWays(routed(column(code)));
const wayText = ({ turns, end }: Way): string => `${turns.map(({ pass, outcome }) => `${pass} ${outcome}`).join(" → ")} → ${end}`;
const hasWay = (code: string, text: string) => assert.ok(waysOf(code).map(wayText).includes(text), `${code}: ${text}`);
const gatesOf = (code: string, pass: number) => lotGates(column(code), pass).map(({ name }) => name);

test("every pass of every column is reached, and every column completes", () => {
  for (const { code, passes } of columns) {
    const routes = routed(column(code));
    assert.deepEqual([...reachablePasses(routes)].sort(), [...passes], code);
    assert.deepEqual([...passesLeadingTo(routes, "complete")].sort(), [...passes], code);
  }
});

test("every procedure can fail, except open frameworks and imports", () => {
  for (const { code } of columns)
    assert.equal(
      waysOf(code).some(({ end }) => end === "fail"),
      !["FO", "LP"].includes(code),
      code,
    );
});

test("all routes are walked: every outcome that leaves a pass is on some way to an end", () => {
  let turns = 0;
  for (const { code } of columns) {
    const onAWay = new Set(
      waysOf(code).flatMap((way) => way.turns.map(({ pass, step, outcome, target }) => JSON.stringify([pass, step, outcome, target]))),
    );
    for (const { pass, step, outcome, target } of allGates(routed(column(code)))) {
      if (target.to === "next") continue;
      turns += 1;
      assert.ok(onAWay.has(JSON.stringify([pass, step, outcome, target])), `${code} ${pass} ${step} ${outcome}`);
    }
  }
  assert.ok(turns > 150, String(turns));
});

test("the ways that the walk-throughs of the model take", () => {
  hasWay("CO", "1 archived → complete");
  hasWay("CO", "1 tooFew → fail");
  hasWay("GC", "1 left → 2 again → 2 final → 3 archived → complete");
  hasWay("GC", "1 left → 2 final → 3 tooFew → fail");
  hasWay("F2", "1 competition → 3 decided → 5 archived → complete");
  hasWay("F2", "1 direct → 2 entrantRefused → 2 decided → 5 archived → complete");
  hasWay("FC", "1 supplement → 1 archived → complete");
  hasWay("PE", "1 cut → 1 enough → 3 decided → 5 certified → 6 archived → complete");
  hasWay("PE", "1 expired → fail");
  hasWay("PC", "1 one → 2 again → 2 decided → 5 certified → 6 archived → complete");
  hasWay("AL", "1 enough → 3 decided → 4 archived → complete");
  hasWay("AB", "1 relist → 1 enough → 3 passedIn → fail");
  hasWay("CE", "1 scored → 2 archived → complete");
  hasWay("CP", "1 ranked → 2 archived → complete");
  hasWay("GS", "1 upheld → fail");
  hasWay("GS", "1 published → 2 notAgreed → fail");
});

// The orders below were written from the steps of the procedures (domain, §1.2, §2, §3, §4), not from the grid.
const before = (code: string, pass: number, order: readonly string[]) => {
  const names = column(code)
    .steps(pass)
    .map(({ name }) => name as string);
  const places = order.map((step) => names.indexOf(step));
  assert.ok(
    places.every((place) => place >= 0),
    `${code} ${pass}: ${order.filter((_, index) => places[index] === -1)}`,
  );
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
    `${code} ${pass}`,
  );
};

test("the order of acts of an open construction tender", () => {
  before("CO", 1, [
    "catalogue.admit",
    "tendering.prepare",
    "ceremony.run",
    "tendering.publish",
    "tendering.offer",
    "tendering.clarify",
    "deposit.collect",
    "bidding.submit",
    "opening.open",
    "committee.form",
    "evaluation.scrutinise",
    "evaluation.examine",
    "evaluation.score",
    "evaluation.report",
    "award.candidates",
    "award.decide",
    "award.publishResult",
    "award.sendLetter",
    "award.report",
    "contract.sign",
    "contract.file",
    "deposit.release",
    "archive.close",
  ]);
});

test("the order of acts where a procedure goes through several passes", () => {
  before("CP", 1, [
    "tendering.publish",
    "tendering.offer",
    "bidding.submit",
    "opening.open",
    "committee.form",
    "evaluation.examine",
    "evaluation.report",
  ]);
  before("CP", 2, [
    "tendering.prepare",
    "entry.invite",
    "tendering.offer",
    "deposit.collect",
    "bidding.submit",
    "opening.open",
    "evaluation.score",
    "award.candidates",
    "contract.sign",
  ]);
  before("CE", 2, ["opening.open", "evaluation.examine", "evaluation.score", "evaluation.report", "award.candidates"]);
  assert.equal(column("CE").occurrences("bidding.submit").length, 1);
  before("GO", 1, [
    "opening.open",
    "entry.qualify",
    "evaluation.examine",
    "evaluation.score",
    "evaluation.report",
    "award.decide",
    "award.publishResult",
    "contract.sign",
  ]);
  before("GC", 2, ["tendering.clarify", "evaluation.talk"]);
  before("GC", 3, ["bidding.submit", "opening.open", "evaluation.score", "evaluation.report", "award.decide"]);
  before("PE", 5, ["contract.sign", "deposit.release", "payment.settle", "payment.certify"]);
  before("PE", 6, ["award.publishResult", "archive.close"]);
  before("AL", 3, ["auction.run", "auction.match", "award.decide"]);
  before("AL", 4, ["award.publishResult", "contract.sign", "payment.settle", "archive.close"]);
});

test("property publishes its result after payment, construction before the contract", () => {
  assert.deepEqual(gatesOf("PE", 5), ["contract.sign", "payment.settle", "payment.certify"]);
  assert.ok(gatesOf("CO", 1).indexOf("award.publishResult") < gatesOf("CO", 1).indexOf("contract.sign"));
});

test("the rolling entry of an open framework is no gate of the lot", () => {
  assert.deepEqual(gatesOf("FO", 1), ["catalogue.admit", "tendering.prepare", "tendering.publish", "archive.close"]);
});
