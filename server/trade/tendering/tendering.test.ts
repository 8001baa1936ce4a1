import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { buildEdge } from "../../app/http.ts";
import { stages } from "../../app/testing/stages.ts";
import { type TestHouse, type TestPerson, testHouse } from "../../app/testing/test-house.ts";
import { openSession } from "../../identity/index.ts";
import { instantText } from "../../kernel/index.ts";
import { procedureById } from "../../kinds/index.ts";
import { readStream } from "../../record/index.ts";
import { machineClock } from "../../runtime/clock/clock.ts";
import { transaction } from "../../runtime/database/index.ts";
import { admittedLots, type TradePeople, tradePeople } from "../catalogue/testing/admitted-lot.ts";
import { sealedCeremony } from "../ceremony/testing/key-desks.ts";
import { effectiveAt, type LotThread, loadLot, type Procedure, stepStatus } from "../transaction/index.ts";
import { getDocument, noticeOf, noticePaper, questionsOf } from "./index.ts";
import { noticeOnAllMedia, preparedLot, publishedLot, review } from "./testing/published-lot.ts";
import { roadContent, roadNotice, roadTerms } from "./testing/road-document.ts";

let house: TestHouse;
let people: TradePeople;
before(async () => {
  house = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure });
  people = await tradePeople(house);
});
after(() => house.close());

const lotNow = (lotId: string): Promise<LotThread> => transaction(house.house.pool, async (tx) => (await loadLot(tx, lotId)) as LotThread);
const issue = (terms: object, acknowledged: string[] = []) => ({
  terms: { ...roadTerms, ...terms },
  content: roadContent,
  files: [],
  fairCompetitionReview: review,
  acknowledged,
});

test("unlawful terms are refused, each with its rule, article and figures", async () => {
  const [lotId] = (await admittedLots(house, people)) as [string];
  const cases = [
    [{ offerEndAt: "2026-11-16T15:59:00.000Z" }, "document.offer-too-short", "CON-010"],
    [{ bidDeadlineAt: "2026-12-01T01:00:00.000Z", questionEndAt: "2026-11-28T01:00:00.000Z" }, "document.period-too-short", "CON-016"],
    [{ priceFen: "50000" }, "document.fee", "CON-011"],
    [{ floorFen: "17000000000" }, "document.floor-price", "CON-021"],
    [{ bidValidityFrom: "documentIssued" }, "document.validity", "CON-023"],
    [{ depositFen: "80000001" }, "document.deposit-too-high", "CON-025"],
    [{ depositForms: ["1"] }, "document.deposit-forced-cash", "CON-032"],
  ] as const;
  for (const [terms, code, ruleId] of cases) {
    const problem = await house.refused(people.agent, "doc.issue", lotId, issue(terms), code);
    assert.equal(problem.ruleId, ruleId);
    assert.ok(problem.law && problem.article && problem.whatToDo, code);
  }
  await house.refused(
    people.agent,
    "doc.issue",
    lotId,
    issue({ questionEndAt: "2026-12-09T01:00:00.000Z" }),
    "document.times-out-of-order",
  );
  await house.refused(
    people.agent,
    "doc.issue",
    lotId,
    issue({ method: { ...roadTerms.method, tree: { declared: [], total: "none", technical: "none", tieBreak: [] } } }),
    "document.method-not-usable",
  );
  await house.refused(
    people.agent,
    "doc.issue",
    lotId,
    issue({ committee: { ...roadTerms.committee, size: 7 } }),
    "document.committee-does-not-add-up",
  );
  const missing = { name: "图纸.pdf", title: "图纸", sha256: "ab".repeat(32), size: 9 };
  await house.refused(people.agent, "doc.issue", lotId, { ...issue({}), files: [missing] }, "file.not-uploaded");
  await house.refused(people.supervisor, "doc.issue", lotId, issue({}), "act.not-your-role");
});

