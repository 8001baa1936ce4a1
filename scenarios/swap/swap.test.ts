/**
 * The swap test over the whole database (decisions §3, security §5.4): eleven firms take the document, seal,
 * replace and withdraw bids in two lots, two of them in the first and nine in the second; in the other world
 * it is the other way round. Before the opening a superuser with every table, every size, every statistic and
 * every file, and every reader by HTTP, sees the same in both.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { buildEdge } from "../../server/app/http.ts";
import { stages } from "../../server/app/testing/stages.ts";
import { type TestHouse, type TestPerson, testHouse } from "../../server/app/testing/test-house.ts";
import { openSession } from "../../server/identity/index.ts";
import { procedureById } from "../../server/kinds/index.ts";
import { machineClock } from "../../server/runtime/clock/clock.ts";
import { bidDeadline, makeBid, type OpenLot, openLots, testForm } from "../../server/trade/bidding/testing/sealed-bid.ts";
import { tradePeople } from "../../server/trade/catalogue/testing/admitted-lot.ts";
import type { Procedure } from "../../server/trade/transaction/index.ts";

const firmCount = 11;

interface World {
  house: TestHouse;
  lots: [OpenLot, OpenLot];
  stranger: TestPerson;
}

let few: World;
let many: World;
before(async () => {
  few = await worldOf(2);
  many = await worldOf(9);
});
after(async () => {
  for (const house of opened) await house.close();
});

const opened: TestHouse[] = [];

/** The first firms act in the first lot, the others in the second; firm by firm the same is done in the same order. */
async function worldOf(inFirst: number): Promise<World> {
  const house = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure, seed: "swap" });
  opened.push(house);
  const lots = (await openLots(house, await tradePeople(house), ["甲标段", "乙标段"])) as [OpenLot, OpenLot];
  const stranger = await house.person("bidder", "没有参加的建设公司");
  for (let index = 0; index < firmCount; index++) {
    const bidder = await house.person("bidder", `第${index + 1}建设有限公司`);
    const lot = index < inFirst ? lots[0] : lots[1];
    const seal = async (version: number) => {
      const made = await makeBid(house, lot, { bidder, version, form: testForm(`18${index}00000000`) });
      await house.done(bidder, "bid.seal", lot.lotId, made.submission);
      return made.bidDigest;
    };
    await house.done(bidder, "doc.take", lot.lotId, { version: 1 });
    const bidDigest = await seal(1);
    if (index === 0 || index === firmCount - 1) await seal(2);
    if (index === 1 || index === firmCount - 2) await house.done(bidder, "bid.withdraw", lot.lotId, { bidDigest });
  }
  return { house, lots, stranger };
}

/** Ids of lots by their place, everything random by its form and length only. */
function renamed({ lots: [first, second] }: World, text: string): string {
  return text
    .replaceAll(first.lotId.slice(4), "<FIRST>")
    .replaceAll(second.lotId.slice(4), "<SECOND>")
    .replace(/\b([a-z]{3})_[0-9A-HJKMNP-TV-Z]{26}\b/g, "$1_*")
    .replace(/[0-9a-f]{24,}/g, (hex) => `hex${hex.length}`)
    .replace(/[A-Za-z0-9+/=]{40,}/g, (base64) => `base64:${base64.length}`)
    .replace(/"(id|event_id|position)": ?\d+/g, '"$1": n')
    .replace(/"key": "[^"]*"/g, '"key": *');
}

async function tablesOf({ house }: World): Promise<string[]> {
  const { rows } = await house.house.pool.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
  );
  return rows.map(({ name }) => name);
}

/** Every row of every table. */
async function rowsOf(world: World): Promise<string[]> {
  const lines: string[] = [];
  for (const name of await tablesOf(world)) {
    const { rows } = await world.house.house.pool.query<{ line: string }>(`SELECT to_jsonb(t)::text AS line FROM ${name} t`);
    for (const { line } of rows) lines.push(`${name} ${renamed(world, line)}`);
  }
  return lines.sort();
}

/**
 * The size of every table and index, and what the server counts about it. Tables are packed first: how far a
 * file was extended depends on which connection came when, in any two runs of one and the same world.
 */
