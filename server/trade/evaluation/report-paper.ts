/** The evaluation report (评标报告) as a paper. Law: 评标委员会和评标方法暂行规定 第四十二条. */
import type { Paper, PaperBlock } from "../../../formats/paper.ts";
import { getOrganisation } from "../../identity/index.ts";
import { dayOf, formatYuan, parseFen, parseInstant, shanghaiText } from "../../kernel/index.ts";
import type { Queryable } from "../../runtime/database/index.ts";
import { type LotThread, loadLot } from "../transaction/index.ts";
import { type Evaluation, evaluationOf } from "./evaluation.ts";
import { type EvaluationReport, reportOn } from "./report-of.ts";

const howWords = {
  signed: "同意",
  dissent: "不同意（附书面意见）",
  silent: "拒绝签字且未说明理由，视为同意",
  deemed: "逾期未签字，视为同意",
} as const;

/** Undefined before the report is handed over. `names`: seat → name, for those who may see who sat. */
export async function reportPaper(
  db: Queryable,
  lotId: string,
  options: { sandbox: boolean; names?: ReadonlyMap<number, string> },
): Promise<Paper | undefined> {
  const lot = await loadLot(db, lotId);
  const evaluation = lot && (await evaluationOf(db, lot));
  const report = evaluation && reportOn(evaluation);
  if (!lot || !evaluation || !report) return undefined;
  const buyer = await getOrganisation(db, lot.parties.buyer);
  return {
    kind: "evaluation-report",
    title: `${lot.title} 评标报告`,
    dealCode: lot.codes.unifiedDealCode ?? "",
    issuedBy: "评标委员会",
    issuedOn: dayOf(parseInstant(report.reportedAt)),
    sandbox: options.sandbox,
    blocks: [
      ...headBlocks(lot, report, buyer.name),
      ...reviewBlocks(evaluation, report),
      ...scoreBlocks(report),
      ...signatureBlocks(report, options.names),
    ],
  };
}

function headBlocks(lot: LotThread, report: EvaluationReport, buyerName: string): PaperBlock[] {
  return [
    { heading: "一、基本情况" },
    {
      fields: [
        ["标段", lot.title],
        ["招标人", buyerName],
        ["评标办法", report.method.title],
        ["招标文件", `第 ${report.terms.version} 版，摘要 ${report.terms.sha256}`],
        ["评标结果摘要", report.resultDigest],
        ["提交时间", shanghaiText(parseInstant(report.reportedAt))],
      ],
    },
    { heading: "二、开标的投标文件" },
    {
      table: {
        columns: ["投标人", "投标报价（元）", "工期（日）", "质量"],
        rows: report.bids.map(({ name, figures }) => [
          name,
          figures ? formatYuan(parseFen(figures.priceFen)) : "投标函缺失",
          String(figures?.durationDays ?? "—"),
          figures?.quality ?? "—",
        ]),
      },
    },
  ];
}

function reviewBlocks({ questions, bids }: Evaluation, { rejected }: EvaluationReport): PaperBlock[] {
  const name = (bidDigest: string) => bids.find((bid) => bid.bidDigest === bidDigest)?.name ?? "";
  return [
    { heading: "三、初步评审" },
    rejected.length === 0
      ? { text: "经资格审查和符合性审查，没有否决的投标。" }
      : {
          table: {
            columns: ["否决的投标", "否决情形", "理由", "票数"],
            rows: rejected.map((one) => [one.name, `第 ${one.ground} 项：${one.groundText}`, one.reason, String(one.votes)]),
          },
        },
    ...(questions.length === 0
      ? [{ text: "评标委员会没有发出澄清通知。" }]
      : [
          {
            table: {
              columns: ["编号", "投标人", "要求说明的内容", "答复"],
              rows: questions.map((one) => [String(one.no), name(one.bidDigest), one.text, one.answer?.text ?? "逾期未答复"]),
            },
          },
        ]),
  ];
}

function scoreBlocks({ ranking, candidates, values, terms }: EvaluationReport): PaperBlock[] {
  const label = labelsOf(terms.method.tree);
  const ofLot = values.filter(({ bidId, seat }) => bidId === undefined && seat === undefined);
  return [
    { heading: "四、详细评审与排序" },
    ...(ofLot.length > 0
      ? [{ table: { columns: ["计算项", "精确值", "显示值"], rows: ofLot.map(({ id, value, shown }) => [label(id), value, shown]) } }]
      : []),
    ...bidTables(ranking, values, label),
    {
      table: {
        columns: ["排序", "投标人", "投标报价（元）", "得分或者评审价"],
        rows: ranking.map((one) => [String(one.rank), one.name, formatYuan(parseFen(one.priceFen)), one.score]),
      },
    },
    { heading: "五、推荐的中标候选人" },
    {
      table: {
        columns: ["名次", "中标候选人", "投标报价（元）"],
        rows: candidates.map((one) => [String(one.rank), one.name, formatYuan(parseFen(one.priceFen))]),
      },
    },
  ];
}

/** Words of the document for the ids of its tree, wherever they stand in it. */
function labelsOf(tree: unknown): (id: string) => string {
  const labels = new Map<string, string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { id, label } = value as { id?: unknown; label?: unknown };
    if (typeof id === "string" && typeof label === "string") labels.set(id, label);
    for (const member of Object.values(value)) visit(member);
  };
  visit(tree);
  return (id) => labels.get(id) ?? id;
}

const bidsPerTable = 4;

/** Every computed value of every bid: items downwards, bids across, a few bids to a table. */
function bidTables(ranking: EvaluationReport["ranking"], values: EvaluationReport["values"], label: (id: string) => string): PaperBlock[] {
  const ofBids = values.filter(({ bidId, seat }) => bidId !== undefined && seat === undefined);
  const ids = [...new Set(ofBids.map(({ id }) => id))];
  if (ids.length === 0) return [];
  const shown = new Map(ofBids.map((value) => [`${value.bidId} ${value.id}`, value.shown]));
  const groups = Array.from({ length: Math.ceil(ranking.length / bidsPerTable) }, (_, index) =>
    ranking.slice(index * bidsPerTable, (index + 1) * bidsPerTable),
  );
  return groups.map((bids) => ({
    table: {
      columns: ["评审因素", ...bids.map(({ name }) => name)],
      rows: ids.map((id) => [label(id), ...bids.map(({ bidDigest }) => shown.get(`${bidDigest} ${id}`) ?? "—")]),
    },
  }));
}

function signatureBlocks({ signatures }: EvaluationReport, names: ReadonlyMap<number, string> | undefined): PaperBlock[] {
  const rows = signatures.map(({ seat, how, at, act }) => ({
    name: `${seat} 号席 ${names?.get(seat) ?? ""}（${howWords[how]}）`,
    at: shanghaiText(parseInstant(at)),
    digest: act ?? "—",
  }));
  const dissents = signatures
    .filter(({ how }) => how === "dissent")
    .map(({ seat, dissent }) => ({ text: `${seat} 号席的不同意见：${dissent}` }));
  return [{ heading: "六、评标委员会成员签署" }, { signatures: rows }, ...dissents];
}
