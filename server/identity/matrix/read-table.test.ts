/** The hand-written table is whole and agrees with the law, and no read stands without a policy; a planted one does not pass. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { stagesOf } from "../../app/stages.ts";
import { visibility } from "../visibility.ts";
import { lawCellCount, lawCells } from "./law-cells.ts";
import { policyFaults } from "./policy-faults.ts";
import { cellOf, type MatrixLine, readTable } from "./read-table.ts";

const stages = stagesOf({ bank: undefined as never, experts: undefined as never });
const reads = stages.flatMap((stage) => stage.reads);
const papers = stages.flatMap((stage) => stage.papers ?? []);
/** Made by the edge itself, under the group of the lot. */
const ofTheEdge = ["/lots/:lotId/next-steps", "/lots/:lotId/papers", "/lots/:lotId/record"];

test("every read has a group of the visibility table, and a line of the matrix", () => {
  assert.deepEqual(policyFaults({ reads, papers, visibility, table: readTable, ofTheEdge }), []);
});

test("a planted route without a policy, without a line, or a line without a route is found", () => {
  const [first] = reads;
  assert.ok(first);
  const planted = { ...first, path: "/lots/:lotId/planted" };
  const faults = (change: Partial<Parameters<typeof policyFaults>[0]>) =>
    policyFaults({ reads, papers, visibility, table: readTable, ofTheEdge, ...change });
  assert.deepEqual(faults({ reads: [...reads, { ...planted, group: "planted.group" }] }), [
    "/lots/:lotId/planted has the group planted.group, which nobody may read",
    "/lots/:lotId/planted has no line in the matrix",
  ]);
  assert.deepEqual(faults({ reads: [...reads, planted] }), ["/lots/:lotId/planted has no line in the matrix"]);
  assert.deepEqual(faults({ table: [...readTable, { path: "/gone", after: "" }] }), ["/gone stands in the matrix, but no read has it"]);
});

test("words have a letter for each stage", () => {
  const words = readTable.flatMap((line) => [line.rest ?? "NNNNNNN", ...Object.values(line.who ?? {})]);
  assert.deepEqual(
    words.filter((word) => !/^[YNO]{7}$/.test(word)),
    [],
  );
});

test("120 cells and more, written from the law, say the same", () => {
  assert.ok(lawCellCount >= 120, String(lawCellCount));
  const line = (path: string) => readTable.find((one) => one.path === path) as MatrixLine;
  const differing = lawCells.flatMap(({ law, article, paths, readers, stages: at, may }) =>
    paths.flatMap((path) =>
      readers.flatMap((reader) =>
        at
          .filter((stage) => (cellOf(line(path), reader, stage) !== "N") !== may)
          .map((stage) => `${law}${article}: ${path} ${reader} ${stage}`),
      ),
    ),
  );
  assert.deepEqual(differing, []);
});
