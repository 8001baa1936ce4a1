/** docs/permissions.md says what the deciding table says, and the whole matrix has a line for each cell. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isPermissionsStale, matrixCsv, permissionsText } from "./make-permissions.ts";

test("docs/permissions.md is what the table makes", async () => {
  assert.equal(await isPermissionsStale(), false, "run: node tools/make-permissions.ts");
});

test("a span of phases is one line's word; nobody else is listed", async () => {
  const text = await permissionsText();
  assert.match(text, /\| committee\.seats \| centre \| evaluation \|/);
  assert.match(text, /\| opening\.board \| public \| opening – result \|/);
  assert.doesNotMatch(text, /\| deposit\.accounts \| buyer /);
});

test("the whole matrix is a table of path, reader, stage and letter", async () => {
  const [head, ...lines] = (await matrixCsv()).trimEnd().split("\n");
  assert.equal(head, "path,reader,stage,may");
  assert.ok(lines.length > 4_000);
  assert.ok(lines.every((line) => /^[^,]+,[a-zA-Z]+,[a-z]+,[YNO]$/.test(line)));
});
