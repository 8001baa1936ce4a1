/** Before anything is published: what a visitor can look up, in Chinese and in English. */
import { expect, look, test } from "./journey.ts";

test("a visitor looks up a rule, the catalogue, help and the state of the service", async ({ city, visitors }) => {
  await city.reach("enrolled");
  const visitor = await visitors.public();
  await visitor.goto("/");
  await visitor.getByRole("link", { name: "规则与帮助" }).click();
  await visitor.getByRole("searchbox").fill("招标文件 24条");
  await expect(visitor.getByRole("status")).toContainText("条");
  await look(visitor);
  await visitor.getByRole("link", { name: /自招标文件开始发出/ }).click();
  await expect(visitor.getByText("不少于 20 日历日")).toBeVisible();
  await expect(visitor.getByText("平台已检查")).toBeVisible();
  await look(visitor);

  await visitor.getByRole("link", { name: "交易目录" }).click();
  await expect(visitor.getByRole("status")).toContainText("22 种方式");
  await visitor.getByText("公开招标").first().click();
  await look(visitor);
  for (const name of ["服务状态", "办事帮助", "无障碍声明"]) {
    await visitor.getByRole("contentinfo").getByRole("link", { name }).click();
    await look(visitor);
  }
  await visitor.goto("/rules?q=24&lang=en");
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Rule library");
  await look(visitor);
  for (const address of ["/", "/notices?q=road", "/catalogue"]) {
    await visitor.goto(address);
    await expect(visitor.locator("html")).toHaveAttribute("lang", "en");
    await look(visitor);
  }
});
