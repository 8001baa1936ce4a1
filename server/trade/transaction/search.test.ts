/** Words are found exactly: each answer and each count is compared with what LIKE finds without the index. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type TestDatabase, testDatabase } from "../../runtime/database/test-database.ts";
import { countLots, gramsOf, normalised, rowsStatement, wordsOf } from "./search.ts";
import { listLots } from "./views.ts";

let database: TestDatabase;
const everybody = { publicOnly: true, limit: 50 };

const lots = [
  ["污水处理厂二期工程施工", "A02-1235-000001-4", "housing", "350206", "tendering.publish"],
  ["供水管网改造第3标段", "A02-1235-000002-2", "water", "350203", "tendering.publish"],
  ["Ｂ１地块土石方（100%国有资金）", "A02-1235-000003-0", "housing", "350206", "award.publishResult"],
  ["尚未公告的排污口整治", "", "water", "350206", "none"],
] as const;

before(async () => {
  database = await testDatabase();
  for (const [index, [title, code, sector, region, step]] of lots.entries()) {
    const words = `${title} ${code}`;
    const isPublic = step !== "none";
    await database.pool.query(
      `INSERT INTO transaction.lot (lot_id, transaction_id, project_id, title, state, procedure_id, buyer, centre, supervisor, sector, region_code,
         estimate_fen, deal_code, round, run, pass, is_public, opened_at, search, grams, done_steps, bid_deadline_ms)
       VALUES ($1, 't', 'p', $2, 'running', 'CO', 'org_own', 'c', 's', $3, $4, $5, $6, 1, 1, 1, $7, $8, $9, $10, $11, $12)`,
      [
        `lot_${index}`,
        title,
        sector,
        region,
        String((index + 1) * 100_000_000),
        code,
        isPublic,
        `2026-11-0${index + 1}T00:00:00Z`,
        normalised(words),
        gramsOf(words),
        isPublic ? ["tendering.publish", step] : [],
        index * 1000,
      ],
    );
  }
});
after(() => database.drop());

const found = async (filter: object) => (await listLots(database.pool, { ...everybody, ...filter })).map(({ lotId }) => lotId);

for (const [claim, text, expected] of [
  ["a word of two characters", "污水", ["lot_0"]],
  ["one character", "水", ["lot_1", "lot_0"]],
  ["a word that a dictionary would cut elsewhere", "污水处理", ["lot_0"]],
  ["a figure between characters", "第3标段", ["lot_1"]],
  ["the tail of a code", "000003-0", ["lot_2"]],
  ["full width is half width, upper case is lower case", "b1地块", ["lot_2"]],
  ["a percent sign is a character", "100%", ["lot_2"]],
  ["an underscore is a character", "_", []],
  ["two words in any order", "标段 供水", ["lot_1"]],
  ["pairs that stand apart are no word", "水厂", []],
] as const) {
  test(`${claim}: ${text}`, async () => assert.deepEqual(await found({ text }), expected));
}

test("whoever buys is found by its name, but nothing else of what it keeps to itself", async () => {
  assert.deepEqual(await found({ text: "鹭江新城", parties: ["org_own"] }), ["lot_2", "lot_1", "lot_0"]);
  assert.deepEqual(await found({ text: "鹭江新城", parties: ["org_other"] }), []);
});

test("what is not public is found by its own parties only", async () => {
  assert.deepEqual(await found({ text: "排污" }), []);
  assert.deepEqual(await found({ text: "排污", publicOnly: false, organisationId: "org_own" }), ["lot_3"]);
  assert.deepEqual(await found({ text: "排污", publicOnly: false, organisationId: "org_own", published: true }), []);
});

test("filters narrow, and the counts of a choice leave that choice open", async () => {
  const filter = { ...everybody, sector: "housing", stage: "tendering" };
  assert.deepEqual(await found(filter), ["lot_0"]);
  assert.deepEqual(await countLots(database.pool, filter), {
    total: 1,
    choices: {
      stage: [
        { value: "result", count: 1 },
        { value: "tendering", count: 1 },
      ],
      region: [{ value: "350206", count: 1 }],
      sector: [
        { value: "housing", count: 1 },
        { value: "water", count: 1 },
      ],
    },
  });
  assert.deepEqual(await found({ fromFen: 200_000_000n, toFen: 300_000_000n }), ["lot_1"]);
  assert.deepEqual(await found({ dueAfter: 0, dueBefore: 1000 }), ["lot_1"]);
  assert.deepEqual(await found({ limit: 1, offset: 1 }), ["lot_1"]);
});

test("the migration makes the same pairs as the program", async () => {
  const pairs = `SELECT ARRAY(SELECT DISTINCT pair FROM (SELECT substr(search, place, 2) AS pair FROM generate_series(1, length(search) - 1) AS place) AS pairs
                 WHERE pair !~ '\\s' ORDER BY pair) AS made, grams FROM transaction.lot`;
  for (const { made, grams } of (await database.pool.query(pairs)).rows) assert.deepEqual(new Set(made), new Set(grams));
});

test("the index is used from two characters on", () => {
  assert.match(rowsStatement({ ...everybody, text: "排污" }).text, /grams @>/);
  assert.doesNotMatch(rowsStatement({ ...everybody, text: "污" }).text, /grams @>/);
  assert.equal(wordsOf("一 二 三 四 五 六 七 八 九").length, 8);
});
