/** The tender document of a road, short but whole: what stories of tests issue. For tests only. */
import { comprehensiveWorksTree } from "../../../kinds/index.ts";
import type { DocumentContent, DocumentTerms } from "../document.ts";
import type { NoticeText } from "../notice.ts";

export const roadTerms: DocumentTerms = {
  title: "下潭尾湾南岸道路及综合管廊工程施工招标文件",
  offerStartAt: "2026-11-12T01:00:00.000Z",
  offerEndAt: "2026-11-30T09:00:00.000Z",
  questionEndAt: "2026-11-28T01:00:00.000Z",
  bidDeadlineAt: "2026-12-08T01:00:00.000Z",
  priceFen: "0",
  ceilingFen: "18642050000",
  floorFen: null,
  bidValidityDays: 120,
  bidValidityFrom: "bidDeadline",
  depositFen: "80000000",
  depositForms: ["1", "3", "4", "5"],
  depositValidityDays: 120,
  method: {
    name: "comprehensive-evaluation",
    title: "综合评估法",
    tree: comprehensiveWorksTree,
    tieBreak: ["投标报价低者优先", "报价也相同的，技术得分高者优先", "仍相同的，公开随机抽取"],
    rejectionGrounds: [
      { no: 1, text: "投标文件未经投标单位签章和单位负责人签名" },
      { no: 5, text: "投标报价低于成本或者高于最高投标限价" },
    ],
  },
  coefficientDraw: { id: "K", title: "评标基准价下浮系数", values: ["3.0%", "3.5%", "4.0%", "4.5%", "5.0%"] },
  decryptionMinutes: 30,
  countUndecrypted: true,
  publicityDays: 3,
  committee: {
    size: 5,
    buyerRepresentatives: 1,
    specialities: { A080101: 2, A080102: 1, A060101: 1 },
    regions: ["350200", "350600", "350500"],
  },
  consortium: { allowed: true, membersMax: 2 },
  qualification: ["具备市政公用工程施工总承包一级及以上资质，安全生产许可证有效。"],
  performanceSecurityPercent: "8",
  durationDays: 540,
  quality: "合格",
};

export const roadContent: DocumentContent = {
  chapters: [
    { no: 2, title: "投标人须知", clauses: [{ no: "3.4", text: "投标有效期 120 日，自投标截止之日起算。" }] },
    { no: 7, title: "技术要求", sections: [{ title: "7.3 综合管廊工程", paragraphs: ["迎水面混凝土抗渗等级 P6。"] }] },
  ],
  forms: [
    {
      id: "bidForm",
      title: "投标函",
      envelope: "single",
      fields: [
        { key: "totalPriceYuan", label: "投标总价（元）", type: "money", required: true },
        { key: "durationDays", label: "工期（日历天）", type: "integer", required: true },
      ],
    },
  ],
  boq: {
    standard: "GB 50500 / GB 50857",
    rows: [
      {
        row: 1,
        section: "一 土石方与拆除",
        code: "040101001001",
        name: "挖一般土方",
        features: "三类土",
        unit: "m3",
        quantity: "68420",
        ceilingUnitPrice: "16.42",
        ceilingAmount: "1123456.40",
      },
    ],
    lumpSums: [{ id: "M1", name: "安全文明施工费", amount: "4360000.00", competitive: false }],
    taxRatePercent: "9",
  },
};

export const roadNotice: NoticeText = {
  title: "下潭尾湾南岸道路及综合管廊工程施工招标公告",
  fields: {
    project: "下潭尾湾南岸道路及综合管廊工程施工",
    scope: "道路、综合管廊、雨水、污水、给水、照明",
    size: "道路长 2.86 公里",
    funding: "市级财政资金",
    qualification: "市政公用工程施工总承包一级及以上资质",
    consortium: "接受，成员不超过 2 家",
    documentAccess: "平台免费下载",
    deadline: "2026年12月8日 09:00",
    submission: "在线加密递交",
    contacts: "许工",
    platformUrl: "https://egret.example",
    supervision: "市建设局",
  },
  sections: [{ title: "一、招标条件", paragraphs: ["本项目已具备招标条件，现进行公开招标。"] }],
};