test("a missing fair competition review warns and is acknowledged by its code (CON-093)", async () => {
  const [lotId] = (await admittedLots(house, people)) as [string];
  const without = { ...issue({}), fairCompetitionReview: null };
  await house.refused(people.agent, "doc.issue", lotId, without, "document.no-fair-competition-review");
  await house.done(people.agent, "doc.issue", lotId, { ...without, acknowledged: ["document.no-fair-competition-review"] });
  await house.refused(people.agent, "doc.issue", lotId, issue({}), "act.step-not-open");
});

test("the notice says everything, everywhere the same, for free, and not before the key is made", async () => {
  const [lotId] = (await admittedLots(house, people)) as [string];
  await preparedLot(house, people, lotId);
  await house.refused(people.buyer, "ntc.publish", lotId, { acknowledged: [] }, "act.step-not-open");
  await sealedCeremony(house, people, lotId);
  await house.refused(people.buyer, "ntc.publish", lotId, { acknowledged: [] }, "notice.not-signed");
  const { supervision: _, ...fields } = roadNotice.fields;
  const short = await house.refused(people.buyer, "ntc.sign", lotId, noticeOnAllMedia({ ...roadNotice, fields }), "notice.fields-missing");
  assert.deepEqual([short.ruleId, short.data.missing], ["CON-091", ["supervision"]]);
  const good = noticeOnAllMedia();
  const differing = { ...good, media: [good.media[0], { name: "省媒介", textSha256: "00".repeat(32) }] };
  assert.equal((await house.refused(people.buyer, "ntc.sign", lotId, differing, "notice.media-differ")).ruleId, "CON-008");
  assert.equal((await house.refused(people.buyer, "ntc.sign", lotId, { ...good, publicationFeeFen: "1" }, "notice.fee")).ruleId, "CON-009");
  await house.done(people.buyer, "ntc.sign", lotId, good);
});

test("a notice that comes too late for its own deadline is refused on the day of publication (CON-016)", async () => {
  const late = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure, seed: "late" });
  const others = await tradePeople(late);
  const [lotId] = (await admittedLots(late, others)) as [string];
  await preparedLot(late, others, lotId);
  await sealedCeremony(late, others, lotId);
  await late.done(others.buyer, "ntc.sign", lotId, noticeOnAllMedia());
  await late.jumpTo("2026-11-19T01:00:00.000Z");
  const problem = await late.refused(others.buyer, "ntc.publish", lotId, { acknowledged: [] }, "document.period-too-short");
  assert.deepEqual([problem.data.measured, problem.data.required], [19, 20]);
  await late.close();
});

const amendment = {
  title: "澄清第 1 号",
  reason: "清单特征与图纸不一致",
  affectsBids: true,
  changes: [{ where: "技术要求 7.3", before: "P6", after: "P8" }],
  terms: {},
  content: null,
  files: null,
  newBidDeadlineAt: null,
  acknowledged: [],
};

