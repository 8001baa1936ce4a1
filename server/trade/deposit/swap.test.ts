/**
 * The swap (decisions §3): two lots of 2 and 9 firms, and the same two lots of 9 and 2. Whoever holds the whole
 * database sees the same rows in both worlds, ids of the lots kept, everything random renamed. Before the
 * opening nobody can tell which lot has more bidders; after it everybody can, so the test can see.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { transaction } from "../../runtime/database/index.ts";
import { publishedLot } from "../tendering/testing/published-lot.ts";
import { roadTerms } from "../tendering/testing/road-document.ts";
import { type DepositHouse, depositHouse, payerOf } from "./testing/deposit-house.ts";
import { pay } from "./testing/loop-bank.ts";

const firmCount = 11;

interface World extends DepositHouse {
  lots: [string, string];
}

/** The first firms act in the first lot, the others in the second; everybody does the same. */
async function worldOf(inFirst: number): Promise<World> {
  const made = await depositHouse("swap");
  const { house, people } = made;
  const guarantor = await house.person("guarantor", "鹭江沙箱银行");
  const first = await publishedLot(house, people);
  const second = await publishedLot(house, people);
  for (let index = 0; index < firmCount; index++) {
    const firm = await house.person("bidder", `第${index + 1}建设有限公司`);
    const lotId = index < inFirst ? first : second;
    await house.done(firm, "doc.take", lotId, { version: 1 });
    const { account } = await house.done(firm, "dep.open", lotId, {});
    await pay(house, { account, amountFen: BigInt(roadTerms.depositFen), bankRef: `br-swap-${index}`, ...(await payerOf(house, firm)) });
    const { guaranteeId } = await house.done(firm, "gua.apply", lotId, { guarantor: guarantor.organisationId, form: "3" });
    await house.done(guarantor, "gua.issue", lotId, { guaranteeId, number: "BH", untilOn: "2027-04-07", fileSha256: null });
  }
  return { ...made, lots: [first, second] };
}

/** Every row of every table, lots by their names, whatever is random by its length only. */
async function rowsOf({ house, lots }: World): Promise<string[]> {
  return transaction(house.house.pool, async (tx) => {
    const tables = await tx.query<{ name: string }>(
      "SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
    );
    const rows: string[] = [];
    for (const { name } of tables.rows) {
      const { rows: lines } = await tx.query<{ line: string }>(`SELECT to_jsonb(t)::text AS line FROM ${name} t`);
      for (const { line } of lines) rows.push(`${name} ${renamed(line, lots)}`);
    }
    return rows.sort();
  });
}

function renamed(line: string, [first, second]: [string, string]): string {
  return line
    .replaceAll(first.slice(4), "<FIRST>")
    .replaceAll(second.slice(4), "<SECOND>")
    .replace(/\b([a-z]{3})_[0-9A-HJKMNP-TV-Z]{26}\b/g, "$1_*")
    .replace(/[0-9a-f]{24,}/g, (hex) => `hex${hex.length}`)
    .replace(/[A-Za-z0-9+/=]{40,}/g, (base64) => `base64:${base64.length}`)
    .replace(/"(id|event_id|position)": \d+/g, '"$1": n')
    .replace(/"key": "[^"]*"/g, '"key": *')
    .replace(/0000\d{16}/g, "account");
}

const isSealed = (row: string) => row.includes("sealed");

test("nobody with the whole database can tell which of two lots has two firms and which has nine", async () => {
  const few = await worldOf(2);
  const many = await worldOf(9);
  const [left, right] = [await rowsOf(few), await rowsOf(many)];
  assert.ok(left.filter(isSealed).length > 50, "there are sealed acts to compare");
  assert.deepEqual(left, right);

  // The control: at the opening the deposits are joined to their lots, and the two worlds differ.
  for (const world of [few, many]) await world.house.jumpTo(roadTerms.bidDeadlineAt);
  assert.notDeepEqual(await rowsOf(few), await rowsOf(many));
  for (const world of [few, many]) await world.house.close();
});
