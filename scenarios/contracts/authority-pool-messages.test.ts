/** Cases of certificate-authority.md, expert-pool.md and messages.md that stand between adapter and system. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fromHex } from "../../formats/bytes.ts";
import { fieldKeyOf } from "../../formats/exchange/index.ts";
import { digestOf } from "../../formats/jcs.ts";
import {
  type CandidateList,
  CertificateStatusAdapter,
  type ExpertPoolPort,
  expertPoolAdapter,
  messageAdapter,
} from "../../server/exchange/index.ts";
import type { TrustRow } from "../../server/identity/index.ts";
import { machineRandom } from "../../server/runtime/clock/clock.ts";
import { poolFaults } from "../../simulators/expert-pool/faults.ts";
import { gatewayFaults } from "../../simulators/messages/faults.ts";
import { joinKey, PlatformSide } from "./platform-side.ts";

const home = mkdtempSync(join(tmpdir(), "egret-cpm-"));
const supervisor = machineRandom.bytes(32);
const draw = machineRandom.bytes(32);
let side: PlatformSide;
let pool: ExpertPoolPort;
let list: CandidateList;

before(async () => {
  side = await PlatformSide.start(home);
  pool = expertPoolAdapter(side.client, machineRandom);
});

after(async () => {
  await side.stop();
  rmSync(home, { recursive: true });
});

async function trustRow(): Promise<TrustRow> {
  const { chains } = (await side.simulators.control("ca", "books")) as { chains: { rootDer: string; issuingDer: string }[] };
  const { rootDer, issuingDer } = chains[0] as (typeof chains)[number];
  return { caId: "sim-ca-a", rootDer, issuingDer: [issuingDer], crlUrl: `${side.simulators.ca}/crl/sim-ca-a.crl`, uses: ["sign", "seal"] };
}

test("certificates: chain, use, time and list are judged at the instant of the act", async () => {
  const person = (await side.simulators.walletDoor("persons", {
    personId: "person-001",
    name: "许念",
    organisation: { creditCode: "91350200EGRET0019U", name: "鹭江新城建设发展有限公司" },
  })) as { certificates: { certificate: string; publicKey: string; serial: string }[] };
  const [sign, seal] = person.certificates;
  const trust = [await trustRow()];
  const status = new CertificateStatusAdapter({ trust: () => trust, clock: side.clock, environment: "sandbox" });
  const at = new Date(side.clock.now()).toISOString();
  const good = await status.check({ certificate: sign?.certificate ?? "", use: "sign", at });
  assert.ok(good.ok);
  assert.deepEqual(
    [good.publicKey, good.creditCode, good.serial, good.stale],
    [sign?.publicKey, "91350200EGRET0019U", sign?.serial, false],
  );
  assert.ok((await status.check({ certificate: seal?.certificate ?? "", use: "seal", at })).ok);
  const faultOf = async (change: { certificate?: string; use?: "sign" | "seal"; at?: string }, checker = status) => {
    const answer = await checker.check({ certificate: sign?.certificate ?? "", use: "sign", at, ...change });
    return answer.ok ? "ok" : answer.fault;
  };
  assert.equal(await faultOf({ use: "seal" }), "wrong-use");
  assert.equal(await faultOf({ certificate: "rubbish" }), "unreadable");
  assert.equal(await faultOf({ at: "2026-11-01T00:00:00.000Z" }), "not-yet-valid");
  assert.equal(await faultOf({ at: "2027-11-01T00:00:00.000Z" }), "expired");
  assert.equal(
    await faultOf({}, new CertificateStatusAdapter({ trust: () => trust, clock: side.clock, environment: "production" })),
    "env-mismatch",
  );
  assert.equal(await faultOf({}, new CertificateStatusAdapter({ trust: () => [], clock: side.clock, environment: "sandbox" })), "chain");
  const dead = trust.map((row) => ({ ...row, crlUrl: "http://127.0.0.1:1/x.crl" }));
  assert.equal(
    await faultOf({}, new CertificateStatusAdapter({ trust: () => dead, clock: side.clock, environment: "sandbox" })),
    "status-unknown",
  );
});

test("CA03 revoked at the instant of the act is revoked, one millisecond earlier it was good", async () => {
  const person = (await side.simulators.walletDoor("persons", { personId: "person-002", name: "许予安" })) as {
    certificates: { certificate: string; serial: string }[];
  };
  const certificate = person.certificates[0]?.certificate ?? "";
  const row = await trustRow();
  const status = new CertificateStatusAdapter({ trust: () => [row], clock: side.clock, environment: "sandbox" });
  const revokedAt = new Date(Math.floor(side.clock.now() / 1_000) * 1_000 + 1_000).toISOString();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await side.simulators.drive("ca", "revoke", { serial: person.certificates[0]?.serial, at: revokedAt, reason: "superseded" });
  await side.waitFor("ca.statusChanged");
  assert.deepEqual(await status.check({ certificate, use: "sign", at: revokedAt }), { ok: false, fault: "revoked" });
  assert.ok((await status.check({ certificate, use: "sign", at: new Date(Date.parse(revokedAt) - 1).toISOString() })).ok);
});

function need(needId: string) {
  const strata = [
    { id: "road", speciality: "A080101", quota: 2 },
    { id: "pipe", speciality: "A080103", quota: 1 },
    { id: "cost", speciality: "A060101", quota: 1 },
  ];
  const regions = ["350100", "350200", "350300", "350400", "350500", "350600", "350700", "350800", "350900"];
  return {
    needId,
    drawId: `draw-${needId}`,
    purpose: "tender" as const,
    strata,
    regions,
    windowStartAt: "2026-11-25T01:00:00.000Z",
    windowEndAt: "2026-11-26T10:00:00.000Z",
    city: "350200",
    avoidUnits: ["91350200EGRET0019U"],
    supervisorKey: fieldKeyOf(supervisor),
    drawServiceKey: fieldKeyOf(draw),
    joinKeyId: joinKey.id,
  };
}

const summons = (callNo: number, id: string) => ({
  needId: "n1",
  callNo,
  id,
  stratum: "road",
  callAt: "2026-11-23T01:50:00.000Z",
  answerByAt: "2026-11-23T03:00:00.000Z",
  meet: { city: "350200", siteCode: "site-1", at: "2026-11-25T01:00:00.000Z", days: 1 },
});

test("EP01 a list arrives whole; EP04 who worked for a party is found by tag alone", async () => {
  assert.equal((await side.deliver(pool.requestCandidates(need("n1")))).how, "delivered");
  const fact = pool.readFact((await side.waitFor("pool.candidates")).envelope, draw);
  assert.ok(fact?.fact === "listed");
  list = fact.list;
  for (const { id } of need("n1").strata)
    assert.ok(list.entries.filter((entry) => entry.strata.includes(id) && entry.recusal === null).length >= 10, id);
  const recused = pool.recusedBy(list.roster, ["91350200EGRET0190X"], fromHex(joinKey.key));
  assert.deepEqual(
    recused.map((id) => list.roster.find((row) => row.id === id)?.expertRef),
    ["person-125"],
  );
  assert.deepEqual(pool.recusedBy(list.roster, ["91350200EGRET0027N"], fromHex(joinKey.key)), []);
  assert.equal(pool.openSalts("n1", list.saltsSealed, supervisor).length, list.entries.length);
});

test("EP05 a changed list is refused whole, also with a wrong roster key", async () => {
  const { envelope } = await side.waitFor("pool.candidates");
  const refusedFor = (change: object, secret = draw) => {
    const fact = pool.readFact({ ...envelope, body: { ...envelope.body, ...change } }, secret);
    return fact?.fact === "listRefused" ? fact.reason : fact?.fact;
  };
  assert.equal(refusedFor({ listRoot: "00".repeat(32) }), "signature");
  assert.equal(refusedFor({ entries: list.entries.slice(1) }), "signature");
  assert.equal(refusedFor({}, machineRandom.bytes(32)), "roster-key");
});

test("EP02, EP09 answers come once per call and in order, however they travel", async () => {
  await side.simulators.drive("pool", "intend", { byCall: { "2": "declined", "3": "unreachable" }, otherwise: "accepted" });
  await side.simulators.control("pool", "faults", poolFaults.EP09reorder);
  await side.simulators.control("pool", "faults", poolFaults.EP09duplicate);
  const eligible = list.entries.filter(({ recusal }) => recusal === null);
  for (const callNo of [1, 2, 3])
    assert.equal((await side.deliver(pool.summon(summons(callNo, eligible[callNo]?.id ?? "")))).how, "delivered");
  await side.waitFor("pool.answer", 3);
  const facts = side.inbox
    .inOrder("sim-pool", "need/n1")
    .map(({ envelope }) => pool.readFact(envelope, draw))
    .filter((fact) => fact?.fact === "answered");
  assert.deepEqual(
    facts.map((fact) => fact?.fact === "answered" && [fact.callNo, fact.answer]),
    [
      [1, "accepted"],
      [2, "declined"],
      [3, "unreachable"],
    ],
  );
});

test("EP11 an answer to a call that was never made arrives as a claim with its number", async () => {
  await side.simulators.drive("pool", "falseAnswer", { needId: "n1", callNo: 77 });
  const fact = pool.readFact((await side.waitFor("pool.answer", 4)).envelope, draw);
  assert.ok(fact?.fact === "answered" && fact.callNo === 77);
});

test("a later summon that was lost goes again although its need is known; one that arrived calls once", async () => {
  await side.simulators.drive("pool", "intend", { otherwise: "accepted" });
  const eligible = list.entries.filter(({ recusal }) => recusal === null);
  for (const [callNo, kind] of [
    [8, "dropBeforeEffect"],
    [9, "timeoutAfterEffect"],
  ] as const) {
    await side.simulators.control("pool", "faults", { kind, match: { type: "pool.summon", direction: "in" }, skip: 0, count: 1 });
    const message = side.message(pool.summon(summons(callNo, eligible[callNo]?.id ?? "")));
    assert.equal((await side.client.deliver(message, "none")).how, "retry");
    assert.equal((await side.client.deliver(message, "unanswered")).how, "delivered");
  }
  await side.waitFor("pool.answer", 6);
  const { calls } = (await side.simulators.control("pool", "books")) as { calls: { callNo: number }[] };
  assert.deepEqual(
    calls.map(({ callNo }) => callNo),
    [1, 2, 3, 8, 9],
  );
});

test("EP03 the pool was told no bidder, title or lot", async () => {
  const { values } = (await side.simulators.control("pool", "books/knowledge")) as { values: string[] };
  assert.ok(!values.some((value) => /lot_|tnd_|标段|EGRET0190X/.test(value)));
});

test("MS01, MS03 one send in the books, whatever happens to the answer; MS07 refused before sending", async () => {
  const messages = messageAdapter(side.client);
  const template = {
    templateId: "code",
    version: 1,
    channel: "sms" as const,
    class: "code" as const,
    language: "zh-CN" as const,
    text: "【鹭易】验证码 {code}，5 分钟内有效。",
    places: [{ name: "code", type: "text" as const, max: 6 }],
  };
  await side.deliver(messages.fileTemplate(template));
  await side.waitFor("msg.templateAccepted");
  await side.simulators.control("messages", "faults", gatewayFaults.MS03);
  const wish = {
    sendId: "snd-1",
    template,
    places: { code: "482913" },
    address: "0592-000 4001",
    personRef: digestOf("p"),
    expiresAt: "2026-11-23T02:52:00.000Z",
    dedupeKey: digestOf("d"),
  };
  const message = side.message(messages.send(wish));
  assert.equal((await side.client.deliver(message, "none")).how, "retry");
  assert.equal((await side.client.deliver(message, "unanswered")).how, "known");
  const fact = messages.readFact((await side.waitFor("msg.delivery")).envelope);
  assert.ok(fact?.fact === "delivery" && fact.state === "delivered");
  const { sendings } = (await side.simulators.control("messages", "books")) as { sendings: unknown[] };
  assert.equal(sendings.length, 1);
  assert.throws(() => messages.send({ ...wish, places: { code: "www.x" } }), RangeError);
});
