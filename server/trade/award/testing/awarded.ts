/** From the signed report to the letter of award, by acts. For tests only. */
import type { TestPerson } from "../../../app/testing/test-house.ts";
import { digestsOf, openedLot, type Rehearsal, reported } from "../../evaluation/testing/rehearsal.ts";

export const publicity = { days: 3, objectionChannel: "通过平台向招标人提出", qualificationResponse: "满足招标文件要求" };
export const letter = { tellLosers: true, place: "鹭江新城建设发展有限公司", remarks: "请按期签订合同" };

export async function published(world: Rehearsal, lot: Parameters<typeof openedLot>[1] = {}): Promise<string> {
  const lotId = await openedLot(world, lot);
  await reported(world, lotId, digestsOf(world.bidders));
  await world.house.done(world.people.agent, "awd.publishCandidates", lotId, publicity);
  return lotId;
}

const day = 86_400_000;

export async function decided(world: Rehearsal, rank = 1): Promise<string> {
  const lotId = await published(world);
  await world.house.jumpTo(world.house.clock.now() + 6 * day);
  await world.house.done(world.people.buyer, "awd.decide", lotId, { rank, reason: "排名第一" });
  return lotId;
}

export async function notified(world: Rehearsal): Promise<string> {
  const lotId = await decided(world);
  await tell(world, lotId);
  return lotId;
}

export async function tell({ house, people }: Rehearsal, lotId: string): Promise<void> {
  await house.done(people.agent, "awd.publishResult", lotId, { text: "公示无异议" });
  await house.done(people.buyer, "awd.sendLetter", lotId, letter);
}

/** The contract text that follows the bid of the worked example's firm of that number. */
export function contractText(no: number, priceFen: string) {
  return {
    priceFen,
    durationDays: 530,
    quality: "合格",
    managerName: `项目负责人${no}`,
    securityFen: (BigInt(priceFen) / 12n).toString(),
    securityForm: "银行保函",
    paymentTerms: "按月计量，支付至 80%",
    otherTerms: "",
    subcontracts: [],
  };
}

export async function contracted(world: Rehearsal): Promise<string> {
  const lotId = await notified(world);
  const { termsDigest } = await world.house.done(world.people.buyer, "con.draft", lotId, contractText(1, "17820000000"));
  await world.house.done(world.people.buyer, "con.sign", lotId, { termsDigest });
  await world.house.done(world.bidders[0] as TestPerson, "con.sign", lotId, { termsDigest });
  return lotId;
}