test("from notice to deadline: taken, asked without a name, answered, amended with a forced extension, closed", async () => {
  const lotId = await publishedLot(house, people);
  const bidder = await house.person("bidder", "鹭江第一建设工程有限公司");
  const published = await lotNow(lotId);
  assert.deepEqual([published.state, published.lawDate], ["running", "2026-11-12"]);
  assert.equal(stepStatus(published, house.platform.procedure("CO"), "tendering.offer"), "open");

  const taken = await house.done(bidder, "doc.take", lotId, { version: 1 });
  assert.match(taken.receipt, /^[0-9a-f]{64}$/);
  const { questionId } = await house.done(bidder, "que.ask", lotId, { text: "管廊侧壁混凝土抗渗等级以哪个为准？" });
  await house.done(people.agent, "que.answer", lotId, { questionId, text: "以图纸 P8 为准。", inDocVersion: null });
  await house.refused(people.agent, "que.answer", lotId, { questionId, text: "再答", inDocVersion: null }, "act.not-possible-now");
  assert.equal(
    (
      await house.refused(
        people.agent,
        "doc.visit",
        lotId,
        { heldAt: "2026-11-20T01:00:00.000Z", place: "现场", invited: "some" },
        "visit.partial",
      )
    ).ruleId,
    "CON-033",
  );
  await house.done(people.agent, "doc.visit", lotId, { heldAt: "2026-11-20T01:00:00.000Z", place: "现场", invited: "all" });

  await house.jumpTo("2026-11-24T08:00:00.000Z");
  const tooLate = await house.refused(people.agent, "doc.amend", lotId, amendment, "amendment.too-late-without-extension");
  assert.deepEqual([tooLate.ruleId, tooLate.data.measured, tooLate.data.earliestOn], ["CON-017", 14, "2026-12-09"]);
  await house.refused(
    people.agent,
    "doc.amend",
    lotId,
    { ...amendment, newBidDeadlineAt: "2026-12-07T01:00:00.000Z" },
    "amendment.deadline-shortened",
  );
  await house.refused(
    people.agent,
    "doc.amend",
    lotId,
    { ...amendment, affectsBids: false, terms: { depositForms: ["1"] } },
    "document.deposit-forced-cash",
  );
  await house.done(people.agent, "doc.amend", lotId, { ...amendment, newBidDeadlineAt: "2026-12-09T01:00:00.000Z" });

  const moved = await lotNow(lotId);
  const ends = ["bidDeadline", "questionEnd", "documentOfferEnd"].map((name) => instantText(effectiveAt(moved, name) as number));
  assert.deepEqual(ends, ["2026-12-09T01:00:00.000Z", "2026-11-29T01:00:00.000Z", "2026-12-01T09:00:00.000Z"]);
  assert.deepEqual(
    [moved.milestones.get("bidDeadline")?.version, moved.milestones.get("bidDeadline")?.originalAt],
    [2, Date.parse("2026-12-08T01:00:00.000Z")],
  );
  const document = await transaction(house.house.pool, (tx) => getDocument(tx, lotId));
  assert.deepEqual([document.version, document.bidDeadlineAt, document.questionEndAt], [2, ends[0], ends[1]]);
  await house.refused(bidder, "doc.take", lotId, { version: 1 }, "document.not-in-force");

  await house.jumpTo("2026-12-02T01:00:00.000Z");
  await house.refused(bidder, "doc.take", lotId, { version: 2 }, "document.offer-closed");
  await house.refused(bidder, "que.ask", lotId, { text: "还可以问吗？" }, "question.late");
});

test("who asked and who took cannot be read in the record; the text of the question can", async () => {
  const lotId = await publishedLotAgain();
  const bidder = await house.person("bidder", "匿名有限公司");
  await house.done(bidder, "doc.take", lotId, { version: 1 });
  await house.done(bidder, "que.ask", lotId, { text: "暂列金额是否计入评标价？" });
  await transaction(house.house.pool, async (tx) => {
    assert.equal((await questionsOf(tx, lotId))[0]?.text, "暂列金额是否计入评标价？");
    const asked = (await readStream(tx, `que_${lotId.slice(4)}`))[0];
    assert.deepEqual([asked?.actor, asked?.membership, asked?.act], ["sealed", null, null]);
    const { rows } = await tx.query<{ event: string }>(
      "SELECT event FROM record.event WHERE type NOT LIKE 'org.%' AND type NOT LIKE 'per.%' AND type NOT LIKE 'mem.%' AND type NOT LIKE 'crt.%'",
    );
    const text = rows.map((row) => row.event).join("\n");
    for (const secret of [bidder.organisationId, bidder.personId, bidder.membershipId]) assert.ok(!text.includes(secret), secret);
  });
});

