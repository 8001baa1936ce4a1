import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { digestsOf, openedLot, type Rehearsal, rehearsal, reported } from "../evaluation/testing/rehearsal.ts";
import { loadLot } from "../transaction/index.ts";
import { awardOf, awardStage, letterPaper } from "./index.ts";
import { decided, letter, notified, publicity, published, tell } from "./testing/awarded.ts";

const day = 86_400_000;
let world: Rehearsal;
before(async () => {
  world = await rehearsal([awardStage]);
});
after(() => world.house.close());

const firm = (no: number) => {
  const bidder = world.bidders[no - 1];
  assert.ok(bidder);
  return bidder;
};
const lotOf = async (lotId: string) => {
  const lot = await loadLot(world.house.house.pool, lotId);
  assert.ok(lot);
  return lot;
};

test("candidates are public for three days at least, with all required fields, and nothing is decided before the end", async () => {
  const lotId = await openedLot(world);
  await world.house.refused(world.people.buyer, "awd.publishCandidates", lotId, publicity, "act.step-not-open");
  await reported(world, lotId, digestsOf(world.bidders));
  const short = await world.house.refused(
    world.people.buyer,
    "awd.publishCandidates",
    lotId,
    { ...publicity, days: 2 },
    "award.publicity-too-short",
  );
  assert.equal(short.ruleId, "CON-067");
  const { publicityEndsAt } = await world.house.done(world.people.buyer, "awd.publishCandidates", lotId, publicity);
  // 2 November 2026 is a Monday: the third day is Thursday, until its last millisecond.
  assert.equal(publicityEndsAt, "2026-11-05T15:59:59.999Z");
  await world.house.refused(world.people.buyer, "awd.publishCandidates", lotId, publicity, "act.not-possible-now");
  await world.house.refused(world.people.buyer, "awd.decide", lotId, { rank: 1, reason: "急" }, "act.step-not-open");
  await world.house.jumpTo(Date.parse(publicityEndsAt) - 1);
  await world.house.refused(world.people.buyer, "awd.decide", lotId, { rank: 1, reason: "急" }, "act.step-not-open");
  await world.house.jumpTo(publicityEndsAt);
  const notFirst = await world.house.refused(world.people.buyer, "awd.decide", lotId, { rank: 2, reason: "更熟悉" }, "award.not-rank-one");
  assert.deepEqual([notFirst.ruleId, notFirst.data.lawful], ["CON-072", 1]);
  await world.house.refused(world.people.agent, "awd.decide", lotId, { rank: 1, reason: "排名第一" }, "act.not-your-role");
  const { reportDueAt } = await world.house.done(world.people.buyer, "awd.decide", lotId, { rank: 1, reason: "排名第一" });
  assert.equal(reportDueAt, "2026-11-20T15:59:59.999Z");
});

test("a publicity whose last day is off goes on to the next working day (a setting)", async () => {
  const lotId = await openedLot(world);
  await reported(world, lotId, digestsOf(world.bidders));
  await world.house.jumpTo("2026-11-11T02:00:00.000Z");
  const { publicityEndsAt } = await world.house.done(world.people.buyer, "awd.publishCandidates", lotId, publicity);
  assert.equal(publicityEndsAt, "2026-11-16T15:59:59.999Z");
});

test("a candidate without its manager's certificate is not published (CON-092)", async () => {
  const lotId = await openedLot(world, { bids: nameless() });
  await reported(
    world,
    lotId,
    nameless().map(({ bidDigest }) => bidDigest),
  );
  const problem = await world.house.refused(world.people.buyer, "awd.publishCandidates", lotId, publicity, "award.fields-missing");
  assert.deepEqual(problem.data.fields, ["1.managerCertificate", "2.managerCertificate", "3.managerCertificate"]);
});

function nameless() {
  return world.bidders.map(({ organisationId }, index) => ({
    bidDigest: digestsOf(world.bidders)[index] as string,
    partyId: `pty_${String(index).padStart(26, "0")}`,
    handedIn: index,
    organisation: organisationId,
    name: `投标单位${index + 1}`,
    form: {
      priceFen: `1782000000${index}`,
      durationDays: 530,
      quality: "合格",
      projectManager: { name: "某", certificate: "" },
      validityDays: 120,
      depositForm: "3",
      facts: {},
    },
    files: [],
    status: "opened",
  }));
}

