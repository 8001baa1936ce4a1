/** One tender of the file as the data of acts: project, admission, document, notice, bid. One unit of the file is one yuan. */
import { utf8 } from "../../formats/bytes.ts";
import { digestOf } from "../../formats/jcs.ts";
import type { BidFile } from "../driver/seal-bid.ts";
import type { Parties } from "./cast.ts";
import type { TenderTimes } from "./map-days.ts";
import type { ForeignBid, ForeignTender } from "./read-tenders.ts";

export const procedureId = "CO+replay-foreign";

/** The ground on which the committee rejects a price outside the declared limits. */
export const priceOutsideLimits = 1;

const durationDays = 180;
const quality = "合格";
const validityDays = 90;

/** What the tender is worth: the ceiling, or the dearest bid where the file names none. */
function estimateOf({ ceilingFen, bids }: ForeignTender): string {
  const prices = bids.map(({ priceFen }) => BigInt(priceFen));
  return ceilingFen ?? String(prices.sort((a, b) => (a < b ? 1 : -1))[0]);
}

export function projectOf(tender: ForeignTender) {
  return {
    name: tender.title,
    investmentProjectCode: "2601-350200-48-01-900001",
    approvalNumber: `境外项目重演 ${tender.tender}`,
    approvedBy: "境外项目重演（沙箱）",
    location: "境外",
    scale: tender.title,
    regionCode: "350200",
    investmentFen: estimateOf(tender),
    budgetFundsFen: estimateOf(tender),
    stateFundsFen: "0",
    fundingText: "公共财政资金（境外项目重演）",
    files: [],
  };
}

export function admissionOf(
  tender: ForeignTender,
  { projectId, parties, noticeOn }: { projectId: string; parties: Parties; noticeOn: string },
) {
  return {
    projectId,
    title: tender.title,
    tradeClass: "A02",
    ...parties,
    mandateUntilOn: "2027-12-31",
    selfTenderFiling: null,
    invitedDetermination: null,
    supervisionSector: "housing",
    lots: [
      {
        title: `${tender.tender} ${tender.title}`,
        objectClass: "works",
        tradeSector: "municipal",
        estimateFen: estimateOf(tender),
        procedureId,
        mandatory: true,
        fundSource: "budget",
        options: [],
        plannedNoticeOn: noticeOn,
      },
    ],
    files: [],
  };
}

export function termsOf({ title, ceilingFen, floorFen }: ForeignTender, times: TenderTimes) {
  const tieBreak = ["lowerPrice", "fileOrder"];
  return {
    title,
    offerStartAt: times.notice,
    offerEndAt: times.offerEnd,
    questionEndAt: times.questionEnd,
    bidDeadlineAt: times.deadline,
    priceFen: "0",
    ceilingFen,
    floorFen,
    bidValidityDays: validityDays,
    bidValidityFrom: "bidDeadline",
    depositFen: "0",
    depositForms: [],
    depositValidityDays: 0,
    method: {
      name: "lowest-reviewed-price",
      title: "经评审的最低投标价法",
      tree: { ceilingFen, floorFen, tieBreak },
      tieBreak: ["报价相同的，按递交先后"],
      rejectionGrounds: [{ no: priceOutsideLimits, text: "投标报价高于最高投标限价或者低于公布的最低限价。" }],
    },
    coefficientDraw: null,
    decryptionMinutes: 30,
    countUndecrypted: true,
    publicityDays: 3,
    committee: { size: 5, buyerRepresentatives: 1, specialities: { [speciality]: 4 }, regions },
    consortium: { allowed: false, membersMax: 1 },
    qualification: ["境外项目重演：原项目的资格条件视为满足。"],
    performanceSecurityPercent: "0",
    durationDays,
    quality,
  };
}

export const speciality = "A080101";
export const regions = ["350200", "350600", "350500"];

export const content = {
  chapters: [{ no: 1, title: "境外项目重演说明", summary: "按真实投标报价重演；本平台的法律条款中仅最低投标限价一项被明示排除。" }],
  forms: [],
  boq: null,
};

export function noticeOf({ title, tender }: ForeignTender, { deadline }: TenderTimes) {
  const text = {
    title: `${title}招标公告（境外项目重演 ${tender}）`,
    fields: {
      project: title,
      scope: title,
      size: title,
      funding: "公共财政资金",
      qualification: "境外项目重演：原项目的资格条件视为满足。",
      consortium: "不接受联合体投标",
      documentAccess: "平台免费下载",
      deadline,
      submission: "在线加密递交",
      contacts: "境外项目重演（沙箱）",
      platformUrl: "https://egret.example",
      supervision: "市建设局 0592-000 1427",
    } as Record<string, string>,
    sections: [{ title: "一、说明", paragraphs: [`按真实投标报价重演的境外公共工程 ${tender}，一个货币单位按一元计。`] }],
  };
  return { text, media: [{ name: "鹭易·一网交易", textSha256: digestOf(text) }], publicationFeeFen: "0" };
}

export function bidFilesOf({ party, priceFen }: ForeignBid): BidFile[] {
  const projectManager = { name: `${party} 项目负责人`, certificate: `重演-${party}` };
  const form = { v: 1, priceFen, currency: "CNY", durationDays, quality, projectManager, validityDays, depositForm: "none", facts: {} };
  return [{ name: "bid-form.json", bytes: utf8(JSON.stringify(form)) }];
}

/** The written contract: the terms of the winning bid and nothing else. */
export function contractOf({
  priceFen,
  durationDays: days,
  quality: promised,
  managerName,
}: {
  priceFen: string;
  durationDays: number;
  quality: string;
  managerName: string;
}) {
  return {
    priceFen,
    durationDays: days,
    quality: promised,
    managerName,
    securityFen: "0",
    securityForm: "无",
    paymentTerms: "按招标文件。",
    otherTerms: "",
    subcontracts: [],
  };
}
