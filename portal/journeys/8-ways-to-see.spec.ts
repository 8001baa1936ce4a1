/** Large type and high contrast: chosen once, kept, and every page still whole at a phone's width. */
import { expect, look, test } from "./journey.ts";

test("a visitor reads in large type and in high contrast", async ({ city, visitors }) => {
  await city.reach("archived");
  const visitor = await visitors.public();
  const pages = ["/", "/notices", `/notices/${city.lotId}`, `/halls/opening/${city.lotId}`, "/rules/CON-016"];
  await visitor.goto("/");
  for (const [word, view] of [
    ["适老版", "large"],
    ["高对比", "contrast"],
  ] as const) {
    await visitor.getByRole("button", { name: word }).click();
    for (const address of pages) {
      await visitor.goto(address);
      await expect(visitor.locator("html")).toHaveAttribute("data-view", view);
      await look(visitor);
    }
    await visitor.goto("/");
    await visitor.getByRole("button", { name: "标准版" }).click();
    await expect(visitor.locator("html")).not.toHaveAttribute("data-view", view);
  }
});
