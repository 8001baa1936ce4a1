/** A bid of 100 MB is sealed in the bidder's own browser; the hall opens five, one fails by its own fault, the public sees the result. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { cast } from "../../scenarios/construction-open/prepare.ts";
import type { ActAnswer } from "../../scenarios/driver/story-person.ts";
import { actInBrowser, findAct, typed } from "./act-in-browser.ts";
import { expect, look, test } from "./journey.ts";

const megabytes = 100;

/** Types the form of a bid; what the document prescribes stands in it already. */
async function typeBid(page: Page, proposal: string): Promise<void> {
  const main = page.locator("main");
  await main.getByLabel(/^投标报价/).fill("177926639.68");
  await main.getByLabel(/^项目经理/).fill("林启明");
  await main.getByLabel(/^注册证书号/).fill("沙箱建造-1-0002");
  await main.getByLabel(/^投标保证金形式/).selectOption({ label: "保证保险" });
  await attach(page, proposal);
}

/** Adds the file, which is listed with its size. */
async function attach(page: Page, proposal: string): Promise<void> {
  const main = page.locator("main");
  await main.getByLabel("添加文件").setInputFiles(proposal);
  await expect(main.getByText(`${megabytes}.0 MB`)).toBeVisible();
}

/** How far the page says it is, once some of it is up. */
const amounts = /已加密 .*已上传 [1-9].*共 100/;

/** Presses pause from inside the page as soon as some pieces are up: on a fast machine a hand from outside comes too late. */
async function pauseOnceSome(page: Page): Promise<void> {
  await page.evaluate((pattern) => {
    const isUnderWay = new RegExp(pattern);
    new MutationObserver((_, observer) => {
      const main = document.querySelector("main");
      const pause = [...(main?.querySelectorAll("button") ?? [])].find(({ textContent }) => textContent === "暂停");
      if (!pause || !isUnderWay.test(main?.textContent ?? "")) return;
      observer.disconnect();
      pause.click();
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  }, amounts.source);
}

test("a bidder seals 100 MB in the browser, in a worker, and may pause", async ({ city, visitors }) => {
  await city.reach("drawn");
  const folder = await mkdtemp(join(tmpdir(), "egret-bid-"));
  const proposal = join(folder, "施工组织设计.pdf");
  await writeFile(proposal, Buffer.alloc(megabytes * 1024 * 1024, "egret"));
  const page = await visitors.as(cast.bidders[1]);
  city.takeOver(cast.bidders[1], "bid.seal", async (_, lotId) => {
    await page.goto("/w/bidder");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await look(page, { desk: "bidder-workbench" });
    await findAct(page, { role: "bidder", lotId, act: "bid.seal" });
    await typeBid(page, proposal);
    await look(page);
    await expect(page.locator("main").getByText(`${megabytes}.0 MB`)).toBeVisible();
    await pauseOnceSome(page);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith("/acts/bid.seal"), { timeout: 120_000 }),
      (async () => {
        await page.getByRole("button", { name: "检查并密封" }).click();
        await expect(page.getByRole("button", { name: "继续" })).toBeVisible();
        await expect(page.getByText(amounts)).toBeVisible();
        await look(page);
        await page.getByRole("button", { name: "继续" }).click();
      })(),
    ]);
    const { header } = answer.request().postDataJSON().data;
    expect(header.size).toBeGreaterThan(megabytes * 1024 * 1024);
    await expect(page.getByRole("heading", { name: "已收到你的投标文件" })).toBeVisible();
    await look(page);
    return { status: answer.status(), body: await answer.json() };
  });
  await city.reach("sealed");
  await rm(folder, { recursive: true });
});

test("the hall opens five bids, one fails by its own fault, everybody sees the same", async ({ city, visitors }) => {
  await city.reach("sealed");
  const bidder = cast.bidders[0];
  const visitor = await visitors.public();
  await visitor.goto(`/halls/opening/${city.lotId}`);
  await expect(visitor.getByText("开标前任何人不得查看投标文件").first()).toBeVisible();
  await look(visitor, { desk: "opening-before" });

  type Doer = { key: string; role: string; page: Page };
  const doer = async (key: string, role: string): Promise<Doer> => ({ key, role, page: await visitors.as(key) });
  const theBidder = await doer(bidder, "bidder");
  const theAgent = await doer(cast.agent, "agent");
  const theBuyer = await doer(cast.buyer, "buyer");
  const theOperator = await doer(cast.drawOperator, "drawOperator");
  const bidderPage = theBidder.page;
  const does = ({ key, role, page }: Doer, act: string, after: () => Promise<void> = async () => {}) =>
    city.takeOver(key, act, async (data, lotId): Promise<ActAnswer> => {
      const answer = await actInBrowser(
        page,
        { role, lotId, act },
        act === "drw.prepare" || act === "opn.judgeMissing" ? typed(data) : undefined,
      );
      await after();
      return answer;
    });
  does(theBidder, "opn.attend");
  city.takeOver(bidder, "drw.join", (data, lotId) =>
    actInBrowser(bidderPage, { role: "bidder", lotId, act: "drw.join", from: `/halls/draw/${(data as { drawId: string }).drawId}` }),
  );
  does(theOperator, "drw.freeze");
  does(theBidder, "bid.deliverKey", async () => {
    await bidderPage.goto(`/halls/opening/${city.lotId}`);
    await expect(bidderPage.getByText("我方")).toBeVisible();
    await look(bidderPage, { phone: "opening-phone" });
  });
  does(theAgent, "opn.judgeMissing");
  does(theBuyer, "opn.postPartial");
  does(theAgent, "opn.readOut", async () => {
    // The visitor's page has been open since before the deadline: what it shows now came by the live stream.
    await expect(visitor.getByText("180,338,977.15")).toBeVisible();
    await look(visitor, { desk: "opening-read-out" });
  });
  does(theBidder, "opn.confirm");
  await city.reach("opened");

  await expect(visitor.getByText("视为撤销").first()).toBeVisible();
  await visitor.goto("/halls");
  await look(visitor);
});
