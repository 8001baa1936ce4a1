import assert from "node:assert/strict";
import { test } from "node:test";
import type { Paper } from "../../../formats/paper.ts";
import { renderPaper } from "./render-paper.ts";

const paper: Paper = {
  kind: "notice",
  title: "道路及综合管廊工程施工招标公告",
  dealCode: "A02-12350200MB000100X2-20261112-000001-1",
  issuedBy: "鹭江新城建设发展有限公司",
  issuedOn: "2026-11-12",
  sandbox: true,
  blocks: [
    { heading: "一、招标条件" },
    { text: "本项目已经批准建设，资金已落实，现对施工公开招标。" },
    {
      fields: [
        ["最高投标限价", "186,420,500.00 元"],
        ["工期", "540 日历天"],
      ],
    },
    { table: { columns: ["序号", "名称", "数量"], rows: [["1", "沥青路面", "28,600"]] } },
    { signatures: [{ name: "招标人", at: "2026-11-12 09:00", digest: "ab".repeat(32) }] },
  ],
};

const pagesOf = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString("latin1")
    .match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
const withRows = (count: number): Paper => ({
  ...paper,
  blocks: [
    { table: { columns: ["序号", "名称"], rows: Array.from({ length: count }, (_, index) => [String(index + 1), "综合管廊主体结构"]) } },
  ],
});

test("the same paper is the same file, byte by byte", async () => {
  const [one, two] = [await renderPaper(paper), await renderPaper(paper)];
  assert.deepEqual(one, two);
  assert.equal(Buffer.from(one).subarray(0, 5).toString(), "%PDF-");
  const other = await renderPaper({ ...paper, title: `${paper.title}（更正）` });
  assert.notDeepEqual(one, other);
});

test("a long table goes on to further pages, and a cell that is higher than a page loses nothing", async () => {
  assert.equal(pagesOf(await renderPaper(paper)), 1);
  assert.equal(pagesOf(await renderPaper(withRows(120))), 5);
  const tall: Paper = { ...paper, blocks: [{ fields: [["答复", "清标事实。".repeat(2500)]] }] };
  assert.ok(pagesOf(await renderPaper(tall)) >= 5);
});

test("only the sandbox marks its papers", async () => {
  const marked = await renderPaper(paper);
  const plain = await renderPaper({ ...paper, sandbox: false });
  assert.ok(marked.length > plain.length);
});
