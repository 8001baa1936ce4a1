/** 开标记录: the paper that bidders, buyer and centre keep (CON-047, 招标投标法 第三十六条第三款：开标过程应当记录，并存档备查). */
import type { Paper, PaperBlock } from "../../../formats/paper.ts";
import { findOrganisation } from "../../identity/index.ts";
import { dayOf, formatYuan, parseFen, parseInstant, shanghaiText } from "../../kernel/index.ts";
import { foldStream, type Queryable } from "../../record/index.ts";
import { evolveLot, type LotThread } from "../transaction/index.ts";
import { byDigest, type Opening } from "./opening.ts";
import { openingOf } from "./opening-stream.ts";
import { lineOf } from "./read-out.ts";

/** @throws before the bids were read out. */
export async function openingRecordPaper(db: Queryable, lotId: string): Promise<Paper> {
  const [opening, lot] = [await openingOf(db, lotId), await foldStream(db, lotId, evolveLot)];
  if (!lot || !opening?.readOutAt) throw new Error(`nothing has been read out for ${lotId}`);
  const centre = await findOrganisation(db as never, lot.parties.centre);
  return {
    kind: "opening-record",
    title: `${lot.title} 开标记录`,
    dealCode: lot.codes.unifiedDealCode ?? "",
    issuedBy: centre?.name ?? "",
    issuedOn: dayOf(parseInstant(opening.closed?.at ?? opening.readOutAt)),
    sandbox: opening.sandbox,
    blocks: [
      factsOf(lot, opening),
      { heading: "唱标" },
      readOutTable(opening),
      { heading: "确认与异议" },
      ...objections(opening),
      ...closing(opening),
    ],
  };
}

function factsOf(lot: LotThread, opening: Opening): PaperBlock {
  const present = [...opening.bids.values()].filter(({ key }) => key !== null).length;
  return {
    fields: [
      ["标段", lot.title],
      ["投标截止时间（开标时间）", timeOf(opening.deadline)],
      ["递交投标文件的投标人", `${opening.bids.size} 个`],
      ["按时解密", `${present} 个`],
      ["截止前撤回", `${opening.withdrawn.length} 个`],
      ["冻结清单根", opening.freeze?.listRoot ?? ""],
    ],
  };
}

function readOutTable({ bids }: Opening): PaperBlock {
  const rows = [...bids.values()].sort(byDigest).map((bid) => {
    const line = lineOf(bid);
    const price = line.priceFen === null ? "—" : formatYuan(parseFen(line.priceFen));
    const days = line.durationDays === null ? "—" : String(line.durationDays);
    return [
      line.name,
      price,
      days,
      line.quality ?? "—",
      line.projectManager ?? "—",
      statusWords[line.status] ?? line.status,
      line.code ?? line.formFault ?? "",
    ];
  });
  return { table: { columns: ["投标人", "投标报价（元）", "工期（日历天）", "质量", "项目负责人", "结果", "说明"], rows } };
}

function objections({ bids }: Opening): PaperBlock[] {
  const rows = [...bids.values()].sort(byDigest).map(({ name, confirmed }) => {
    const state = !confirmed ? "未表示（视为无异议）" : confirmed.objection ? "有异议" : "确认无异议";
    return [name, state, confirmed?.objection ?? "", confirmed?.answer ?? "", confirmed ? timeOf(confirmed.at) : ""];
  });
  return [{ table: { columns: ["投标人", "确认", "异议", "当场答复", "时间"], rows } }];
}

function closing({ closed }: Opening): PaperBlock[] {
  return closed
    ? [
        {
          fields: [
            ["开标结束", timeOf(closed.at)],
            ["开标记录摘要（seal-opening/v1，SHA-256）", closed.recordSha256],
          ],
        },
      ]
    : [];
}

const statusWords: Readonly<Record<string, string>> = {
  opened: "已开标",
  invalid: "无法读取",
  unopened: "未开启",
  revoked: "视为撤销（投标人原因未解密）",
  withdrawn: "视为撤回（非投标人原因未解密）",
};

/** People read Shanghai time to the second; the exact instants stand in the opening record. */
function timeOf(instant: string): string {
  return shanghaiText(parseInstant(instant), { seconds: true });
}