async function sizesOf({ house }: World): Promise<{ relation: string; rows: number | null; bytes: string; aside: string | null }[]> {
  await house.house.pool.query("VACUUM (FULL, ANALYZE)");
  const { rows } = await house.house.pool.query(
    `SELECT c.oid::regclass::text AS relation, pg_relation_size(c.oid) AS bytes, pg_relation_size(nullif(c.reltoastrelid, 0)) AS aside, c.reltuples AS rows
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind IN ('r', 'i') ORDER BY 1`,
  );
  return rows;
}

/** What each of these readers gets from every read that names a lot or lists lots, in each lot. */
async function listingsOf(world: World): Promise<string[]> {
  const { house, lots, stranger } = world;
  const edge = await buildEdge({ house: house.house, onFault: (error) => assert.fail(String(error)) });
  const { buyer, agent, centre, supervisor } = lots[0].people;
  const paths = house.house.reads.map(({ path }) => path).filter((path) => !path.replace(":lotId", "").includes(":"));
  const shown: string[] = [];
  for (const reader of [undefined, buyer, agent, centre, supervisor, stranger]) {
    const headers = reader ? await headersOf(house, reader) : {};
    for (const lot of lots) {
      for (const path of [...paths, "/lots/:lotId/next-steps"]) {
        const answer = await edge.inject({ url: `/api/v1${path.replace(":lotId", lot.lotId)}`, headers });
        const { "date-ms": _, "trace-id": __, date: ___, ...lines } = answer.headers;
        const body = answer.body.replace(/"traceId":"[^"]*"/, "");
        shown.push(
          renamed(
            world,
            `${reader?.role ?? "visitor"} ${path} ${lot === lots[0] ? "first" : "second"} ${answer.statusCode} ${JSON.stringify(lines)} ${body}`,
          ),
        );
      }
    }
  }
  await edge.close();
  return shown;
}

async function headersOf(house: TestHouse, { personId, membershipId }: TestPerson): Promise<Record<string, string>> {
  const token = await openSession(house.house.pool, { personId, machineNow: machineClock.now(), random: house.random });
  return { authorization: `Bearer ${token}`, "egret-membership": membershipId };
}

const first = (world: World) => world.lots[0].lotId.slice(4);

const pageBytes = 8192;

test("every row of every table is the same in both worlds", async () => {
  const [left, right] = [await rowsOf(few), await rowsOf(many)];
  assert.ok(left.filter((row) => row.startsWith("record.sealed_act")).length === 2 * firmCount + 4, "there is something to compare");
  assert.deepEqual(left, right);
});

test("every table and index has the same count, and the same size to one page", async () => {
  const [left, right] = [await sizesOf(few), await sizesOf(many)];
  const counted = (sizes: typeof left) => sizes.map(({ relation, rows }) => ({ relation, rows }));
  assert.deepEqual(counted(left), counted(right));
  // How rows of unequal length fill their pages depends on the order in which connections came, so equal rows may need a page more.
  // What the rows hold is compared above, value by value and length by length.
  const isApart = (here: string | null, there: string | null | undefined) => Math.abs(Number(here) - Number(there)) > pageBytes;
  const apart = left.filter((row, i) => isApart(row.bytes, right[i]?.bytes) || isApart(row.aside, right[i]?.aside));
  assert.deepEqual(apart, []);
});

test("every reader gets the same lists and pages, to the byte", async () => {
  const [left, right] = [await listingsOf(few), await listingsOf(many)];
  assert.ok(left.some((line) => / 200 /.test(line)) && left.length > 100);
  assert.deepEqual(left, right);
});

test("the comparison sees one row too many for each bid, and after the deadline everybody may count", async () => {
  const acts = (world: World, count: number) =>
    world.house.house.pool.query(
      "INSERT INTO record.command (actor, key, body_hash, status, answer) SELECT 'planted', 'bid of ' || $1 || n, '', 200, $1 FROM generate_series(1, $2::int) n",
      [first(world), count],
    );
  await acts(few, 2);
  await acts(many, 9);
  assert.notDeepEqual(await rowsOf(few), await rowsOf(many));
  for (const world of [few, many]) await world.house.jumpTo(bidDeadline);
  assert.notDeepEqual(await listingsOf(few), await listingsOf(many));
});
