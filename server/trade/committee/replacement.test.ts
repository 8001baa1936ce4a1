import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { verifiedRecord } from "../draw/testing/drawing.ts";
import { CommitteeRoom, wish } from "./testing/committee-room.ts";

const room = new CommitteeRoom();
before(async () => {
  await room.open("2026-11-27T01:00:00.000Z");
  await room.drawing.house.jumpTo("2026-11-25T02:00:00.000Z");
});
after(() => room.drawing.house.close());

const later = {
  ...wish,
  windowStartAt: "2026-11-27T01:00:00.000Z",
  windowEndAt: "2026-11-27T10:00:00.000Z",
  commitBy: "2026-11-25T03:00:00.000Z",
  revealBy: "2026-11-25T03:10:00.000Z",
};
const again = { ...later, commitBy: "2026-11-25T05:00:00.000Z", revealBy: "2026-11-25T05:10:00.000Z", reason: "候选名单有误" };

test("a list that was too short, or a draw that was given up, makes room for a new need", async () => {
  const { people } = room.drawing;
  await room.done(people.buyer, "cmt.request", later);
  await room.tell({ fact: "tooFew", needId: (await room.current()).needId, stratum: "road", available: "<10", offer: "widenRegion" });
  await room.refused(people.buyer, "cmt.request", later, "draw.repeat-needs-cause");
  await room.done(people.operator, "drw.void", { drawId: (await room.current()).drawId, reason: "名单不足，扩大区域" });
  await room.done(people.buyer, "cmt.request", later);

  const plan = await room.drawOnce(later.commitBy);
  const [one] = await room.summoned();
  await room.accept(one!.poolId);
  await room.done(people.supervisor, "drw.void", { drawId: plan.drawId, reason: "候选名单有误" });
  await room.done(people.buyer, "cmt.request", again);
  const cancelled = room.pool.orders.filter((order) => order.order === "cancelSummon" && order.cause === "failed");
  assert.equal(cancelled.length, 4, "whoever was called is told");
  const second = await room.drawOnce(again.commitBy);
  assert.equal(second.supersedes?.drawId, plan.drawId);
  assert.ok(
    (await room.summoned()).every(({ no }) => no > 4),
    "numbers are not used again",
  );
});

test("silence, a suspension and an absence are followed by the next of the permutation (EP07)", async () => {
  const { house, people } = room.drawing;
  const [silent] = await room.summoned();
  await room.refused(people.centre, "cmt.replace", { seat: silent!.no }, "committee.replace-too-early");
  await house.jumpTo("2026-11-25T05:15:00.000Z");
  await room.done(people.centre, "cmt.replace", { seat: silent!.no });
  await room.acceptAll();
  await room.done(people.buyer, "cmt.nameRepresentative", { personId: people.buyer.personId });
  const suspended = (await room.current()).seats.find(({ state, isExpert }) => state === "accepted" && isExpert)!;
  await room.tell({
    fact: "suspended",
    needId: (await room.current()).needId,
    id: suspended.poolId ?? "",
    fromAt: "2026-11-25T06:00:00.000Z",
    cause: "sanction",
  });
  assert.equal((await room.current()).state, "short");
  await room.accept((await room.summoned())[0]!.poolId);
  assert.equal((await room.current()).state, "formed");
  await house.jumpTo(later.windowStartAt);
  const absent = (await room.current()).seats.find(({ state, isExpert }) => state === "accepted" && isExpert)!;
  await room.done(people.centre, "cmt.replace", { seat: absent.no });
  await room.accept((await room.summoned())[0]!.poolId);
  assert.equal((await room.current()).state, "formed");
  const record = await verifiedRecord(room.drawing, (await room.current()).drawId);
  assert.deepEqual(
    record.substitutions.map(({ reason }) => reason),
    ["unreachable", "ineligible", "absent"],
  );
});
