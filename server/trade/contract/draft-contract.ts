/**
 * `con.draft`: the written contract. Its main terms are those of the opened bid; the buyer enters them as
 * they stand in the text that is signed, and a deviation is refused (实施条例 第五十七条).
 */
import { Type } from "@sinclair/typebox";
import { digestOf, type Json } from "../../../formats/jcs.ts";
import { next, parseFen, type Refusal, refuse } from "../../kernel/index.ts";
import { foldStream } from "../../record/index.ts";
import { type Award, awardOn, type Decision, standingDecision } from "../award/index.ts";
import { type EvaluationReport, reportOf } from "../evaluation/index.ts";
import { type ActContext, act, closed, count, fen, judge, text } from "../transaction/index.ts";
import { contractStates } from "./contract.states.ts";
import { type ContractTerms, contractStream, evolveContract } from "./contract.ts";
import { subcontractsAreMinor } from "./rules/contract-is-made.ts";
import { securityIsBounded, termsFollowTheBid } from "./rules/terms-follow-the-bid.ts";

export const contractText = closed({
  priceFen: fen("合同价款（分）"),
  durationDays: count("工期（日历天）", 0, 36_500),
  quality: text("质量标准"),
  managerName: text("项目负责人", 64),
  securityFen: fen("履约保证金（分）"),
  securityForm: text("履约担保形式", 60),
  paymentTerms: text("价款支付", 4000),
  otherTerms: Type.String({ title: "其他条款", maxLength: 8000 }),
  subcontracts: Type.Array(
    closed({
      part: text("分包内容"),
      isMainOrKey: Type.Boolean({ title: "主体或者关键性工作" }),
      consented: Type.Boolean({ title: "招标人同意" }),
    }),
    { title: "分包", maxItems: 50 },
  ),
});

export const draftContract = act({
  name: "con.draft",
  title: { zh: "拟定合同", en: "Draft the contract" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "contract.sign",
  rules: ["CON-075", "CON-076", "CON-095"],
  data: contractText,
  async decide(context, wish) {
    const basis = await basisOf(context);
    if ("refused" in basis) return basis;
    const { stream, bid, report } = basis;
    const contract = await foldStream(context.tx, stream, evolveContract);
    if (contract && next(contractStates, contract.state, "draft") === undefined) return alreadySigned(contract.state);
    const facts = {
      deviations: deviationsFrom(bid, wish),
      priceFen: parseFen(bid.figures.priceFen),
      securityFen: parseFen(wish.securityFen),
    };
    const judged = judge(context, [termsFollowTheBid, securityIsBounded], facts);
    const minor = judge(context, [subcontractsAreMinor], { subcontracts: wish.subcontracts });
    const refusal = judged.refusal ?? minor.refusal;
    if (refusal) return refusal;
    const terms: ContractTerms = {
      title: context.lot.title,
      buyer: context.lot.parties.buyer,
      contractor: bid.organisation,
      bidDigest: bid.bidDigest,
      documentVersion: report.terms.version,
      documentSha256: report.terms.sha256,
      managerCertificate: bid.figures.projectManager.certificate,
      ...wish,
    };
    const termsDigest = digestOf(terms as unknown as Json);
    await context.append(stream, "con.drafted", {
      terms: terms as unknown as Json,
      termsDigest,
      decisions: [...judged.decisions, ...minor.decisions],
    });
    return { termsDigest };
  },
});

type WinningBid = EvaluationReport["bids"][number] & { figures: NonNullable<EvaluationReport["bids"][number]["figures"]> };

export interface Basis {
  award: Award;
  winner: Decision;
  stream: string;
  report: EvaluationReport;
  bid: WinningBid;
}

/** The winner who holds the letter, and its opened bid. */
export async function basisOf(context: Pick<ActContext, "tx" | "lot">): Promise<Basis | Refusal> {
  const [award, report] = [await awardOn(context.tx, context.lot), await reportOf(context.tx, context.lot.id)];
  const winner = award && standingDecision(award);
  const bid = report?.bids.find(({ bidDigest }) => bidDigest === winner?.bidDigest);
  if (award?.letter && winner && report && bid?.figures)
    return { award, winner, report, stream: contractStream(context.lot.id, award), bid: bid as WinningBid };
  return refuse("contract.no-winner", {
    law: "招标投标法",
    article: "第四十六条",
    message: "尚未发出中标通知书，或者中标已经撤销、放弃，不能订立合同。",
    messageEn: "There is no letter of award that stands.",
    data: { state: award?.state ?? "waiting" },
    whatToDo: "请先发出中标通知书。",
  });
}

function deviationsFrom(
  { figures }: WinningBid,
  wish: { priceFen: string; durationDays: number; quality: string; managerName: string },
): string[] {
  const terms: [string, string | number, string | number][] = [
    ["价款", wish.priceFen, figures.priceFen],
    ["工期", wish.durationDays, figures.durationDays],
    ["质量", wish.quality, figures.quality],
    ["项目负责人", wish.managerName, figures.projectManager.name],
  ];
  return terms.filter(([, written, offered]) => written !== offered).map(([name, written, offered]) => `${name} ${written} ≠ ${offered}`);
}

function alreadySigned(state: string): Refusal {
  return refuse("contract.already-signed", {
    message: "合同已有一方签署，不能再改；不得另行订立背离合同实质性内容的协议。",
    messageEn: "The contract is signed by one side already.",
    data: { state },
    ruleId: "CON-075",
  });
}
