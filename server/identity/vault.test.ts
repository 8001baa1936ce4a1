/** Personal data: unreadable in the database without the person's own key, and gone with it. 个人信息保护法 第51条. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { seededRandom } from "../kernel/index.ts";
import { transaction } from "../runtime/database/index.ts";
import { type TestDatabase, testDatabase } from "../runtime/database/test-database.ts";
import { readDetails, storeDetails } from "./vault.ts";

let database: TestDatabase;
before(async () => {
  database = await testDatabase();
});
after(() => database.drop());

const random = seededRandom("vault");
const details = { name: "林晓鹭", phone: "13900000001", idNumber: "350203199001010018" };
const store = (personId: string) => transaction(database.pool, (tx) => storeDetails(tx, personId, details, random));

test("details come back whole, and the table holds none of their bytes", async () => {
  await store("per_a");
  assert.deepEqual((await readDetails(database.pool, ["per_a"])).get("per_a"), details);
  const { rows } = await database.pool.query<{ sealed: Buffer }>("SELECT sealed FROM identity.vault WHERE person_id = 'per_a'");
  for (const secret of Object.values(details)) assert.equal(rows[0]?.sealed.includes(secret), false);
});

test("what an event may hold differs for the same details of two people", async () => {
  assert.notEqual(await store("per_b"), await store("per_c"));
});

test("with the key of a person the details are gone; those of others stay", async () => {
  await store("per_d");
  await store("per_e");
  await database.pool.query("DELETE FROM identity.vault_key WHERE person_id = 'per_d'");
  const known = await readDetails(database.pool, ["per_d", "per_e"]);
  assert.deepEqual([...known.keys()], ["per_e"]);
});
