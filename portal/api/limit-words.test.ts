import assert from "node:assert/strict";
import { test } from "node:test";
import { readableLimits } from "./limit-words.ts";

test("limits are said in words, and what follows a name is dropped", () => {
  assert.equal(readableLimits("到达时限：bidDeadline"), "到达时限：投标截止");
  assert.equal(readableLimits("到达时限：drawReveal:drw_01M6CWACM0"), "到达时限：抽取公开截止");
  assert.equal(readableLimits("招标公告已发布"), "招标公告已发布");
});
