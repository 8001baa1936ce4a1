import assert from "node:assert/strict";
import { test } from "node:test";
import { type FormSchema, firstDraft, leafOf, plain, readDraft } from "./form-schema.ts";

const schema: FormSchema = {
  type: "object",
  required: ["ceilingFen", "bidsDueAt", "days", "method"],
  properties: {
    ceilingFen: { type: "string", title: "限价" },
    bidsDueAt: { type: "string", format: "date-time", title: "截止" },
    days: { type: "integer", title: "工期", minimum: 1 },
    method: {
      anyOf: [
        { const: "comprehensive", title: "综合评估法" },
        { const: "lowest-price", title: "经评审的最低投标价法" },
      ],
    },
    remark: { type: "string" },
    remote: { type: "boolean" },
    weights: {
      type: "array",
      items: { type: "object", required: ["name"], properties: { name: { type: "string" }, weight: { type: "integer" } } },
    },
  },
};

const filled = {
  ceilingFen: "186,420,500",
  bidsDueAt: "2026-12-08T09:00",
  days: "540",
  method: "comprehensive",
  remark: " ",
  remote: false,
  weights: [{ name: "技术", weight: "30" }],
};

test("a filled draft becomes the value that is signed: fen, instants with milliseconds, numbers", () => {
  const { value, errors } = readDraft("", schema, filled);
  assert.deepEqual(errors, []);
  assert.deepEqual(value, {
    ceilingFen: "18642050000",
    bidsDueAt: "2026-12-08T01:00:00.000Z",
    days: 540,
    method: "comprehensive",
    remote: false,
    weights: [{ name: "技术", weight: 30 }],
  });
});

test("a value survives the way to a draft and back", () => {
  const { value } = readDraft("", schema, filled);
  assert.deepEqual(readDraft("", schema, firstDraft("", schema, value)).value, value);
});

test("every fault is named at its place", () => {
  const wrong = { ...filled, ceilingFen: "1.234", bidsDueAt: "soon", days: "0", method: "", weights: [{ name: "", weight: "x" }] };
  const { errors } = readDraft("", schema, wrong);
  assert.deepEqual(
    errors.map(({ pointer, kind }) => [pointer, kind]),
    [
      ["/ceilingFen", "notAmount"],
      ["/bidsDueAt", "notMoment"],
      ["/days", "belowMin"],
      ["/method", "missing"],
      ["/weights/0/name", "missing"],
      ["/weights/0/weight", "notNumber"],
    ],
  );
});

test("ids, days, files and nulls are recognised by the shapes that the stages use", () => {
  const shapes: FormSchema = {
    type: "object",
    required: ["centre", "agent", "until", "files"],
    properties: {
      centre: { type: "string", pattern: "^org_[0-9A-HJKMNP-TV-Z]{26}$" },
      agent: { anyOf: [{ type: "string", pattern: "^org_[0-9A-HJKMNP-TV-Z]{26}$" }, { type: "null" }], title: "代理" },
      until: { anyOf: [{ type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }, { type: "null" }] },
      files: {
        type: "array",
        items: { type: "object", properties: { name: { type: "string" }, sha256: { type: "string" }, size: { type: "integer" } } },
      },
    },
  };
  const { centre, agent, until, files } = shapes.properties!;
  assert.equal(leafOf("centre", centre!), "reference");
  assert.equal(leafOf("agent", plain(agent!)), "reference");
  assert.equal(leafOf("until", plain(until!)), "day");
  assert.equal(leafOf("files", files!.items!), "file");
  const file = { name: "a.pdf", sha256: "0", size: 1 };
  assert.deepEqual(readDraft("", shapes, { centre: "org_1", agent: "", until: "2026-12-31", files: [{ file }] }), {
    value: { centre: "org_1", agent: null, until: "2026-12-31", files: [file] },
    errors: [],
  });
});

test("a declaration must be ticked by the person, it is never filled in by the form", () => {
  const declaration: FormSchema = { type: "boolean", const: true, title: "无利害关系" };
  assert.equal(firstDraft("", declaration), false);
  assert.equal(readDraft("", declaration, false).errors[0]?.kind, "missing");
  assert.equal(readDraft("", declaration, true).value, true);
});

test("a table of names and values is filled row by row", () => {
  const table: FormSchema = { type: "object", patternProperties: { "^[a-z]+$": { type: "integer" } } };
  const draft = firstDraft("", table, { road: 2, bridge: 1 });
  assert.deepEqual(readDraft("", table, draft), { value: { road: 2, bridge: 1 }, errors: [] });
});

test("what is not needed and empty is left out; a required part that is empty is named", () => {
  const inner: FormSchema = { type: "object", required: ["a"], properties: { a: schema, b: schema } };
  const { value, errors } = readDraft("", inner, { a: "", b: "" });
  assert.ok(!("b" in (value as object)));
  assert.ok(errors.some(({ pointer }) => pointer === "/a/ceilingFen"));
});
