/** Steps of the grid in the words of the trade. */
const words: Readonly<Record<string, string>> = {
  "catalogue.admit": "进场登记",
  "tendering.preannounce": "发布招标计划",
  "tendering.prepare": "编制招标文件",
  "ceremony.run": "开标密钥生成",
  "tendering.publish": "发布招标公告",
  "tendering.offer": "发售招标文件",
  "tendering.clarify": "澄清与答疑",
  "deposit.collect": "收取投标保证金",
  "bidding.submit": "递交投标文件",
  "opening.open": "开标",
  "committee.form": "组建评标委员会",
  "evaluation.scrutinise": "清标",
  "evaluation.examine": "初步评审",
  "evaluation.score": "详细评审",
  "evaluation.report": "评标报告",
  "award.candidates": "公示中标候选人",
  "award.decide": "确定中标人",
  "award.publishResult": "发布中标结果公告",
  "award.sendLetter": "发出中标通知书",
  "award.report": "招标投标情况书面报告",
  "contract.sign": "签订合同",
  "contract.file": "合同备案",
  "deposit.release": "退还投标保证金",
  "payment.settle": "合同价款支付",
  "contract.perform": "合同履行",
  "archive.close": "归档",
};

export function stepWords(step: string): string {
  return words[step] ?? step;
}
