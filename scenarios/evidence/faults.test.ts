/**
 * The log of a running house when its surroundings fail, and when somebody with the rights of a superuser changes
 * what was written: witnesses down, the chain reset, a second history, and one test for each kind of edit.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as rest } from "node:timers/promises";
import { fromUtf8, hex } from "../../formats/bytes.ts";
import { Frontier, judgeNote, knownKeysOf, leafHash, readEntryBundle, readNote, signCheckpoint } from "../../formats/evidence/index.ts";
import { type EmbeddedChain, type Evidence, LogKeys, usualLimits } from "../../server/evidence/index.ts";
import { askWitness } from "../../server/evidence/witnessing/ask-witness.ts";
import { machineClock, machineRandom } from "../../server/runtime/clock/clock.ts";
import { transaction } from "../../server/runtime/database/index.ts";
import { founderWish } from "../city/city.ts";
import { witnessNames } from "../driver/evidence-side.ts";
import { type OwnPlatform, openOwnPlatform } from "../driver/own-platform.ts";
import { at } from "../driver/times.ts";
import { verifyLive } from "./verify-live.ts";

const limits = { ...usualLimits, openingMs: 300, generalMs: 600 };
const nobody = { admissionId: `adm_${"0".repeat(26)}` };
const [, , authority, notary] = witnessNames as [string, string, string, string];
let own: OwnPlatform;
let evidence: Evidence;
let chainAnew: EmbeddedChain | undefined;

before(async () => {
  const home = process.env.EGRET_HOME ?? join(import.meta.dirname, "../../.egret");
  const wish = { limits, batchMs: 50, pace: { quiet: { entries: 2, everyMs: 500 }, beforeDeadline: { entries: 2, everyMs: 500 } } };
  own = await openOwnPlatform({ name: "evidence-faults", seed: 1, start: at("2026-11-02"), home, founder: founderWish, evidence: wish });
  evidence = own.platform.evidence ?? assert.fail();
});
after(async () => {
  await chainAnew?.kill();
  await own.close();
});

const status = async () => (await fetch(`${own.world.url}/api/v1/evidence`)).json();
const side = () => own.evidence ?? assert.fail();
const check = (code: string) => own.world.as("registrar").refused("adm.check", null, nobody, code);

/** Waits for another event and has it signed. */
async function oneMore(): Promise<number> {
  const before = evidence.log.state.size;
  for (let waited = 0; evidence.log.state.size <= before && waited < 100; waited++) await rest(100);
  await evidence.settle();
  return evidence.log.state.size;
}

test("log and witnesses are public: whoever reads the files finds the root that three of four signed", { timeout: 60_000 }, async () => {
  await evidence.settle();
  const { policy, standing, chainLabel, isPublic } = await status();
  assert.deepEqual([standing, isPublic], [{ witnesses: "current", anchor: "current" }, true]);
  assert.match(chainLabel.en, /single-node test chain; evidence rests on the witnesses/);
  const log = `${own.world.url}/evidence/log`;
  const note = await (await fetch(`${log}/checkpoint`)).text();
  const judged = judgeNote(note, knownKeysOf(policy) ?? assert.fail());
  assert.ok(judged.ok && judged.cosigners.length >= 3);
  const { size, root } = readNote(note) ?? assert.fail();
  const bytes = await (await fetch(`${log}/tile/entries/000.p/${size}`)).arrayBuffer();
  const tree = new Frontier();
  const entries = readEntryBundle(new Uint8Array(bytes));
  for (const entry of entries) tree.append(leafHash(entry));
  assert.deepEqual([entries.length, hex(tree.root())], [size, hex(root)]);
  assert.ok(entries.every((entry, seq) => JSON.parse(fromUtf8(entry)).seq === seq));
  assert.equal((await fetch(`${log}/tile/0/000.p/0`)).status, 404);
});

test("one witness down: it goes on; two down: no new trade begins, until they are back", { timeout: 60_000 }, async () => {
  await side().witnesses.kill(notary);
  const witnessed = await oneMore();
  assert.equal((await evidence.status()).witnessed?.size, witnessed);
  await check("act.not-your-role");
  await side().witnesses.kill(authority);
  await oneMore();
  await rest(limits.generalMs + 100);
  const { standing } = await status();
  assert.equal(standing.witnesses, "closed");
  const problem = await check("evidence.not-witnessed");
  assert.deepEqual([problem.law, problem.article, problem.status], ["电子签名法", "第五条", 503]);
  assert.ok(((await evidence.status()).witnessed?.size ?? 0) < evidence.log.state.size);
  for (const name of [notary, authority]) await side().witnesses.restart(name);
  await side().setClock({ anchorReal: new Date(machineClock.now()).toISOString(), anchorVirtual: at("2026-11-02"), tempo: 0 });
  await oneMore();
  assert.equal((await status()).standing.witnesses, "current");
  await check("act.not-your-role");
});

