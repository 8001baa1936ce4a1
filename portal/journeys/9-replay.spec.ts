/** The supervisor goes back to any minute of a trade; a bidder has no such page. */
import { cast } from "../../scenarios/construction-open/prepare.ts";
import { expect, look, test } from "./journey.ts";

test("the supervisor replays the trade from its record", async ({ city, visitors }) => {
  await city.reach("archived");
  const supervisor = await visitors.as(cast.supervisor);
  await supervisor.goto(`/w/supervisor/lots/${city.lotId}`);
  await supervisor.getByRole("link", { name: "过程回放" }).click();
  await expect(supervisor.getByText("归档：档案封存").first()).toBeVisible();
  await expect(supervisor.locator(".replayed").filter({ hasText: "定标：确定中标人" }).first()).toContainText("规则判断");
  await look(supervisor);

  const slider = supervisor.getByRole("slider");
  const last = Number(await slider.getAttribute("max"));
  await slider.fill(String(Math.floor(last / 4)));
  await expect(supervisor.getByText("归档：档案封存")).toHaveCount(0);
  await expect(supervisor.getByText("登记标段").first()).toBeVisible();
  await look(supervisor);
});
