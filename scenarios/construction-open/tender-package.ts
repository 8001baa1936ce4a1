/** The first tender package of the sandbox city (t01) as the data of acts. Dates are those of the package for 2026-11-23. */
import { digestOf } from "../../formats/jcs.ts";
import { fenText, instantText, parseOffsetTime, parseYuan } from "../../server/kernel/index.ts";
import { comprehensiveWorksTree } from "../../server/kinds/index.ts";
import boq from "../city/data/tenders/t01-xiatanwei-road/boq.json" with { type: "json" };
import documentFile from "../city/data/tenders/t01-xiatanwei-road/document.json" with { type: "json" };
import forms from "../city/data/tenders/t01-xiatanwei-road/forms.json" with { type: "json" };
import notice from "../city/data/tenders/t01-xiatanwei-road/notice.json" with { type: "json" };
import questions from "../city/data/tenders/t01-xiatanwei-road/questions.json" with { type: "json" };
import scoring from "../city/data/tenders/t01-xiatanwei-road/scoring.json" with { type: "json" };
import tender from "../city/data/tenders/t01-xiatanwei-road/tender.json" with { type: "json" };

export { questions, tender };

const fen = (yuan: string) => fenText(parseYuan(yuan));

/** A milestone of the package as an instant. */
export function milestone(name: keyof typeof tender.milestones): string {
  return instantText(parseOffsetTime(tender.milestones[name].example));
}

export const project = {
  name: "下潭尾湾南岸道路及综合管廊工程",
  investmentProjectCode: "2604-350213-48-01-900001",
  approvalNumber: "沙箱发改〔2026〕101号",
  approvedBy: "市发展和改革沙箱审批窗口",
  location: "厦门市翔安区",
  scale: "道路长 2.86 公里，城市主干路，红线宽 44 米；综合管廊 2.61 公里，双舱断面",
  regionCode: "350200",
  investmentFen: fen("236000000.00"),
  budgetFundsFen: fen("236000000.00"),
  stateFundsFen: "0",
  fundingText: "市级财政资金，出资比例 100%",
  files: [],
};

export const lotForm = {
  title: tender.name,
  objectClass: "works",
  tradeSector: "municipal",
  estimateFen: fen(tender.estimateYuan),
  procedureId: "CO",
  mandatory: true,
  fundSource: "budget",
  options: [],
  plannedNoticeOn: "2026-11-12",
};

export const terms = {
  title: documentFile.title,
  offerStartAt: milestone("documentOfferStart"),
  offerEndAt: milestone("documentOfferEnd"),
  questionEndAt: milestone("objectionDeadline"),
  bidDeadlineAt: milestone("bidDeadline"),
  priceFen: "0",
  ceilingFen: fen(tender.ceilingYuan),
  floorFen: null,
  bidValidityDays: tender.bidValidityDays,
  bidValidityFrom: "bidDeadline",
  depositFen: fen(tender.deposit.amountYuan),
  depositForms: tender.deposit.forms,
  depositValidityDays: tender.bidValidityDays,
  method: {
    name: "comprehensive-evaluation",
    title: scoring.methodName,
    tree: comprehensiveWorksTree,
    tieBreak: scoring.tieBreak,
    rejectionGrounds: scoring.rejectionGrounds,
  },
  coefficientDraw: { id: "K", title: "评标基准价下浮系数", values: coefficientValues() },
  decryptionMinutes: tender.decryptionMinutes,
  countUndecrypted: scoring.countUndecryptedAsBidder,
  publicityDays: 3,
  committee: {
    size: tender.committee.experts + tender.committee.buyerRepresentatives,
    buyerRepresentatives: tender.committee.buyerRepresentatives,
    specialities: tender.committee.specialities,
    regions: tender.committee.regions,
  },
  consortium: { allowed: true, membersMax: 2 },
  qualification: notice.fields.qualification,
  performanceSecurityPercent: "8",
  durationDays: 540,
  quality: "合格",
};

function coefficientValues(): string[] {
  const k = JSON.stringify(scoring.declared).match(/"list":(\[[^\]]*\])/)?.[1];
  return JSON.parse(k ?? "[]") as string[];
}

interface Chapter {
  no: number;
  title: string;
  clauses?: object[];
  sections?: object[];
  summary?: string;
  file?: string;
}

/** Long parts: chapters, forms, bill of quantities. */
export const content = {
  chapters: (documentFile.chapters as Chapter[]).map(({ no, title, clauses, sections, summary, file }) => ({
    no,
    title,
    clauses,
    sections,
    summary,
    file,
  })),
  forms: forms.forms.map(({ id, title, envelope, fields }) => ({ id, title, envelope, fields })),
  boq: {
    standard: boq.standard,
    rows: boq.rows,
    lumpSums: boq.lumpSums,
    taxRatePercent: boq.summary.taxRatePercent,
  },
};

/** The notice in the statutory fields of 10 号令 第五条 and in its text. */
export const noticeText = {
  title: notice.title,
  fields: {
    ...Object.fromEntries(
      Object.entries(notice.fields).filter(([, value]) => typeof value === "string" && !/^(authority|bidDeadline)/.test(value)),
    ),
    qualification: notice.fields.qualification.join("；"),
    consortium: "接受联合体投标，成员不超过 2 家",
    deadline: "2026年12月8日 09:00",
    contacts: "招标人 许工 0592-000 4001；招标代理机构 傅工 0592-000 4024",
    supervision: "市建设局 0592-000 1427",
  } as Record<string, string>,
  sections: notice.sections,
};

export const noticeData = {
  text: noticeText,
  media: notice.noticeMedia.map((name) => ({ name, textSha256: digestOf(noticeText) })),
  publicationFeeFen: "0",
};
