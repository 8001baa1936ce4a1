/** Brings a lot from its admission to its document, and to its notice, by the acts of the people. For tests only. */
import { digestOf, type Json } from "../../../../formats/jcs.ts";
import type { TestHouse } from "../../../app/testing/test-house.ts";
import { admittedLots, type TradePeople } from "../../catalogue/testing/admitted-lot.ts";
import { sealedCeremony } from "../../ceremony/testing/key-desks.ts";
import type { DocumentTerms } from "../document.ts";
import { roadContent, roadNotice, roadTerms } from "./road-document.ts";

export const review = { recordNumber: "厦公竞审〔2026〕12号", reviewedOn: "2026-11-01" };

/** An admitted lot gets its document. */
export async function preparedLot(house: TestHouse, people: TradePeople, lotId: string, terms: Partial<DocumentTerms> = {}): Promise<void> {
  await house.done(people.agent, "doc.issue", lotId, {
    terms: { ...roadTerms, ...terms },
    content: roadContent,
    files: [],
    fairCompetitionReview: review,
    acknowledged: [],
  });
}

export const noticeOnAllMedia = (text = roadNotice) => ({
  text,
  media: ["国家指定媒介（模拟）", "福建省指定媒介（模拟）"].map((name) => ({ name, textSha256: digestOf(text as unknown as Json) })),
  publicationFeeFen: "0",
});

/** From the project to the published notice; the clock stands at the planned start of the offer. @returns the lot. */
export async function publishedLot(house: TestHouse, people: TradePeople, terms: Partial<DocumentTerms> = {}): Promise<string> {
  const [lotId] = (await admittedLots(house, people)) as [string];
  await preparedLot(house, people, lotId, terms);
  await sealedCeremony(house, people, lotId);
  await house.done(people.agent, "ntc.sign", lotId, noticeOnAllMedia());
  await house.jumpTo(terms.offerStartAt ?? roadTerms.offerStartAt);
  await house.done(people.buyer, "ntc.publish", lotId, { acknowledged: [] });
  return lotId;
}