test("a chain that is down loses nothing, and one that forgot everything is anchored anew", { timeout: 60_000 }, async () => {
  const held = (await evidence.status()).anchored ?? assert.fail();
  await side().chain.kill();
  await oneMore();
  assert.equal((await evidence.status()).anchored, held);
  chainAnew = await side().startChainAnew();
  const size = await oneMore();
  assert.ok(size > held);
  assert.ok(((await evidence.status()).anchored ?? 0) >= held);
  const { rows } = await own.platform.house.pool.query("SELECT is_lost FROM evidence.anchor WHERE size = $1 ORDER BY is_lost", [held]);
  assert.deepEqual(rows, [{ is_lost: true }], "what the old chain held is not claimed any more");
});

test("a second history under the log's own key gets no signature, and everybody sees the alarm", { timeout: 60_000 }, async () => {
  const keys = await LogKeys.open(join(own.home, "keys"), evidence.log.origin, machineRandom);
  const { size } = readNote((await evidence.log.tiles.checkpoint()) ?? "") ?? assert.fail();
  const root = new Uint8Array(32).fill(7);
  const [witness] = side().witnesses.addresses;
  for (const [forged, proof] of [
    [signCheckpoint({ origin: keys.origin, size, root }, keys.secret), undefined],
    [signCheckpoint({ origin: keys.origin, size: size - 1, root }, keys.secret), undefined],
  ] as const)
    assert.notEqual((await askWitness(witness ?? assert.fail(), { old: 0, proof, note: forged })).how, "cosigned");
  await evidence.settle();
  const { witnesses } = await status();
  assert.deepEqual(
    witnesses.map(({ name, alarms }: { name: string; alarms: number }) => [name, alarms]),
    witnessNames.map((name, i) => [name, i === 0 ? 2 : 0]),
  );
});

/** As a superuser does it: triggers off. */
async function tamper(sql: string): Promise<void> {
  await transaction(own.platform.house.pool, async (tx) => {
    await tx.query("SET LOCAL session_replication_role = replica");
    await tx.query(sql);
  });
}

const put = (position: number, from: number) =>
  `UPDATE record.position SET event_id = (SELECT event_id FROM kept WHERE position = ${from}) WHERE position = ${position}`;
const aside = "UPDATE record.position SET event_id = -1 WHERE position = 2";
const edits: readonly [name: string, does: string, undoes: string, position: number][] = [
  [
    "edits an event",
    "UPDATE record.event SET event = replace(event, '\"v\":1', '\"v\":2') WHERE id = (SELECT event_id FROM record.position WHERE position = 1)",
    "UPDATE record.event SET event = replace(event, '\"v\":2', '\"v\":1') WHERE id = (SELECT event_id FROM record.position WHERE position = 1)",
    1,
  ],
  [
    "removes an event",
    "CREATE TABLE kept AS SELECT * FROM record.position WHERE position = 2; DELETE FROM record.position WHERE position = 2",
    "INSERT INTO record.position SELECT * FROM kept; DROP TABLE kept",
    3,
  ],
  [
    "re-orders two events",
    `CREATE TABLE kept AS SELECT * FROM record.position WHERE position IN (2, 3); ${aside}; ${put(3, 2)}; ${put(2, 3)}`,
    `${aside}; ${put(3, 3)}; ${put(2, 2)}; DROP TABLE kept`,
    2,
  ],
  [
    "edits a leaf",
    "UPDATE evidence.leaf SET entry = replace(entry, '\"v\":1', '\"v\":2') WHERE seq = 1",
    "UPDATE evidence.leaf SET entry = replace(entry, '\"v\":2', '\"v\":1') WHERE seq = 1",
    1,
  ],
  [
    "removes a leaf",
    "CREATE TABLE kept AS SELECT * FROM evidence.leaf WHERE seq = 1; DELETE FROM evidence.leaf WHERE seq = 1",
    "INSERT INTO evidence.leaf SELECT * FROM kept; DROP TABLE kept",
    1,
  ],
];

for (const [name, does, undoes, position] of edits)
  test(`a superuser who ${name} is found by the self-check and by verify --live`, { timeout: 60_000 }, async () => {
    assert.deepEqual((await evidence.check()).fault, null);
    await tamper(does);
    const found = (await evidence.check()).fault;
    const { standing } = evidence;
    const { code, said } = verifyLive(own);
    await tamper(undoes);
    assert.deepEqual([found?.position, standing.witnesses], [position, "closed"]);
    assert.equal(code, 1, said);
    assert.match(said, new RegExp(`^E_LIVE {2}position ${position}: `, "m"));
    assert.equal((await evidence.check()).fault, null);
  });

test("with nothing changed verify --live agrees, and names what only receipts cover", { timeout: 60_000 }, async () => {
  const { code, said } = verifyLive(own);
  assert.equal(code, 0, said);
  assert.match(said, /notary\.localhost\/w4 +holds a head of \d+ leaves/);
  assert.match(said, /^ok$/m);
});
