/**
 * Wrong, late, oversized, truncated, duplicated and replayed requests over a real socket: each gets
 * problem+json with a code, and nothing durable changes.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { type Command, type SignedCommand, signCommand } from "../../formats/act.ts";
import { hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import { buildEdge } from "../../server/app/http.ts";
import { stages } from "../../server/app/testing/stages.ts";
import { type TestHouse, type TestPerson, testHouse } from "../../server/app/testing/test-house.ts";
import { openSession } from "../../server/identity/index.ts";
import { newId } from "../../server/kernel/index.ts";
import { procedureById } from "../../server/kinds/index.ts";
import { machineClock } from "../../server/runtime/clock/clock.ts";
import { bidDeadline, makeBid, type OpenLot, openLots } from "../../server/trade/bidding/testing/sealed-bid.ts";
import { roadProject, tradePeople } from "../../server/trade/catalogue/testing/admitted-lot.ts";
import type { Procedure } from "../../server/trade/transaction/index.ts";

let house: TestHouse;
let edge: Awaited<ReturnType<typeof buildEdge>>;
let base: string;
let lot: OpenLot;
let other: OpenLot;
let bidder: TestPerson;
let tokens: Map<string, string>;
const faults: unknown[] = [];

before(async () => {
  house = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure });
  edge = await buildEdge({ house: house.house, onFault: (error) => faults.push(error) });
  base = await edge.listen({ host: "127.0.0.1", port: 0 });
  [lot, other] = (await openLots(house, await tradePeople(house), ["甲标段", "乙标段"])) as [OpenLot, OpenLot];
  bidder = await house.person("bidder", "建设公司甲");
  tokens = new Map();
  for (const person of [bidder, lot.people.buyer, lot.people.agent]) {
    tokens.set(
      person.personId,
      await openSession(house.house.pool, { personId: person.personId, machineNow: machineClock.now(), random: house.random }),
    );
  }
});
after(async () => {
  await edge.close();
  await house.close();
});

function commandOf(person: TestPerson, act: string, wish: Partial<Command> = {}): SignedCommand {
  const commandId = newId("cmd", house.clock.now(), house.random);
  const { membershipId: membership } = person;
  const { nonce } = house.house.nonces.issue({ act, membership, lotId: null, ...wish });
  return signCommand({ v: 1, act, commandId, membership, lotId: null, data: {}, nonce, ...wish }, person.secretKey);
}

interface Posting {
  by?: TestPerson;
  key?: string;
  path?: string;
  type?: string;
}

async function post(
  body: string | Uint8Array<ArrayBuffer>,
  { by = bidder, key, path, type = "application/json" }: Posting,
): Promise<Response> {
  const headers = {
    "content-type": type,
    authorization: `Bearer ${tokens.get(by.personId)}`,
    ...(key === undefined ? {} : { "idempotency-key": key }),
  };
  return fetch(`${base}/api/v1${path ?? "/acts/bid.seal"}`, {
    method: path?.startsWith("/files") || path?.startsWith("/chunks") ? "PUT" : "POST",
    headers,
    body,
  });
}

const send = (command: SignedCommand, wish: Posting = {}) =>
  post(JSON.stringify(command), { key: command.commandId, path: `/acts/${command.act}`, ...wish });

/** Everything durable but kept refusals and sign-ins, as counts. */
async function durable(): Promise<Record<string, number>> {
  const { rows } = await house.house.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'runtime') AND schemaname || '.' || tablename NOT IN ('record.command', 'record.reader') AND tablename NOT IN ('session', 'audit')`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows)
    counts[name] = (await house.house.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name}`)).rows[0]?.n ?? 0;
  return counts;
}

/** The request gets exactly this refusal, in the one form of all problems, and changes nothing. */
async function refused(ask: () => Promise<Response>, status: number, code: string): Promise<Record<string, unknown>> {
  await house.house.settle();
  const before = await durable();
  const answer = await ask();
  const problem = (await answer.json()) as Record<string, unknown>;
  await house.house.settle();
  assert.deepEqual([answer.status, problem.code], [status, code], JSON.stringify(problem));
  assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/);
  assert.ok(problem.title && problem.detail, "a problem has words");
  assert.deepEqual(await durable(), before, `${code} left something behind`);
  assert.deepEqual(faults.splice(0), [], "the house met a fault");
  return problem;
}