test("winner and losers are told together; the contract and the report become due", async () => {
  const lotId = await decided(world);
  await world.house.refused(world.people.buyer, "awd.sendLetter", lotId, letter, "act.step-not-open");
  await world.house.done(world.people.agent, "awd.publishResult", lotId, { text: "公示无异议" });
  const untold = await world.house.refused(
    world.people.buyer,
    "awd.sendLetter",
    lotId,
    { ...letter, tellLosers: false },
    "award.losers-not-told",
  );
  assert.deepEqual(untold.data.untold, ["投标单位2", "投标单位3", "投标单位4", "投标单位5"]);
  await world.house.done(world.people.buyer, "awd.sendLetter", lotId, letter);
  const award = await awardOf(world.house.house.pool, lotId);
  assert.equal(award?.letter?.told.length, 4);
  await world.house.done(world.people.agent, "awd.report", lotId, { text: "招标投标情况书面报告" });
  await world.house.refused(world.people.agent, "awd.report", lotId, { text: "再次" }, "act.step-not-open");
  const lot = await lotOf(lotId);
  assert.equal(lot.done.get("award.report")?.outcome, "reported");
  assert.ok(lot.milestones.get("contractDue"));
  const paper = await letterPaper(world.house.house.pool, lotId, { sandbox: true });
  assert.match(JSON.stringify(paper), /人民币壹亿柒仟捌佰贰拾万元整/);
});

test("no award on a bid that is no longer valid; a longer validity needs the bidder's consent", async () => {
  const lotId = await published(world);
  await world.house.jumpTo(world.house.clock.now() + 125 * day);
  const over = await world.house.refused(world.people.buyer, "awd.decide", lotId, { rank: 1, reason: "排名第一" }, "award.validity-over");
  assert.equal(over.ruleId, "CON-097");
  const untilOn = new Date(world.house.clock.now() + 30 * day).toISOString().slice(0, 10);
  await world.house.refused(firm(1), "awd.answerExtension", lotId, { agrees: true }, "act.not-possible-now");
  await world.house.refused(
    world.people.buyer,
    "awd.askExtension",
    lotId,
    { untilOn: "2026-11-02", reason: "投诉处理" },
    "award.extension-in-past",
  );
  await world.house.done(world.people.buyer, "awd.askExtension", lotId, { untilOn, reason: "投诉处理" });
  await world.house.refused(world.people.buyer, "awd.decide", lotId, { rank: 1, reason: "排名第一" }, "award.validity-over");
  await world.house.done(firm(1), "awd.answerExtension", lotId, { agrees: true });
  await world.house.done(world.people.buyer, "awd.decide", lotId, { rank: 1, reason: "排名第一" });
});

test("the winner declines: the next in rank follows, gets its own result and letter, and nobody is passed over", async () => {
  const lotId = await notified(world);
  await world.house.refused(firm(2), "awd.decline", lotId, { cause: "人手不足" }, "award.not-the-winner");
  await world.house.done(firm(1), "awd.decline", lotId, { cause: "人手不足" });
  await world.house.refused(world.people.buyer, "awd.chooseNext", lotId, { rank: 3, reason: "更好" }, "award.not-rank-one");
  await world.house.refused(world.people.buyer, "awd.chooseNext", lotId, { rank: 1, reason: "再问一次" }, "award.no-such-candidate");
  await world.house.done(world.people.buyer, "awd.chooseNext", lotId, { rank: 2, reason: "依次递补" });
  assert.equal((await lotOf(lotId)).run, 2);
  await tell(world, lotId);
  const award = await awardOf(world.house.house.pool, lotId);
  assert.deepEqual(
    award?.decisions.map(({ name, ended }) => [name, ended?.how ?? null]),
    [
      ["投标单位1", "declined"],
      ["投标单位2", null],
    ],
  );
});

test("a revoked award may be given up: the lot fails and is tendered again", async () => {
  const lotId = await decided(world);
  await world.house.done(world.people.buyer, "awd.revoke", lotId, { cause: "查实弄虚作假" });
  await world.house.refused(world.people.agent, "awd.publishResult", lotId, { text: "公示无异议" }, "act.not-possible-now");
  await world.house.done(world.people.buyer, "awd.giveUp", lotId, { cause: "其余候选人报价过高" });
  assert.equal((await lotOf(lotId)).state, "failed");
});
