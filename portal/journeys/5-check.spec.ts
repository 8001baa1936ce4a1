/** Anybody checks what happened, without an account: the draw is computed again in the visitor's own browser. */
import { expect, look, test } from "./journey.ts";

/** What a visitor's first page may cost on a phone's line: 150 KiB are asked of all three; the lot's page is not there yet and must not grow. */
const scriptKibMax = { home: 150, list: 150, lot: 168 };

test("home, list and lot cost a visitor little script, packed on the line", async ({ city, visitors }) => {
  await city.reach("archived");
  const pages = [
    ["/", scriptKibMax.home],
    ["/notices", scriptKibMax.list],
    [`/notices/${city.lotId}`, scriptKibMax.lot],
  ] as const;
  for (const [address, kib] of pages) {
    const visitor = await visitors.public();
    const scripts: Promise<number>[] = [];
    visitor.on("response", (response) => {
      if (!new URL(response.url()).pathname.endsWith(".js")) return;
      scripts.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => responseBodySize),
      );
    });
    await visitor.goto(address);
    await look(visitor);
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    expect(bytes, address).toBeGreaterThan(50 * 1024);
    expect(bytes, address).toBeLessThanOrEqual(kib * 1024);
    await visitor.close();
  }
});

test("a visitor checks a draw and an opening", async ({ city, visitors }) => {
  await city.reach("archived");
  const visitor = await visitors.public();
  await visitor.goto(`/notices/${city.lotId}?tab=opening`);
  await expect(visitor.getByText("180,338,977.15").first()).toBeVisible();
  await look(visitor);
  await visitor
    .getByRole("link", { name: /评标基准/ })
    .first()
    .click();
  await visitor.getByRole("button", { name: "我来验一次" }).first().click();
  await expect(visitor.getByText("核验通过").first()).toBeVisible();
  await look(visitor, { desk: "draw-hall" });
  await visitor.goto(`/notices/${city.lotId}?tab=record`);
  await look(visitor);
  await expect(visitor.getByText("招标公告已发布")).toBeVisible();
  expect(await visitor.locator("table.stacks tbody tr").count()).toBeGreaterThan(50);

  const feed = await visitor.request.get(`/api/v1/feeds/lots/${city.lotId}.rss`);
  expect(feed.headers()["content-type"]).toContain("application/rss+xml");
  expect(await feed.text()).toContain("招标公告已发布");
  expect(await (await visitor.request.get("/api/v1/feeds/openings.ics")).text()).toContain("SUMMARY:开标：");
  expect(await (await visitor.request.get("/api/v1/feeds/notices.rss?text=没有这个词")).text()).not.toContain("<item>");
});
