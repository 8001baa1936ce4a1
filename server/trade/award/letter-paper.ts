/** The letter of award (中标通知书) as a paper. Law: 招标投标法 第四十五条. */
import type { Paper } from "../../../formats/paper.ts";
import { getOrganisation } from "../../identity/index.ts";
import { capitalAmount, dayOf, formatYuan, parseFen, parseInstant, shanghaiText } from "../../kernel/index.ts";
import { readStream } from "../../record/index.ts";
import type { Queryable } from "../../runtime/database/index.ts";
import { loadLot } from "../transaction/index.ts";
import { awardOn, standingDecision } from "./award.ts";

/** Undefined before the letter is sent. */
export async function letterPaper(db: Queryable, lotId: string, options: { sandbox: boolean }): Promise<Paper | undefined> {
  const lot = await loadLot(db, lotId);
  const award = lot && (await awardOn(db, lot));
  const winner = award && standingDecision(award);
  if (!lot || !award?.letter || !winner) return undefined;
  const buyer = await getOrganisation(db, lot.parties.buyer);
  const sent = (await readStream(db, award.stream)).findLast(({ type }) => type === "awd.letterSent");
  const candidate = award.candidates.find(({ bidDigest }) => bidDigest === winner.bidDigest);
  return {
    kind: "award-letter",
    title: "中标通知书",
    dealCode: lot.codes.unifiedDealCode ?? "",
    issuedBy: buyer.name,
    issuedOn: dayOf(parseInstant(award.letter.at)),
    sandbox: options.sandbox,
    blocks: [
      { text: `${winner.name}：` },
      { text: `贵单位参加的“${lot.title}”投标，经评标委员会评审、中标候选人公示，已被确定为中标人。` },
      {
        fields: [
          ["中标价", `${formatYuan(parseFen(winner.priceFen))} 元（${capitalAmount(parseFen(winner.priceFen))}）`],
          ["工期", `${candidate?.durationDays ?? "—"} 日历天`],
          ["质量", candidate?.quality ?? "—"],
          ["项目负责人", `${candidate?.managerName ?? "—"}（${candidate?.managerCertificate ?? "—"}）`],
          ["签订合同的地点", sent?.data.place ?? "—"],
          ["附言", sent?.data.remarks ?? "—"],
        ],
      },
      {
        text: "请自本通知书发出之日起三十日内，按照招标文件和贵单位的投标文件与我单位订立书面合同（招标投标法第四十六条）。中标通知书对招标人和中标人具有法律效力。",
      },
      { text: `本次中标结果已同时通知其余 ${award.letter.told.length} 家未中标的投标人。` },
      { signatures: sent?.act ? [{ name: buyer.name, at: shanghaiText(parseInstant(sent.at)), digest: sent.act.digest }] : [] },
    ],
  };
}
