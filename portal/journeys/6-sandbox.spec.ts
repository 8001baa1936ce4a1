/** The sandbox: become anybody of the city, move the clock, go back to the public. */
import { expect, look, test } from "./journey.ts";

test("a visitor becomes a bidder, moves the clock and leaves", async ({ city, visitors }) => {
  await city.reach("archived");
  const visitor = await visitors.public();
  await visitor.goto("/w/bidder");
  await expect(visitor.getByRole("heading", { name: "请先选择一个身份" })).toBeAttached();
  await look(visitor);
  await visitor.getByRole("link", { name: "切换身份" }).first().click();
  await visitor.getByPlaceholder("按姓名、单位或职务查找").fill("林小满");
  await visitor.getByRole("button", { name: "切换 林小满" }).click();
  await expect(visitor.getByRole("heading", { level: 1, name: /林小满/ })).toBeVisible();
  await look(visitor);

  await visitor.getByRole("link", { name: "切换身份" }).first().click();
  const before = (await visitor.locator("p.clock").textContent()) ?? "";
  await visitor.getByRole("button", { name: "前进一小时" }).click();
  await expect(visitor.locator("p.clock")).not.toHaveText(before.slice(0, -3), { useInnerText: true });
  await visitor.getByRole("button", { name: "回到社会公众" }).click();
  await expect(visitor.getByText("社会公众（未登录）").first()).toBeVisible();
  await look(visitor);
});
