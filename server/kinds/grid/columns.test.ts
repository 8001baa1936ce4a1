import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseCell } from "./cell.ts";
import { constructionColumns } from "./columns/construction.ts";
import { column, columns, drawGrid, readColumn } from "./columns.ts";
import { steps } from "./steps.ts";

/** The table of model §4 with the row of the ceremony (decisions §3), word for word. */
const page = readFileSync(new URL("grid.txt", import.meta.url), "utf8");

test("the grid is the table of the model, cell by cell, and fits one page", () => {
  const [head = "", ...rows] = page.trimEnd().split("\n");
  const codes = head.replaceAll("|", " ").trim().split(/\s+/).slice(1);
  assert.deepEqual(
    columns.map(({ code }) => code),
    codes,
  );
  assert.equal(codes.length, 22);
  for (const [index, line] of rows.entries()) {
    const [name, sort, ...cells] = line.replaceAll("|", " ").trim().split(/\s+/);
    assert.deepEqual([steps[index]?.name, steps[index]?.sort], [name, sort]);
    for (const [place, code] of codes.entries())
      assert.equal(column(code).data.cells[steps[index]?.name ?? assert.fail()] ?? ".", cells[place], `${name} ${code}`);
  }
  assert.equal(steps.length, rows.length);
  assert.equal(drawGrid(), page);
});

test("the ceremony stands directly after the preparing of documents, wherever bids are sealed", () => {
  const names = steps.map(({ name }) => name);
  assert.equal(names.indexOf("ceremony.run"), names.indexOf("tendering.prepare") + 1);
  for (const { code, data } of columns)
    assert.equal(data.cells["ceremony.run"] !== undefined, data.cells["bidding.submit"] !== undefined, code);
});

test("a cell names its passes and marks", () => {
  assert.deepEqual(
    parseCell("12?3").map(({ pass, optional }) => `${pass}${optional}`),
    ["1false", "2true", "3false"],
  );
  assert.deepEqual(parseCell("5!"), [{ pass: 5, optional: false, gate: true, rolling: false }]);
  assert.deepEqual(parseCell("1~"), [{ pass: 1, optional: false, gate: false, rolling: true }]);
  for (const wrong of ["", ".", "0", "21", "11", "?1", "1*"]) assert.throws(() => parseCell(wrong), Error, wrong);
});

test("a duty marked ! is a gate in that column only", () => {
  const sortOf = (code: string, pass: number) =>
    column(code)
      .steps(pass)
      .find(({ name }) => name === "payment.settle")?.sort;
  assert.equal(sortOf("CO", 1), "D");
  assert.equal(sortOf("PE", 5), "G");
  assert.equal(sortOf("AB", 4), "G");
});

test("an unknown step or column is a fault", () => {
  const open = constructionColumns[0] ?? assert.fail();
  assert.throws(
    () => readColumn({ ...open, cells: { ...open.cells, "bidding.guess": "1" } as typeof open.cells }),
    /unknown step bidding.guess/,
  );
  assert.throws(() => column("XX"), /no such column/);
  assert.deepEqual(column("CO").steps(2), []);
});
