import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { firstDifference, schemaOf } from "./schema.ts";

function migration(sql: string) {
  return [{ name: "0001-made.sql", sql, checksum: createHash("sha256").update(sql).digest("hex") }];
}

const SQL = `CREATE SCHEMA made;
  CREATE TYPE made.state AS ENUM ('draft', 'open');
  CREATE TABLE made.lot (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state made.state NOT NULL DEFAULT 'draft', price_fen numeric CHECK (price_fen > 0));
  CREATE INDEX lot_open ON made.lot (price_fen) WHERE state = 'open';
  COMMENT ON COLUMN made.lot.price_fen IS 'In fen.';`;

test("tables, types, checks, indexes and comments are all in the text", async () => {
  const text = await schemaOf(migration(SQL));
  for (const part of [
    "CREATE TYPE made.state AS ENUM ('draft', 'open');",
    "id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,",
    "state made.state NOT NULL DEFAULT 'draft'::made.state,",
    "CONSTRAINT lot_price_fen_check CHECK ((price_fen > (0)::numeric))",
    "CREATE INDEX lot_open ON made.lot USING btree (price_fen) WHERE (state = 'open'::made.state);",
    "COMMENT ON COLUMN made.lot.price_fen IS 'In fen.';",
  ]) {
    assert(text.includes(part), `${part}\nis missing in\n${text}`);
  }
});

test("a planted change of form is seen, with its line", async () => {
  const [kept, made] = [await schemaOf(migration(SQL)), await schemaOf(migration(SQL.replace("price_fen > 0", "price_fen >= 0")))];
  assert.match(firstDifference(kept, made).join(), /^database\/schema.sql:\d+ says ".*> \(0\).*", the migrations make ".*>= \(0\)/);
  assert.deepEqual(firstDifference(kept, kept), []);
  assert.equal(firstDifference(kept, `${kept}more`).length, 1);
});