test("what is no JSON, or two documents in one, is refused", async () => {
  const text = JSON.stringify(commandOf(lot.people.buyer, "prj.register", { data: roadProject }));
  const by = lot.people.buyer;
  const key = JSON.parse(text).commandId;
  const asPosted = (body: string | Uint8Array<ArrayBuffer>) => () => post(body, { by, key, path: "/acts/prj.register" });
  await refused(asPosted(text.slice(0, -20)), 400, "request.invalid");
  await refused(asPosted(""), 400, "request.invalid");
  await refused(asPosted("null"), 400, "request.invalid");
  await refused(asPosted("[]"), 400, "request.invalid");
  await refused(asPosted(text.replace('"v":1', '"v":1,"v":1')), 400, "request.invalid");
  await refused(asPosted(text.replace('"data":{', '"data":{"name":"另一个","')), 400, "request.invalid");
  await refused(asPosted(text.replace(/"name":"/, '"name":"\\ud800')), 400, "request.invalid");
  await refused(asPosted(text.replace('"v":1', '"v":1.5')), 400, "request.invalid");
  await refused(asPosted(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])), 400, "request.invalid");
  await refused(asPosted(`${"[".repeat(50_000)}${"]".repeat(50_000)}`), 400, "request.invalid");
  await refused(asPosted(text.replace("{", '{"more":1,')), 400, "request.invalid");
});

test("another content type, a body that is too large, an address that is none", async () => {
  const command = commandOf(lot.people.buyer, "prj.register", { data: roadProject });
  const by = lot.people.buyer;
  await refused(() => send(command, { by, type: "text/xml" }), 415, "request.media-type");
  await refused(() => post("x".repeat(2_000_000), { by, key: command.commandId, path: "/acts/prj.register" }), 413, "request.too-large");
  await refused(() => fetch(`${base}/api/v1/acts`, { method: "DELETE" }), 404, "object.unknown");
  await refused(() => fetch(`${base}/api/v1/lots/lot_nobody`), 404, "object.unknown");
  await refused(() => fetch(`${base}/api/v1/sandbox/sessions`, { method: "POST" }), 404, "object.unknown");
});

test("no session, a made-up session, another's session", async () => {
  const command = commandOf(lot.people.buyer, "prj.register", { data: roadProject });
  const bare = (token?: string) => () =>
    fetch(`${base}/api/v1/acts/prj.register`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": command.commandId,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(command),
    });
  await refused(bare(), 401, "auth.required");
  await refused(bare("0".repeat(64)), 401, "auth.required");
  await refused(bare("' OR 1=1 --"), 401, "auth.required");
  // A command that was signed by its own person and caught on the way, sent by somebody else.
  await refused(() => send(command, { by: bidder }), 403, "act.not-your-role");
});

test("a key that is not the command's, an act that is not the address's, an act that nobody knows", async () => {
  const by = lot.people.buyer;
  const command = commandOf(by, "prj.register", { data: roadProject });
  await refused(() => send(command, { by, key: "cmd_00000000000000000000000000" }), 400, "request.key-missing");
  await refused(() => post(JSON.stringify(command), { by, path: "/acts/prj.register" }), 400, "request.key-missing");
  await refused(() => send(command, { by, path: "/acts/adm.submit" }), 400, "request.key-missing");
  await refused(() => send(commandOf(by, "prj.destroy"), { by }), 404, "act.unknown");
});

