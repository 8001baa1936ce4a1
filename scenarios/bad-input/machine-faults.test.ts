/** When the machine around us is not fit, the server says one plain sentence and ends with a code other than zero. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { houseErrorFrom } from "../../server/runtime/database/index.ts";
import { type TestDatabase, testDatabase } from "../../server/runtime/database/test-database.ts";
import { type Child, startChild } from "../../simulators/child.ts";
import { receiptKeyOf } from "../sandbox/server-process.ts";

const repository = resolve(import.meta.dirname, "../..");
const program = join(repository, "server/app/main.ts");
const flags = ["--disable-warning=ExperimentalWarning"];

let folder: string;
let database: TestDatabase;
let keeper: Child<{ url: string }>;
let environment: NodeJS.ProcessEnv;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "egret-machine-"));
  database = await testDatabase();
  const plain = { ...process.env, EGRET_HOME: join(folder, "home"), DATABASE_URL: database.url, PORT: "0" };
  const receiptKey = await receiptKeyOf(plain);
  keeper = await startChild(join(repository, "server/trade/bidding/key-keeper/main.ts"), join(folder, "keeper"), [
    "--receipt-key",
    receiptKey,
    "--sandbox",
  ]);
  environment = {
    ...plain,
    EGRET_KEEPER_URL: keeper.ready.url,
    EGRET_KEEPER_TOKEN: readFileSync(join(folder, "keeper/token"), "utf8").trim(),
  };
});
after(async () => {
  await keeper.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  said: string[];
}

/** Runs until it ends; what it said on standard error, line by line. */
function ended(child: ChildProcess): Promise<Ended> {
  let text = "";
  child.stderr?.on("data", (data: Buffer) => {
    text += data.toString();
  });
  return new Promise((done) => child.once("close", (code) => done({ code, said: text.trim().split("\n") })));
}

function start(changes: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [...flags, program], { env: { ...environment, ...changes }, stdio: ["ignore", "pipe", "pipe"] });
}

function ready(child: ChildProcess): Promise<unknown> {
  return new Promise((listening) => child.stdout?.once("data", listening));
}

/** One plain sentence for a person: no stack, no driver's words, not zero. */
function isOneSentence({ code, said }: Ended, words: RegExp): void {
  assert.notEqual(code, 0);
  assert.equal(said.length, 1, said.join("\n"));
  assert.match(said[0] ?? "", words);
  assert.match(said[0] ?? "", /^[A-Z][^\n]*\.$/);
}

function listening(): Promise<Server> {
  const server = createServer();
  return new Promise((open) => server.listen(0, "127.0.0.1", () => open(server)));
}

test("the port is taken", async () => {
  const other = await listening();
  const { port } = other.address() as AddressInfo;
  isOneSentence(await ended(start({ PORT: String(port) })), new RegExp(`[Pp]ort ${port} is taken`));
  other.close();
});

test("a second server on one database", async () => {
  const first = start({});
  await ready(first);
  isOneSentence(await ended(start({})), /Another server already runs on this database/);
  const end = ended(first);
  first.kill("SIGTERM");
  assert.equal((await end).code, 0, "the first ends in peace when it is asked to");
});

test("the database is not there, does not exist, or refuses us", async () => {
  const silent = await listening();
  const { port } = silent.address() as AddressInfo;
  await new Promise((closed) => silent.close(closed));
  isOneSentence(await ended(start({ DATABASE_URL: `postgres://egret@127.0.0.1:${port}/egret` })), /does not answer/);
  const missing = new URL(database.url);
  missing.pathname = "/no_such_database";
  isOneSentence(await ended(start({ DATABASE_URL: missing.href })), /does not exist/);
});

test("the database goes away while we run", async () => {
  const child = start({});
  await ready(child);
  const end = ended(child);
  await database.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  isOneSentence(await end, /database/);
});

test("the database is too old", async () => {
  const old = await testDatabase();
  // The server says another number than its own: what a server of that age would say.
  await old.pool.query(
    "CREATE FUNCTION public.current_setting(name text) RETURNS text LANGUAGE sql AS $$ SELECT CASE WHEN name LIKE 'server_version%' THEN '140022' ELSE pg_catalog.current_setting(name) END $$",
  );
  await old.pool.query(`ALTER DATABASE ${new URL(old.url).pathname.slice(1)} SET search_path = public, pg_catalog`);
  isOneSentence(await ended(start({ DATABASE_URL: old.url })), /too old for Egret/);
  await old.drop();
});

test("the database is newer than this program", async () => {
  const newer = await testDatabase();
  await newer.pool.query("INSERT INTO runtime.migration (name, checksum) VALUES ('9999-tomorrow.sql', '')");
  isOneSentence(await ended(start({ DATABASE_URL: newer.url })), /newer than this program/);
  await newer.drop();
});

test("the key keeper is not there", async () => {
  const silent = await listening();
  const { port } = silent.address() as AddressInfo;
  await new Promise((closed) => silent.close(closed));
  isOneSentence(await ended(start({ EGRET_KEEPER_URL: `http://127.0.0.1:${port}` })), /key keeper/);
  isOneSentence(await ended(start({ EGRET_KEEPER_URL: "" })), /key keeper/);
});

test("the configuration means nothing", async () => {
  isOneSentence(await ended(start({ PORT: "harbour" })), /PORT/);
  isOneSentence(await ended(start({ EGRET_MODE: "test" })), /EGRET_MODE/);
  isOneSentence(await ended(start({ EGRET_CRASH_AT: "CP99.nowhere" })), /crash point/);
});

test("the disk is full: the sentence, and live on a disk of 4 KiB where this machine lets us make one", async () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  assert.equal(houseErrorFrom(full)?.problem, "disk-full");
  const tiny = join(folder, "tiny");
  const command = `mkdir -p ${tiny} && mount -t tmpfs -o size=4k tmpfs ${tiny} && head -c 8192 /dev/zero > ${tiny}/filler 2>/dev/null; exec "$0" "$@"`;
  // A name space of our own: nothing outside this process sees the mount. Where none may be made, the sentence alone is tested.
  if (spawnSync("unshare", ["-rm", "true"]).status !== 0) return;
  const child = spawn("unshare", ["-rm", "sh", "-c", command, process.execPath, ...flags, program, "receipt-key"], {
    env: { ...environment, EGRET_HOME: join(tiny, "home") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  isOneSentence(await ended(child), /disk is full/);
});
