import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import pg from "pg";
import { HouseError } from "./house-error.ts";
import { openDatabase, stopSharedServer } from "./launcher.ts";
import { openPool } from "./pool.ts";

const quiet = () => undefined;
const home = mkdtempSync("/var/tmp/egret-launcher-test-");
chmodSync(home, 0o755);
const isRoot = process.getuid?.() === 0;

after(async () => {
  await stopSharedServer(join(home, "postgres")).catch(quiet);
  rmSync(home, { recursive: true, force: true });
});

/** Runs one statement on its own connection. */
async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Where this server's data folder is, in its own words. */
async function dataFolder(url: string): Promise<string> {
  return String((await ask(url, "SHOW data_directory"))[0]?.data_directory);
}

function serverProcess(data: string): number {
  return Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
}

/** Another process that opens the database and then waits to be killed. */
async function anotherProcess(): Promise<ReturnType<typeof spawn>> {
  const launcher = join(import.meta.dirname, "launcher.ts");
  const code = `import { openDatabase } from ${JSON.stringify(launcher)};
    const { url } = await openDatabase({ home: ${JSON.stringify(home)}, name: "egret", say: () => undefined });
    console.log(url);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

test("a first start makes the database, a second finds it again with what was in it", async () => {
  const first = await openDatabase({ home, name: "egret", say: quiet });
  await ask(first.url, "CREATE TABLE kept AS SELECT 7 AS x");
  await first.close();
  await assert.rejects(ask(first.url, "SELECT 1"), "the last to close stops the server");
  const second = await openDatabase({ home, name: "egret", say: quiet });
  assert.deepEqual(await ask(second.url, "SELECT x FROM kept"), [{ x: 7 }]);
  assert.equal((await ask(second.url, "SHOW listen_addresses"))[0]?.listen_addresses, "", "never on the network");
  await second.close();
});

test("the server of a process killed by kill -9 is adopted, and stopped by the adopter", async () => {
  const killed = await anotherProcess();
  killed.kill("SIGKILL");
  await once(killed, "exit");
  const next = await openDatabase({ home, name: "egret", say: quiet });
  const data = await dataFolder(next.url);
  assert.deepEqual(await ask(next.url, "SELECT x FROM kept"), [{ x: 7 }]);
  await next.close();
  assert.equal(existsSync(join(data, "postmaster.pid")), false);
});

test("a server that another process uses stays up", async () => {
  const other = await anotherProcess();
  const mine = await openDatabase({ home, name: "egret", say: quiet });
  await mine.close();
  assert.deepEqual(await ask(mine.url, "SELECT 1 AS x"), [{ x: 1 }]);
  other.kill("SIGKILL");
  await once(other, "exit");
});

test("a killed server is reported as lost, and starts again with what was committed", async () => {
  const first = await openDatabase({ home, name: "egret", say: quiet });
  const pool = openPool({ url: first.url });
  await pool.query("INSERT INTO kept VALUES (8)");
  process.kill(serverProcess(await dataFolder(first.url)), "SIGKILL");
  const reason = await first.lost;
  assert.equal(reason.problem, "database-gone");
  await pool.end();
  const second = await openDatabase({ home, name: "egret", say: quiet });
  assert.deepEqual(await ask(second.url, "SELECT x FROM kept ORDER BY x"), [{ x: 7 }, { x: 8 }]);
  await second.close();
});

test("a stale lock file whose number now belongs to another program does not hold up the start", async () => {
  const first = await openDatabase({ home, name: "egret", say: quiet });
  const data = await dataFolder(first.url);
  await first.close();
  writeFileSync(join(data, "postmaster.pid"), `${process.pid}\n${data}\n1700000000\n5432\n\n`);
  const second = await openDatabase({ home, name: "egret", say: quiet });
  await second.close();
});

test("under a closed home the data are kept where the database's user can read them, and we say where", { timeout: 60_000 }, async () => {
  const closed = join(home, "closed");
  mkdirSync(closed, { mode: 0o700 });
  const said: string[] = [];
  const opened = await openDatabase({ home: closed, name: "egret", say: (sentence) => said.push(sentence) });
  const data = await dataFolder(opened.url);
  await opened.close();
  if (isRoot) {
    assert.match(data, /^\/var\/tmp\/egret-/);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /so its data are kept in \/var\/tmp\/egret-/);
    rmSync(join(data, ".."), { recursive: true });
  } else {
    assert.equal(data, join(closed, "postgres", "data"));
  }
});

test("an outside database that is not there is one plain sentence", async () => {
  const wish = { url: "postgresql://nobody@127.0.0.1:9/none", home, name: "egret" };
  await assert.rejects(
    openDatabase(wish),
    (error) => error instanceof HouseError && error.problem === "database-gone" && !error.message.includes("\n"),
  );
});

test("an outside database that may lose what it acknowledged is refused", async () => {
  const inside = await openDatabase({ home, name: "egret", say: quiet });
  await ask(inside.url, "ALTER DATABASE egret SET synchronous_commit = off");
  await assert.rejects(
    openDatabase({ url: inside.url, home, name: "egret" }),
    (error) => error instanceof HouseError && error.problem === "database-unsafe",
  );
  await ask(inside.url, "ALTER DATABASE egret RESET synchronous_commit");
  const outside = await openDatabase({ url: inside.url, home, name: "egret" });
  await outside.close();
  await inside.close();
});
