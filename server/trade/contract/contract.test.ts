import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { awardOf, awardStage } from "../award/index.ts";
import { contracted, contractText, decided, notified } from "../award/testing/awarded.ts";
import { type Rehearsal, rehearsal } from "../evaluation/testing/rehearsal.ts";
import { loadLot } from "../transaction/index.ts";
import { type ContractPorts, contractOf, contractPaper, contractStage } from "./index.ts";

const day = 86_400_000;
const released: { organisations: readonly string[]; cause: string }[] = [];
const ports: ContractPorts = {
  async releaseDue(_, wish) {
    released.push(wish);
  },
};
let world: Rehearsal;
before(async () => {
  world = await rehearsal([awardStage, contractStage(ports)]);
});
after(() => world.house.close());

const firm = (no: number) => {
  const bidder = world.bidders[no - 1];
  assert.ok(bidder);
  return bidder;
};
const text = contractText(1, "17820000000");

test("the main terms are those of the bid: a fen less, a day more or another manager is refused", async () => {
  const lotId = await notified(world);
  const refusal = (change: Partial<typeof text>, code: string) =>
    world.house.refused(world.people.buyer, "con.draft", lotId, { ...text, ...change }, code);
  const problem = await refusal({ priceFen: "17819999999" }, "contract.deviates-from-bid");
  assert.equal(problem.ruleId, "CON-075");
  await refusal({ durationDays: 531 }, "contract.deviates-from-bid");
  await refusal({ managerName: "另一人" }, "contract.deviates-from-bid");
  await refusal({ securityFen: "1782000001" }, "contract.security-over-10");
  await world.house.refused(
    world.people.buyer,
    "con.draft",
    lotId,
    { ...text, subcontracts: [{ part: "管廊主体", isMainOrKey: true, consented: true }] },
    "contract.subcontract",
  );
  await world.house.done(world.people.buyer, "con.draft", lotId, { ...text, securityFen: "1782000000" });
});

test("no contract before the letter", async () => {
  const lotId = await decided(world);
  await world.house.refused(world.people.buyer, "con.draft", lotId, text, "act.step-not-open");
});

test("both sides sign the same text; then it is in force, the award is concluded, and the deposits are due", async () => {
  const lotId = await notified(world);
  const { termsDigest } = await world.house.done(world.people.buyer, "con.draft", lotId, text);
  await world.house.refused(firm(2), "con.sign", lotId, { termsDigest }, "contract.not-a-party");
  await world.house.refused(firm(1), "con.sign", lotId, { termsDigest: "00".repeat(32) }, "contract.other-text");
  await world.house.done(firm(1), "con.sign", lotId, { termsDigest });
  await world.house.refused(firm(1), "con.sign", lotId, { termsDigest }, "contract.signed-already");
  await world.house.refused(world.people.buyer, "con.draft", lotId, text, "contract.already-signed");
  await world.house.refused(world.people.buyer, "con.file", lotId, { number: "备-1" }, "act.step-not-open");
  released.length = 0;
  await world.house.done(world.people.buyer, "con.sign", lotId, { termsDigest });
  assert.deepEqual(
    released.map(({ cause, organisations }) => [cause, organisations.length]),
    [["con.effective", 5]],
  );
  const contract = await contractOf(world.house.house.pool, lotId);
  assert.equal(contract?.state, "effective");
  assert.equal((await awardOf(world.house.house.pool, lotId))?.state, "concluded");
  await world.house.refused(
    firm(1),
    "con.secure",
    lotId,
    { form: "银行保函", amountFen: "1782000001", reference: "BG-1" },
    "contract.security-over-10",
  );
  await world.house.done(firm(1), "con.secure", lotId, { form: "银行保函", amountFen: "1425600000", reference: "BG-1" });
  await world.house.done(world.people.agent, "con.file", lotId, { number: "备-1" });
  const lot = await loadLot(world.house.house.pool, lotId);
  assert.equal(lot?.done.get("contract.file")?.outcome, "filed");
  const paper = await contractPaper(world.house.house.pool, lotId, { sandbox: true });
  assert.match(JSON.stringify(paper), new RegExp(termsDigest));
});

test("a contract after the thirtieth day is recorded as overdue and stands", async () => {
  const lotId = await notified(world);
  await world.house.jumpTo(world.house.clock.now() + 35 * day);
  const { termsDigest } = await world.house.done(world.people.buyer, "con.draft", lotId, text);
  await world.house.done(world.people.buyer, "con.sign", lotId, { termsDigest });
  await world.house.done(firm(1), "con.sign", lotId, { termsDigest });
  assert.equal((await contractOf(world.house.house.pool, lotId))?.state, "effective");
});

test("a winner who declines takes the draft along; the next winner has a contract of its own", async () => {
  const lotId = await notified(world);
  await world.house.done(world.people.buyer, "con.draft", lotId, text);
  await world.house.done(firm(1), "awd.decline", lotId, { cause: "资金困难" });
  assert.equal((await contractOf(world.house.house.pool, lotId))?.state, "void");
  await world.house.done(world.people.buyer, "awd.chooseNext", lotId, { rank: 2, reason: "依次递补" });
  assert.equal(await contractOf(world.house.house.pool, lotId), undefined);
});

test("a contract in force ends when the award is revoked", async () => {
  const lotId = await contracted(world);
  await world.house.done(world.people.buyer, "awd.revoke", lotId, { cause: "查实行贿" });
  assert.equal((await contractOf(world.house.house.pool, lotId))?.state, "ended");
});
