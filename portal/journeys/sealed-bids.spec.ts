/**
 * Five bidders seal their bids in the browser, one of them 100 MB; the hall opens; one bidder fails by its own fault;
 * the public sees the result. Every step is taken as a person takes it, on the built portal and a whole sandbox.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Hands } from "./people.ts";
import { type SandboxRun, startSandbox } from "./sandbox-run.ts";

const bidders = [
  { name: "林小满", firm: "闽海筑城建工集团有限公司", price: "180338977.15", shown: "180,338,977.15", megabytes: 100 },
  { name: "欧阳寒川", firm: "福建潮见建设工程有限公司", price: "181500000", shown: "181,500,000.00", megabytes: 1 },
  { name: "康知远", firm: "厦门鹭岛市政工程有限公司", price: "182146308.55", shown: "182,146,308.55", megabytes: 1 },
  { name: "席听澜", firm: "漳州圆山渡路桥有限公司", price: "179865500.06", shown: "179,865,500.06", megabytes: 1 },
  { name: "施远舟", firm: "泉州刺桐建设有限公司", price: "183610079.43", shown: "183,610,079.43", megabytes: 1 },
] as const;
type Bidder = (typeof bidders)[number];
const absent = bidders[4];
const present = bidders.slice(0, 4);

let sandbox: SandboxRun;
let folder: string;

test.setTimeout(420_000);

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "egret-bids-"));
  sandbox = await startSandbox();
});

test.afterAll(async () => {
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function lotOf(url: string): Promise<string> {
  const answer = (await (await fetch(`${url}/api/v1/lots`)).json()) as { items: { lotId: string }[] };
  return answer.items[0]?.lotId ?? "";
}

async function seal(hands: Hands, bidder: Bidder): Promise<void> {
  const { page } = hands;
  const proposal = join(folder, `${bidder.name}.pdf`);
  await writeFile(proposal, Buffer.alloc(bidder.megabytes * 1024 * 1024, bidder.name));
  await hands.become(bidder.name);
  await hands.begin("bidder", /递交/);
  await page.getByLabel(/^投标报价/).fill(bidder.price);
  await page.getByLabel(/^项目经理/).fill("陈志远");
  await page.getByLabel(/^注册证书号/).fill("沙箱建造-1-0001");
  await page.getByLabel("添加文件").setInputFiles(proposal);
  await page.getByRole("button", { name: "检查并密封" }).click();
  await expect(page.getByRole("heading", { name: "已收到你的投标文件" })).toBeVisible({ timeout: 120_000 });
}

async function deliverKey(hands: Hands, bidder: Bidder): Promise<void> {
  await hands.become(bidder.name);
  await hands.begin("bidder", /解密/);
  await hands.page.getByRole("button", { name: "用加密时的证书解密" }).click();
  await hands.sign();
  await expect(hands.page.getByRole("heading", { name: "已递交解密钥匙" })).toBeVisible();
}

async function judgeAbsent(hands: Hands, name: string, role: string): Promise<void> {
  await hands.become(name);
  await hands.begin(role, /认定未解密原因/);
  await hands.page.getByLabel(/原因/).selectOption({ label: "投标人原因" });
  await hands.submit();
}

async function postPartials(hands: Hands, name: string, role: string): Promise<void> {
  await hands.become(name);
  await hands.begin(role, /解封份额/);
  await hands.page
    .locator("main")
    .getByRole("button", { name: /解封份额/ })
    .click();
  await hands.sign();
}

test("five seal, one fails to decrypt, the public sees four prices and one revoked", async ({ page }) => {
  const hands = new Hands(page, sandbox.url, await lotOf(sandbox.url));
  for (const bidder of bidders) await seal(hands, bidder);

  await hands.leave();
  await hands.open(`/halls/opening/${hands.lotId}`);
  await expect(page.getByText("开标前任何人不得查看投标文件").first()).toBeVisible();
  for (const { firm } of bidders) await expect(page.getByText(firm)).toHaveCount(0);

  await hands.passMilestone("bidDeadline");
  for (const bidder of present) await deliverKey(hands, bidder);
  await hands.open(`/halls/opening/${hands.lotId}`);
  await expect(page.getByText(present[0]!.shown)).toHaveCount(0);

  await hands.passMilestone("decryptionEnd");
  await judgeAbsent(hands, "岳亦舒", "centre");
  await judgeAbsent(hands, "许念", "buyer");
  await postPartials(hands, "郑凯", "centre");
  await postPartials(hands, "许念", "buyer");
  await hands.become("傅长庚");
  await hands.begin("agent", /唱标/);
  await hands.submit();

  await hands.leave();
  await hands.open(`/halls/opening/${hands.lotId}`);
  for (const { shown } of present) await expect(page.getByRole("cell", { name: shown })).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(absent.firm) }).first()).toContainText("视为撤销");
  await expect(page.getByText(absent.shown)).toHaveCount(0);
});