test("a signature that is not the person's, or not over these bytes", async () => {
  const by = lot.people.buyer;
  const command = commandOf(by, "prj.register", { data: roadProject });
  const forged = signCommand(command, bidder.secretKey);
  await refused(() => send(forged, { by }), 401, "auth.act-signature-invalid");
  await refused(() => send({ ...command, data: { ...roadProject, name: "改名" } }, { by }), 401, "auth.act-signature-invalid");
  await refused(() => send({ ...command, sig: "0".repeat(128) }, { by }), 401, "auth.act-signature-invalid");
  await refused(() => send({ ...command, sig: "zz" }, { by }), 400, "request.invalid");
});

test("a membership that is another's or none, a lot of others, a lot that is not there", async () => {
  const agent = lot.people.agent;
  await refused(
    () =>
      send(commandOf(agent, "ntc.publish", { membership: lot.people.buyer.membershipId, lotId: lot.lotId, data: { acknowledged: [] } }), {
        by: agent,
      }),
    403,
    "act.not-your-role",
  );
  await refused(
    () => send(commandOf(agent, "ntc.publish", { membership: "mem_none.1", lotId: lot.lotId, data: { acknowledged: [] } }), { by: agent }),
    403,
    "act.not-your-role",
  );
  await refused(() => send(commandOf(bidder, "ntc.publish", { lotId: lot.lotId, data: { acknowledged: [] } })), 403, "act.not-your-role");
  await refused(
    () => send(commandOf(agent, "ntc.publish", { lotId: "lot_00000000000000000000000000", data: { acknowledged: [] } }), { by: agent }),
    404,
    "object.unknown",
  );
  await refused(
    () => send(commandOf(agent, "ntc.publish", { lotId: null, data: { acknowledged: [] } }), { by: agent }),
    404,
    "object.unknown",
  );
  await refused(
    () => send(commandOf(agent, "ntc.publish", { lotId: lot.lotId, data: { acknowledged: [], force: true } }), { by: agent }),
    400,
    "request.invalid",
  );
});

test("a replayed command has its first answer and no second effect; under its id nothing else is taken", async () => {
  const by = lot.people.buyer;
  const command = commandOf(by, "prj.register", { data: { ...roadProject, investmentProjectCode: "2604-350213-48-01-900077" } });
  const first = await (await send(command, { by })).text();
  await house.house.settle();
  const before = await durable();
  const again = await Promise.all(Array.from({ length: 8 }, async () => (await send(command, { by })).text()));
  assert.deepEqual(new Set(again), new Set([first]));
  assert.deepEqual(await durable(), before);
  const reused = signCommand({ ...command, data: { ...roadProject, name: "另一项目" } }, by.secretKey);
  await refused(() => send(reused, { by }), 422, "request.key-reused");
});

test("one command sent twenty times at once happens once", async () => {
  const by = lot.people.buyer;
  const command = commandOf(by, "prj.register", { data: { ...roadProject, investmentProjectCode: "2604-350213-48-01-900078" } });
  const count = async () =>
    (await house.house.pool.query<{ n: number }>("SELECT count(*)::int AS n FROM record.event WHERE type = 'prj.registered'")).rows[0]?.n ??
    0;
  const before = await count();
  const answers = await Promise.all(Array.from({ length: 20 }, async () => (await send(command, { by })).text()));
  assert.equal(new Set(answers).size, 1);
  assert.equal(await count(), before + 1);
});

test("a sealed bid with a foreign lot, a missing piece or another's key is refused in one size and leaves nothing", async () => {
  const bid = await makeBid(house, lot, { bidder });
  const sealed = async (lotId: string, data: unknown, code: string) => {
    const command = commandOf(bidder, "bid.seal", { lotId, data });
    const problem = await refused(() => send(command), 422, code);
    return problem;
  };
  await sealed(other.lotId, bid.submission, "bid.unencrypted");
  await sealed(
    lot.lotId,
    { ...bid.submission, chunks: bid.submission.chunks.map((chunk) => ({ ...chunk, name: "f".repeat(32) })) },
    "bid.incomplete",
  );
  const replayed = commandOf(bidder, "bid.seal", { lotId: lot.lotId, data: bid.submission });
  const first = await (await send(replayed)).text();
  assert.equal(first.length, 4096);
  await house.house.settle();
  const before = await durable();
  assert.equal(await (await send(replayed)).text(), first);
  assert.deepEqual(await durable(), before);
});

