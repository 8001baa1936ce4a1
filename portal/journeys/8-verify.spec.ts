/** The public verify page: a draw by its address, downloaded files and a folder dropped in, and one that was tampered with. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cast } from "../../scenarios/construction-open/prepare.ts";
import { writePackage } from "../../verifier/package/test-package.ts";
import { expect, look, test } from "./journey.ts";

const home = mkdtempSync(join(tmpdir(), "egret-verify-journey-"));
test.afterAll(() => rmSync(home, { recursive: true }));

test("a visitor verifies a draw from its hall, an opening, a folder, and sees what was tampered with", async ({ city, visitors }) => {
  await city.reach("archived");
  const visitor = await visitors.public();
  await visitor.goto(`/notices/${city.lotId}?tab=opening`);
  await visitor
    .getByRole("link", { name: /评标基准/ })
    .first()
    .click();
  await visitor.getByRole("link", { name: "到公开核验页逐项核对" }).click();
  await expect(visitor.getByRole("heading", { name: /核验通过：K/ })).toBeVisible();
  await expect(visitor.locator(".check.holds")).toHaveCount(4);
  await expect(visitor.locator(".check.absent")).toContainText("没有用公共信标");
  await expect(visitor.getByText("文件未附见证")).toBeVisible();
  await look(visitor, { desk: "verify" });

  const address = `/api/v1/lots/${city.lotId}/opening/record`;
  const opening = await (await visitor.request.get(address)).text();
  const file = join(home, "opening.json");
  const uploads: string[] = [];
  visitor.on("request", (request) => {
    if (request.method() !== "GET") uploads.push(request.url());
  });
  writeFileSync(file, opening);
  await visitor.locator("input[type=file]").first().setInputFiles(file);
  await expect(visitor.getByRole("heading", { name: "核验通过：5 份投标，解密 4 份，与公布结果一致" })).toBeVisible();
  await look(visitor);

  // One digit of a receipt of a bid: everything before it holds, nothing after it is claimed.
  writeFileSync(file, opening.replace(/"receivedAt":"([^"]*)\.\d{3}Z"/, '"receivedAt":"$1.007Z"'));
  await visitor.locator("input[type=file]").first().setInputFiles(file);
  await expect(visitor.getByRole("heading", { name: /核验未通过/ })).toBeVisible();
  await expect(visitor.locator(".check.fails")).toContainText("E_RECEIPT_SIG");
  await expect(visitor.locator(".check.holds")).toHaveCount(3);
  await look(visitor);

  const folder = join(home, "record");
  mkdirSync(folder);
  await writePackage(folder);
  await visitor.locator("input[webkitdirectory]").setInputFiles(folder);
  await expect(visitor.getByRole("heading", { name: /核验通过：\d+ 个文件互相印证/ })).toBeVisible();
  await look(visitor);
  writeFileSync(join(folder, "summary.json"), "{}");
  await visitor.locator("input[webkitdirectory]").setInputFiles(folder);
  await expect(visitor.locator(".check.fails")).toContainText("E_PACKAGE");
  await look(visitor);
  expect(uploads).toEqual([]);
});

test("the verify page is linked from the footer, the halls and a lot's record", async ({ city, visitors }) => {
  await city.reach("archived");
  const visitor = await visitors.public();
  for (const address of ["/", "/halls", `/notices/${city.lotId}?tab=record`]) {
    await visitor.goto(address);
    const place = address === "/" ? visitor.locator("footer") : visitor.locator("main");
    await place
      .getByRole("link", { name: /公开核验/ })
      .first()
      .click();
    await expect(visitor.getByRole("heading", { level: 1, name: "公开核验" })).toBeVisible();
    await look(visitor);
  }
});

test("papers carry the seals of their organisations: the notice the buyer's, the contract both parties'", async ({ city, visitors }) => {
  await city.reach("archived");
  const visitor = await visitors.public();
  const buyer = await visitors.as(cast.buyer);
  const sealsOf = async (page: typeof visitor, paper: string) => {
    const answer = await page.request.get(`/api/v1/lots/${city.lotId}/papers/${paper}`, {
      headers: page === buyer ? { "egret-membership": city.world.as(cast.buyer).membershipId } : {},
    });
    expect(answer.status()).toBe(200);
    return (await answer.body()).toString("latin1").match(/\/SubFilter \/ETSI\.CAdES\.detached/g)?.length ?? 0;
  };
  expect(await sealsOf(visitor, "notice")).toBe(1);
  expect(await sealsOf(visitor, "opening-record")).toBe(1);
  expect(await sealsOf(buyer, "contract")).toBe(2);
});
