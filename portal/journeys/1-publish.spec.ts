/** A buyer and its agent bring a tender before the public: project, admission, document, opening key, notice. */
import { cast } from "../../scenarios/construction-open/prepare.ts";
import { actInBrowser, typed } from "./act-in-browser.ts";
import { expect, look, test } from "./journey.ts";

test("a tender comes before the public, every step in the browser", async ({ city, visitors }) => {
  await city.reach("enrolled");
  const [buyer, agent, centre] = [await visitors.as(cast.buyer), await visitors.as(cast.agent), await visitors.as(cast.centre)];

  await test.step("an empty workbench says what will be here", async () => {
    await buyer.goto("/w/buyer");
    await expect(buyer.getByText("还没有标段")).toBeVisible();
    await look(buyer);
  });

  city.takeOver(cast.buyer, "prj.register", (data) => actInBrowser(buyer, { role: "buyer", act: "prj.register" }, typed(data)));
  city.takeOver(cast.agent, "adm.submit", (data) => actInBrowser(agent, { role: "agent", act: "adm.submit" }, typed(data)));
  city.takeOver(cast.centre, "adm.check", () => actInBrowser(centre, { role: "centre", act: "adm.check", link: "核对通过" }));
  city.takeOver(cast.agent, "doc.issue", (data, lotId) => actInBrowser(agent, { role: "agent", lotId, act: "doc.issue" }, typed(data)));
  city.takeOver(cast.centre, "cer.start", (_, lotId) => actInBrowser(centre, { role: "centre", lotId, act: "cer.start" }));
  for (const [key, role] of [
    [cast.buyer, "buyer"],
    [cast.centreMember, "centre"],
    [cast.supervisor, "supervisor"],
  ] as const) {
    const member = await visitors.as(key);
    city.takeOver(key, "cer.accept", (_, lotId) => actInBrowser(member, { role, lotId, act: "cer.accept" }));
  }
  city.takeOver(cast.agent, "ntc.sign", (_, lotId) => actInBrowser(agent, { role: "agent", lotId, act: "ntc.sign" }));
  city.takeOver(cast.agent, "ntc.publish", (_, lotId) => actInBrowser(agent, { role: "agent", lotId, act: "ntc.publish" }));
  await city.reach("published");

  await test.step("anybody finds it and reads it", async () => {
    const visitor = await visitors.public();
    await visitor.goto("/");
    await look(visitor, { desk: "portal-home" });
    await visitor.getByRole("link", { name: "下潭尾湾南岸道路及综合管廊工程施工" }).first().click();
    await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("下潭尾湾南岸道路及综合管廊工程施工");
    await expect(visitor.getByText("18,642.05 万元", { exact: true })).toBeVisible();
    await look(visitor, { desk: "notice" });
  });
});

test("a bidder asks without a name, and everybody reads the answer", async ({ city, visitors }) => {
  await city.reach("published");
  const bidder = await visitors.as(cast.bidders[0]);
  city.takeOver(cast.bidders[0], "doc.take", (_, lotId) => actInBrowser(bidder, { role: "bidder", lotId, act: "doc.take" }));
  city.takeOver(cast.bidders[0], "que.ask", (data, lotId) => actInBrowser(bidder, { role: "bidder", lotId, act: "que.ask" }, typed(data)));
  await city.reach("asked");
  const visitor = await visitors.public();
  for (const tab of ["overview", "documents", "questions", "record"]) {
    await visitor.goto(`/notices/${city.lotId}?tab=${tab}`);
    await expect(visitor.locator("nav.tabs [aria-current]")).toBeVisible();
    await expect(visitor.locator("body")).not.toContainText("闽海筑城建工集团");
    await look(visitor);
  }
});
