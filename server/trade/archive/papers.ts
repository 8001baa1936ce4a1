/** The papers that people keep, each from the stage that owns it, and who may have them when. */
import type { Paper } from "../../../formats/paper.ts";
import type { Queryable } from "../../runtime/database/index.ts";
import { awardOf, letterPaper, standingDecision } from "../award/index.ts";
import { contractOf, contractPaper } from "../contract/index.ts";
import { reportPaper } from "../evaluation/index.ts";
import type { LotThread, PaperSource, Platform, ReadContext } from "../transaction/index.ts";

/** Papers of earlier stages that need more than the lot; handed in where the house is joined. */
export interface PaperPorts {
  noticePaper(db: Queryable, platform: Platform, lot: LotThread): Promise<Paper | undefined>;
  openingRecordPaper(db: Queryable, platform: Platform, lot: LotThread): Promise<Paper | undefined>;
}

export type PaperOf = (db: Queryable, platform: Platform, lot: LotThread) => Promise<Paper | undefined>;

/** Name → how the paper is made; in the order of the trade. */
export function papersOf(ports: PaperPorts): ReadonlyMap<string, PaperOf> {
  return new Map<string, PaperOf>([
    ["notice", ports.noticePaper],
    ["opening-record", ports.openingRecordPaper],
    ["evaluation-report", (db, { sandbox }, lot) => reportPaper(db, lot.id, { sandbox })],
    ["award-letter", (db, { sandbox }, lot) => letterPaper(db, lot.id, { sandbox })],
    ["contract", (db, { sandbox }, lot) => contractPaper(db, lot.id, { sandbox })],
  ]);
}

const titles: Readonly<Record<string, readonly [title: string, group: string]>> = {
  notice: ["招标公告", "notice"],
  "opening-record": ["开标记录", "opening.record"],
  "evaluation-report": ["评标报告", "evaluation.report"],
  "award-letter": ["中标通知书", "contract.text"],
  contract: ["合同", "contract.text"],
};

export function paperSources(ports: PaperPorts): PaperSource[] {
  return [...papersOf(ports)].map(([name, paperOf]) => {
    const [title = name, group = ""] = titles[name] ?? [];
    return {
      name,
      title,
      group,
      sealedBy: (context) => sealersOf(name, context),
      load: async (context) => ((await isHidden(context, name)) ? undefined : paperOf(context.tx, context.platform, context.lot)),
    };
  });
}

/** 招标人盖章的是其自己发出的文件，交易中心盖章的是其见证的过程；合同由双方盖章（招标投标法 第四十六条）。 */
async function sealersOf(name: string, { tx, lot }: ReadContext): Promise<readonly string[]> {
  const { buyer, centre } = lot.parties;
  if (name === "opening-record" || name === "evaluation-report") return [centre];
  const contractor = name === "contract" ? (await contractOf(tx, lot.id))?.terms.contractor : undefined;
  return contractor === undefined ? [buyer] : [buyer, contractor];
}

/** Letter and contract are the winner's; another bidder is told its own result only. */
async function isHidden({ tx, lot, actor }: ReadContext, name: string): Promise<boolean> {
  if (actor?.role !== "bidder" || titles[name]?.[1] !== "contract.text") return false;
  const award = await awardOf(tx, lot.id);
  const winner = name === "contract" ? (await contractOf(tx, lot.id))?.terms.contractor : award && standingDecision(award)?.organisation;
  return winner !== actor.organisationId;
}
