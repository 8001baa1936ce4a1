/** A member of the committee reviews, scores and signs by the keyboard alone. */
import type { Page } from "@playwright/test";
import { actInBrowser, findAct, sign, typed } from "./act-in-browser.ts";
import { expect, look, test } from "./journey.ts";

type Sheet = { scores: readonly { bidDigest: string; item: string; score: string }[] };

/** Types a sheet cell by cell; Enter leads to the next one and takes what stands there, to be typed over. */
async function typeSheet(page: Page, { scores }: Sheet): Promise<void> {
  const items = [...new Set(scores.map(({ item }) => item))];
  const bids = [...new Set(scores.map(({ bidDigest }) => bidDigest))];
  const cells = page.locator("input[data-cell]");
  await cells.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(cells.nth(bids.length)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  for (const item of items) {
    for (const bid of bids) {
      await page.keyboard.type(scores.find((row) => row.item === item && row.bidDigest === bid)?.score ?? "");
      if (item !== items.at(-1) || bid !== bids.at(-1)) await page.keyboard.press("Enter");
    }
  }
}

/** Goes on with Tab until the button with these words has the focus, then presses it. */
async function pressByKeyboard(page: Page, words: string): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(words);
  }).toPass({ intervals: [0] });
  await page.keyboard.press("Enter");
}

test("an expert reviews, scores and signs without a mouse", async ({ city, visitors }) => {
  await city.reach("seated");
  const expert = city.experts[1] as string;
  const page = await visitors.as(expert);
  const visitor = await visitors.public();
  await visitor.goto(`/halls/evaluation/${city.lotId}`);
  await expect(visitor.getByText("评标在封闭环境进行")).toBeVisible();
  await look(visitor);

  const chair = await visitors.as(city.chair);
  city.takeOver(city.chair, "evl.askBidder", (data, lotId) =>
    actInBrowser(chair, { role: "expert", lotId, act: "evl.askBidder", from: `/halls/evaluation/${lotId}` }, typed(data)),
  );
  city.takeOver(expert, "evl.reject", async (_, lotId) => {
    await page.goto(`/halls/evaluation/${lotId}`);
    await look(page);
    return actInBrowser(page, { role: "expert", lotId, act: "evl.reject" });
  });
  city.takeOver(expert, "sht.submit", async (data, lotId) => {
    await findAct(page, { role: "expert", lotId, act: "sht.submit" });
    await typeSheet(page, data as Sheet);
    await look(page, { desk: "score-sheet" });
    await page.locator("input[data-cell]").last().focus();
    await pressByKeyboard(page, "提交评分表");
    return sign(page, "sht.submit", async () => {});
  });
  city.takeOver(expert, "evl.signReport", async (data, lotId) =>
    actInBrowser(page, { role: "expert", lotId, act: "evl.signReport" }, typed(data)),
  );
  await city.reach("evaluated");
  await page.goto(`/halls/evaluation/${city.lotId}`);
  await look(page);
});
