/** Chapters 6 and 7: candidates before everybody's eyes; then decision, letter, report, contract and the sealed archive. */
import { agent, archivist, buyer } from "./cast.ts";
import type { Replay } from "./replay.ts";
import { contractOf } from "./tender-terms.ts";

export async function publishCandidates({ world, lotId }: Replay): Promise<void> {
  await world.as(agent).done("awd.publishCandidates", lotId, {
    days: 3,
    objectionChannel: "在鹭易·一网交易“异议”栏目提出",
    qualificationResponse: "境外项目重演：原项目的资格条件视为满足。",
  });
}

export async function award(replay: Replay): Promise<void> {
  const { world, lotId, tender } = replay;
  await world.as(buyer).done("awd.decide", lotId, { rank: 1, reason: "确定排名第一的中标候选人为中标人。" });
  await world.as(agent).done("awd.publishResult", lotId, { text: "境外项目重演。" });
  await world
    .as(agent)
    .done("awd.sendLetter", lotId, { tellLosers: true, place: "境外项目重演（沙箱）", remarks: "请在三十日内签订合同。" });
  await world
    .as(agent)
    .done("awd.report", lotId, { text: `境外项目重演 ${tender.tender}：${tender.bids.length} 家投标，按经评审的最低投标价法定标。` });
  await contract(replay);
  await world.as(archivist).done("arc.complete", lotId);
  await world.as(archivist).done("arc.seal", lotId);
}

async function contract({ world, lotId }: Replay): Promise<void> {
  const { candidates, result } = await world.as(buyer).get(`/lots/${lotId}/award`);
  const winner = candidates.find((candidate: { bidderName: string }) => candidate.bidderName === result.winnerName);
  const { termsDigest } = await world.as(buyer).done("con.draft", lotId, contractOf(winner));
  await world.as(winner.bidderName).done("con.sign", lotId, { termsDigest });
  await world.as(buyer).done("con.sign", lotId, { termsDigest });
  await world.as(agent).done("con.file", lotId, { number: `重演备-${lotId.slice(-6)}` });
}
