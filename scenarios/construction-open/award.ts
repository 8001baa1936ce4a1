/** Chapter 7: candidates before everybody's eyes, an objection that holds the award, decision, letter, contract, deposits back. */
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";
import { cast } from "./prepare.ts";
import { milestone, terms } from "./tender-package.ts";

/** @param bidderOf the story's person of each bidder, by name of its firm. @param published looks at the lot while candidates are public. */
export async function awardContract(
  world: StoryWorld,
  lotId: string,
  bidderOf: ReadonlyMap<string, string>,
  published: () => Promise<void> = async () => {},
): Promise<void> {
  const [agent, buyer] = [world.as(cast.agent), world.as(cast.buyer)];
  await world.jumpTo(milestone("candidatePublicityStart"));
  await agent.done("awd.publishCandidates", lotId, {
    days: terms.publicityDays,
    objectionChannel: "在鹭易·一网交易“异议”栏目提出，或书面送达招标代理机构（0592-000 4024）",
    qualificationResponse: "各中标候选人均响应招标文件要求的资格能力条件。",
  });
  await published();
  await objectInVain(world, lotId);
  await world.jumpTo(milestone("awardDecided"));
  await buyer.done("awd.decide", lotId, { rank: 1, reason: "国有资金占控股或者主导地位，确定排名第一的中标候选人为中标人。" });
  await world.jumpTo(milestone("letterOfAwardIssued"));
  await agent.done("awd.publishResult", lotId, { text: "公示期内收到异议一件，已答复，未改变评标结果。" });
  await agent.done("awd.sendLetter", lotId, {
    tellLosers: true,
    place: "厦门市翔安区洪钟路沙箱段 18 号",
    remarks: "请在三十日内签订合同。",
  });
  await world.jumpTo(milestone("tenderReportFiled"));
  await agent.done("awd.report", lotId, {
    text: "本标段招标投标情况书面报告：公开招标，五家投标，一家因自身原因未解密，评标委员会五人，推荐三名中标候选人，第一名中标。",
  });
  await signContract(world, lotId, bidderOf);
}

/** A bidder objects within the publicity; the award waits until the buyer has answered (招标投标法实施条例 第五十四条). */
async function objectInVain(world: StoryWorld, lotId: string): Promise<void> {
  await world.jumpTo(at("2026-12-11", "16:30"));
  const objector = world.as(cast.bidders[3]);
  const { remedy } = await objector.done("rem.raise", lotId, {
    path: "objection",
    about: "result",
    follows: null,
    ground: "我方认为施工组织设计的评分偏低，请复核各评审因素的评分依据。",
    request: "复核评分。",
    knownOn: null,
    files: [],
  });
  await world.as(cast.buyer).refused("awd.decide", lotId, { rank: 1, reason: "尚在异议期间。" }, "act.on-hold");
  await world.jumpTo(at("2026-12-14", "10:00"));
  await world.as(cast.agent).done("rem.answer", lotId, {
    remedy,
    upheld: false,
    effect: "none",
    text: "经复核，评标委员会按招标文件规定独立评分，汇总计算无误，评标结果不变。",
  });
}

async function signContract(world: StoryWorld, lotId: string, bidderOf: ReadonlyMap<string, string>): Promise<void> {
  await world.jumpTo(milestone("contractSigned"));
  const buyer = world.as(cast.buyer);
  const { candidates, result } = await buyer.get(`/lots/${lotId}/award`);
  const winner = candidates.find((candidate: { bidderName: string }) => candidate.bidderName === result.winnerName);
  const contractor = world.as(bidderOf.get(winner.bidderName) as string);
  await buyer.done("con.draft", lotId, {
    priceFen: winner.priceFen,
    durationDays: winner.durationDays,
    quality: winner.quality,
    managerName: winner.managerName,
    securityFen: String((BigInt(winner.priceFen) * 8n) / 100n),
    securityForm: "银行保函",
    paymentTerms: "按月支付已完工程量价款的 80%，竣工验收合格支付至 97%，余款为质量保证金。",
    otherTerms: "其余按招标文件和投标文件执行。",
    subcontracts: [],
  });
  const { termsDigest } = await buyer.get(`/lots/${lotId}/contract/text`);
  await contractor.done("con.sign", lotId, { termsDigest });
  await buyer.done("con.sign", lotId, { termsDigest });
  await world.as(cast.agent).done("con.file", lotId, { number: "沙箱备〔2026〕0217 号" });
}