test("files: other bytes than the digest says, too many, a name that is none, a form that is not raw bytes", async () => {
  const bytes = new Uint8Array(randomBytes(1000));
  const name = hex(sha256(bytes));
  const raw = "application/octet-stream";
  await refused(() => post(new Uint8Array(randomBytes(1000)), { path: `/files/${name}`, type: raw }), 422, "file.digest-differs");
  assert.equal((await fetch(`${base}/api/v1/files/${name}`)).status, 404, "nothing lies under the digest");
  assert.equal((await post(bytes, { path: `/files/${name}`, type: raw })).status, 200);
  await refused(() => post(new Uint8Array(randomBytes(1000)), { path: `/files/${name}`, type: raw }), 422, "file.digest-differs");
  assert.deepEqual(new Uint8Array(await (await fetch(`${base}/api/v1/files/${name}`)).arrayBuffer()), bytes, "what was there stays");
  await refused(() => post("{}", { path: `/files/${name}` }), 415, "request.media-type");
  await refused(() => post(new Uint8Array(1), { path: "/files/..%2F..%2Fplatform.json", type: raw }), 400, "request.invalid");
  await refused(() => post(new Uint8Array(1), { path: "/chunks/short", type: raw }), 400, "request.invalid");
  await refused(() => post("{}", { path: `/chunks/${"a".repeat(32)}` }), 415, "request.media-type");
  await refused(
    () => post(new Uint8Array(4 * 1024 * 1024 + 1), { path: `/chunks/${"b".repeat(32)}`, type: raw }),
    413,
    "request.too-large",
  );
  assert.equal(await house.platform.files.sizeOf("b".repeat(32)), undefined);
});

test("a body that breaks off half-way leaves no file and no event", async () => {
  const before = await durable();
  const name = "c".repeat(32);
  const { port } = new URL(base);
  const half = async (head: string) => {
    const socket = connect(Number(port), "127.0.0.1");
    await new Promise((ready) => socket.once("connect", ready));
    socket.write(`${head}\r\nhost: localhost\r\nauthorization: Bearer ${tokens.get(bidder.personId)}\r\ncontent-length: 100000\r\n`);
    socket.write(`content-type: ${head.includes("chunks") ? "application/octet-stream" : "application/json"}\r\n\r\n${"x".repeat(5000)}`);
    await new Promise((soon) => setTimeout(soon, 100));
    socket.destroy();
  };
  await half(`PUT /api/v1/chunks/${name} HTTP/1.1`);
  await half("POST /api/v1/acts/prj.register HTTP/1.1");
  await new Promise((soon) => setTimeout(soon, 200));
  assert.equal(await house.platform.files.sizeOf(name), undefined);
  assert.deepEqual(await durable(), before);
  assert.deepEqual(faults.splice(0), [], "who breaks off is no fault of the platform");
  assert.equal((await fetch(`${base}/api/v1/health`)).status, 200, "the platform goes on");
});

test("at the very deadline a bid is in time; one millisecond later it is late, and what is late leaves nothing", async () => {
  const late = await house.person("bidder", "建设公司乙");
  tokens.set(
    late.personId,
    await openSession(house.house.pool, { personId: late.personId, machineNow: machineClock.now(), random: house.random }),
  );
  const bid = await makeBid(house, lot, { bidder: late });
  house.clock.jumpTo(Date.parse(bidDeadline));
  assert.equal((await send(commandOf(late, "bid.seal", { lotId: lot.lotId, data: bid.submission }), { by: late })).status, 200);
  await house.jumpTo(Date.parse(bidDeadline) + 1);
  const next = await makeBid(house, lot, { bidder: late, version: 2 });
  const problem = await refused(
    () => send(commandOf(late, "bid.seal", { lotId: lot.lotId, data: next.submission }), { by: late }),
    422,
    "bid.late",
  );
  assert.deepEqual([problem.ruleId, (problem.data as { deadline: string }).deadline], ["CON-035", bidDeadline]);
});