test("notice, document and questions are public from the notice on; what a firm took is its own", async () => {
  const lotId = await publishedLotAgain();
  const bidder = await house.person("bidder", "阅读有限公司");
  await house.done(bidder, "doc.take", lotId, { version: 1 });
  const edge = await buildEdge({ house: house.house, onFault: (error) => assert.fail(String(error)) });
  const get = async (path: string, person?: TestPerson) => {
    const token =
      person && (await openSession(house.house.pool, { personId: person.personId, machineNow: machineClock.now(), random: house.random }));
    const headers = person ? { authorization: `Bearer ${token}`, "egret-membership": person.membershipId } : {};
    return edge.inject({ url: `/api/v1/lots/${lotId}/${path}`, headers });
  };
  assert.equal((await get("notice")).json().fields.supervision, "市建设局");
  const document = (await get("document")).json();
  assert.deepEqual([document.version, document.content.chapters[0].no, document.depositFen], [1, 2, "80000000"]);
  assert.deepEqual((await get("questions")).json().items, []);
  assert.equal((await get("taken-document", bidder)).json().items.length, 1);
  assert.deepEqual((await get("taken-document", await house.person("bidder"))).json().items, []);
  assert.equal((await get("taken-document", people.buyer)).statusCode, 404);
  const steps = (await get("next-steps", await house.person("bidder"))).json().items;
  assert.ok(steps.some((step: { act: string }) => step.act === "doc.take"));
  const paper = await transaction(house.house.pool, async (tx) => noticePaper(tx, house.platform, (await loadLot(tx, lotId)) as LotThread));
  assert.deepEqual([paper.kind, paper.issuedBy, paper.issuedOn], ["notice", "鹭江新城建设发展有限公司", "2026-12-02"]);
  await edge.close();
});

/** Another lot, published at the moment where the earlier tests left the clock. */
async function publishedLotAgain(): Promise<string> {
  const start = instantText(house.clock.now());
  const day = 86_400_000;
  const at = (days: number) => instantText(house.clock.now() + days * day);
  return publishedLot(house, people, { offerStartAt: start, offerEndAt: at(10), questionEndAt: at(10), bidDeadlineAt: at(25) });
}

test("a published notice is corrected by a new version with its reason, and the old text stays (X-011)", async () => {
  const lotId = await publishedLotAgain();
  const before = (await transaction(house.house.pool, (tx) => noticeOf(tx, lotId)))?.textSha256 ?? "";
  const corrected = noticeOnAllMedia({ ...roadNotice, fields: { ...roadNotice.fields, size: "道路长 2.90 公里" } });
  const correction = { ...corrected, reason: "规模笔误", affectsBids: true };
  const differing = { ...correction, media: [{ name: "省媒介", textSha256: before }] };
  await house.refused(people.agent, "ntc.correct", lotId, differing, "notice.media-differ");
  await house.done(people.agent, "ntc.correct", lotId, correction);
  const notice = await transaction(house.house.pool, (tx) => noticeOf(tx, lotId));
  assert.deepEqual(
    notice?.versions.map(({ version, textSha256, reason }) => [version, textSha256, reason]),
    [
      [1, before, null],
      [2, corrected.media[0]?.textSha256, "规模笔误"],
    ],
  );
  assert.ok(await house.platform.files.get(before), "the first text is still there");
  await house.jumpTo(house.clock.now() + 11 * 86_400_000);
  await house.refused(people.agent, "ntc.correct", lotId, correction, "amendment.too-late-without-extension");
  await house.done(people.agent, "ntc.correct", lotId, { ...correction, affectsBids: false });
});

test("at the deadline the document closes and both windows end", async () => {
  const lotId = await publishedLotAgain();
  const end = effectiveAt(await lotNow(lotId), "bidDeadline") as number;
  await house.jumpTo(end);
  const lot = await lotNow(lotId);
  assert.deepEqual([lot.done.get("tendering.offer")?.outcome, lot.done.get("tendering.clarify")?.outcome], ["closed", "closed"]);
  assert.equal((await transaction(house.house.pool, (tx) => getDocument(tx, lotId))).state, "closed");
});
