/** Anybody checks what happened, without an account: the draw is computed again in the visitor's own browser. */
import { expect, look, test } from "./journey.ts";

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
  await look(visitor);
  await visitor.goto(`/notices/${city.lotId}?tab=record`);
  await look(visitor);
});
