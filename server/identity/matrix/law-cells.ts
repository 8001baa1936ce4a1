/**
 * Cells of the matrix written a second time, from the law instead of from roles.md: what a statute forbids or demands
 * to be seen. Two hands, two sources; a test compares them with each other and with what HTTP answers.
 */
import type { MatrixReader, MatrixStage } from "./read-table.ts";

export interface LawCells {
  law: string;
  article: string;
  quote: string;
  paths: readonly string[];
  readers: readonly MatrixReader[];
  stages: readonly MatrixStage[];
  /** Whether these readers may read there and then. */
  may: boolean;
}

export const lawCells: readonly LawCells[] = [
  {
    law: "招标投标法",
    article: "第二十二条",
    quote: "招标人不得向他人透露已获取招标文件的潜在投标人的名称、数量以及可能影响公平竞争的有关招标投标的其他情况。",
    paths: ["/lots/:lotId/taken-document", "/lots/:lotId/own-bid"],
    readers: ["public", "buyer", "agent", "centre", "drawOperator", "cashier", "supervisor", "expert", "guarantor"],
    stages: ["tendering"],
    may: false,
  },
  {
    law: "招标投标法",
    article: "第二十二条",
    quote: "招标人不得向他人透露已获取招标文件的潜在投标人的名称、数量以及可能影响公平竞争的有关招标投标的其他情况。",
    paths: ["/lots/:lotId/opening", "/lots/:lotId/deposits"],
    readers: [
      "public",
      "bidder",
      "otherBidder",
      "buyer",
      "otherBuyer",
      "agent",
      "centre",
      "drawOperator",
      "archivist",
      "cashier",
      "supervisor",
      "guarantor",
    ],
    stages: ["tendering"],
    may: false,
  },
  {
    law: "招标投标法",
    article: "第三十六条",
    quote: "开标时……经确认无误后，由工作人员当众拆封，宣读投标人名称、投标价格和投标文件的其他主要内容。开标过程应当记录，并存档备查。",
    paths: ["/lots/:lotId/opening/record"],
    readers: ["public", "bidder", "otherBidder", "buyer", "agent", "centre", "supervisor"],
    stages: ["evaluation", "publicity", "result"],
    may: true,
  },
  {
    law: "招标投标法",
    article: "第三十七条",
    quote: "评标委员会成员的名单在中标结果确定前应当保密。",
    paths: ["/lots/:lotId/committee/seats"],
    readers: ["public", "bidder", "otherBidder", "buyer", "agent", "supervisor", "guarantor", "cashier"],
    stages: ["tendering", "opening", "evaluation", "publicity"],
    may: false,
  },
  {
    law: "招标投标法",
    article: "第三十八条",
    quote: "招标人应当采取必要的措施，保证评标在严格保密的情况下进行。任何单位和个人不得非法干预、影响评标的过程和结果。",
    paths: ["/lots/:lotId/evaluation"],
    readers: ["public", "bidder", "otherBidder", "buyer", "agent", "centre", "supervisor", "otherExpert"],
    stages: ["evaluation", "reported"],
    may: false,
  },
  {
    law: "招标投标法",
    article: "第四十四条",
    quote: "评标委员会成员和参与评标的有关工作人员不得透露对投标文件的评审和比较、中标候选人的推荐情况以及与评标有关的其他情况。",
    paths: ["/lots/:lotId/award", "/lots/:lotId/evaluation/report"],
    readers: ["public", "bidder", "otherBidder", "cashier", "guarantor"],
    stages: ["evaluation", "reported"],
    may: false,
  },
  {
    law: "招标投标法实施条例",
    article: "第五十四条",
    quote: "依法必须进行招标的项目，招标人应当自收到评标报告之日起三日内公示中标候选人，公示期不得少于三日。",
    paths: ["/lots/:lotId/award"],
    readers: ["public", "bidder", "otherBidder", "supervisor"],
    stages: ["publicity"],
    may: true,
  },
  {
    law: "招标投标法",
    article: "第四十条",
    quote: "评标委员会完成评标后，应当向招标人提出书面评标报告，并推荐合格的中标候选人。",
    paths: ["/lots/:lotId/evaluation/report"],
    readers: ["buyer"],
    stages: ["reported", "publicity", "result"],
    may: true,
  },
  {
    law: "招标投标法实施条例",
    article: "第十六条",
    quote: "招标人应当按照资格预审公告、招标公告或者投标邀请书规定的时间、地点发售资格预审文件或者招标文件。",
    paths: ["/lots/:lotId/notice", "/lots/:lotId/document"],
    readers: ["public", "bidder", "otherBidder"],
    stages: ["tendering"],
    may: true,
  },
  {
    law: "招标投标法",
    article: "第二十三条",
    quote:
      "招标人对已发出的招标文件进行必要的澄清或者修改的，应当……以书面形式通知所有招标文件收受人。该澄清或者修改的内容为招标文件的组成部分。",
    paths: ["/lots/:lotId/questions"],
    readers: ["public", "bidder", "otherBidder"],
    stages: ["tendering"],
    may: true,
  },
];

/** How many cells of the matrix stand here. */
export const lawCellCount = lawCells.reduce((sum, { paths, readers, stages }) => sum + paths.length * readers.length * stages.length, 0);
