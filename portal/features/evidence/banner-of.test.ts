import assert from "node:assert/strict";
import { test } from "node:test";
import { bannerOf, type EvidenceStanding } from "./banner-of.ts";

type Wish = {
  witnesses?: EvidenceStanding["standing"]["witnesses"];
  anchor?: EvidenceStanding["standing"]["anchor"];
  fault?: string;
  alarms?: number;
};

function banner({ witnesses = "current", anchor = "current", fault, alarms = 0 }: Wish): string | undefined {
  return bannerOf({
    standing: { witnesses, anchor },
    ...(fault && { fault }),
    witnesses: [{ name: "w1", last: "cosigned", alarms }],
  });
}

test("one sentence is said, the gravest, and none where nothing is wrong or nothing is configured", () => {
  assert.deepEqual(
    [{}, { witnesses: "late" }, { witnesses: "not configured", anchor: "not configured" }, { anchor: "behind" }].map((wish) =>
      banner(wish as Wish),
    ),
    [undefined, undefined, undefined, undefined],
  );
  assert.equal(banner({ witnesses: "closed", fault: "tampered" }), "evidence.banner.fault");
  assert.equal(banner({ witnesses: "closed", alarms: 1 }), "evidence.banner.closed");
  assert.equal(banner({ witnesses: "openings wait" }), "evidence.banner.openings wait");
  assert.equal(banner({ alarms: 1, anchor: "needs order" }), "evidence.banner.alarm");
  assert.equal(banner({ anchor: "needs order" }), "evidence.banner.needs order");
  assert.equal(banner({ anchor: "late" }), "evidence.banner.late");
});
