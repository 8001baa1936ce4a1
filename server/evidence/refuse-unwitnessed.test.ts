import assert from "node:assert/strict";
import { test } from "node:test";
import { refusalOfStanding } from "./index.ts";
import type { Standing } from "./standing.ts";

const acts = ["adm.check", "ntc.publish", "drw.freeze", "awd.decide", "awd.chooseNext", "bid.seal", "opn.postPartial", "doc.take"];
const refused = (witnesses: Standing["witnesses"], anchor: Standing["anchor"]) =>
  acts.filter((act) => refusalOfStanding({ witnesses, anchor }, act) !== undefined);

// 电子签名法 第五条；时限见 reliability §10。
test("what is refused follows from how long evidence has been missing, and a sealed act never is", () => {
  for (const [witnesses, anchor, expected] of [
    ["not configured", "not configured", []],
    ["current", "current", []],
    ["late", "late", []],
    ["openings wait", "current", ["drw.freeze", "awd.decide", "awd.chooseNext"]],
    ["closed", "current", ["adm.check", "ntc.publish", "drw.freeze", "awd.decide", "awd.chooseNext"]],
    ["current", "needs order", ["adm.check", "ntc.publish"]],
  ] as const)
    assert.deepEqual(refused(witnesses, anchor), expected, `${witnesses}, ${anchor}`);
  assert.equal(refusalOfStanding({ witnesses: "closed", anchor: "current" }, "ntc.publish")?.article, "第五条");
});
