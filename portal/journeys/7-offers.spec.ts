/** Every role can take every step in the browser: what the story's people did, the portal had offered them at that moment. */
import { cast } from "../../scenarios/construction-open/prepare.ts";
import { expect, test } from "./journey.ts";

/** Acts that no list offers, because a page offers them beside the thing they are about. */
const besideTheirThing: Readonly<Record<string, string>> = {
  "bid.withdraw": "the composer, when a bid is sealed",
  "drw.join": "the hall of the draw; journey 2 goes that way",
  "evl.askBidder": "the bid in the evaluation hall; journey 3 goes that way",
  "evl.findFact": "the bid in the evaluation hall",
  "cer.postRound1": "the member's own desk, after its person accepted; journey 1 goes that way",
};

/** Acts for which this trade gave no occasion, and when the server offers them. */
const noOccasion: Readonly<Record<string, string>> = {
  "opn.answerObjection": "after an objection on the spot",
  "drw.void": "when a draw cannot go on",
  "drw.carryBeacon": "in a draw with a beacon",
  "drw.declareFallback": "in a draw with a beacon",
  "drw.postPartials": "in a draw with recovery",
  "drw.setRecovery": "in a draw with recovery",
};

test("nothing that was done was unreachable, and every act has a place", async ({ city }) => {
  await city.reach("archived");
  const { missing, offered } = city.offers;
  expect([...missing].filter((words) => !Object.hasOwn(besideTheirThing, words.split(" ")[0] ?? ""))).toEqual([]);
  const acts = await city.offers.acts(city.world.as(cast.buyer));
  const never = acts.map(({ name }) => name).filter((name) => !offered.has(name));
  expect(never.sort()).toEqual(Object.keys({ ...besideTheirThing, ...noOccasion }).sort());
});
