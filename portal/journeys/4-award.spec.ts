/** From the ranking to the contract: candidates, an objection, decision, letter, two signatures, money back, archive. */
import { cast } from "../../scenarios/construction-open/prepare.ts";
import { actInBrowser, typed } from "./act-in-browser.ts";
import { expect, look, test } from "./journey.ts";

test("the buyer's side awards and both sign the contract", async ({ city, visitors }) => {
  await city.reach("evaluated");
  const [buyer, agent, objector] = [await visitors.as(cast.buyer), await visitors.as(cast.agent), await visitors.as(cast.bidders[3])];
  const does = (key: string, role: string, act: string, page: typeof buyer) =>
    city.takeOver(key, act, (data, lotId) => actInBrowser(page, { role, lotId, act }, typed(data)));
  does(cast.agent, "agent", "awd.publishCandidates", agent);
  does(cast.bidders[3], "bidder", "rem.raise", objector);
  does(cast.agent, "agent", "rem.answer", agent);
  does(cast.agent, "agent", "awd.publishResult", agent);
  does(cast.agent, "agent", "awd.sendLetter", agent);
  does(cast.buyer, "buyer", "con.draft", buyer);
  does(cast.buyer, "buyer", "con.sign", buyer);
  await city.reach("awarded");

  await buyer.goto(`/w/buyer/lots/${city.lotId}`);
  await look(buyer);
  const visitor = await visitors.public();
  const { result } = await city.world.as(cast.buyer).get(`/lots/${city.lotId}/award`);
  for (const tab of ["result", "contract"]) {
    await visitor.goto(`/notices/${city.lotId}?tab=${tab}`);
    await expect(visitor.getByText(result.winnerName).first()).toBeVisible();
    await look(visitor);
  }
});

test("cashier and accountant give the deposits back, the archivist seals", async ({ city, visitors }) => {
  await city.reach("awarded");
  const archivist = await visitors.as(cast.archivist);
  for (const act of ["arc.complete", "arc.seal"])
    city.takeOver(cast.archivist, act, (_, lotId) => actInBrowser(archivist, { role: "archivist", lotId, act }));
  await city.reach("archived");
  const cashier = await visitors.as(cast.cashier);
  await cashier.goto("/w/cashier");
  await expect(cashier.getByText("已退还").first()).toBeVisible();
  await look(cashier);
});
