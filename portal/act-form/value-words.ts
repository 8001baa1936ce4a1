/** Chinese words of the closed values that forms offer; a value without a word is shown as it is. */
const values: Readonly<Record<string, string>> = {
  works: "工程", goods: "货物", services: "服务", surveyDesign: "勘察设计",
  building: "房屋建筑", municipal: "市政", highway: "公路", waterway: "水运", water: "水利", industry: "工业", landscaping: "园林绿化", fishingPort: "渔港",
  budget: "预算资金", state: "国有企业事业单位资金", other: "其他",
  transfer: "银行转账", guarantee: "保函", none: "无", bankGuarantee: "银行保函", insurance: "保证保险",
  bidder: "投标人原因", platform: "平台原因",
  accept: "同意", refuse: "拒绝", upheld: "成立", notUpheld: "不成立", yes: "是", no: "否", pass: "通过", fail: "不通过",
  objection: "异议", complaint: "投诉", plain: "普通方式", beacon: "公共信标", recovery: "恢复方式", fallback: "信标，失败时恢复",
  agree: "同意", ambiguous: "含义不明确", inconsistent: "同类问题表述不一致", obviousError: "明显文字或计算错误", priceBelowCost: "报价可能低于成本",
  "1": "银行转账", "2": "汇票或支票", "3": "银行保函", "4": "保证保险", "5": "担保公司保函", "6": "年度保证金",
  bidDeadline: "投标截止日", documentIssued: "招标文件发出日", letterOfAward: "中标通知书发出日", recoveryCode: "恢复码",
  "re-evaluate": "重新评标", "re-tender": "重新招标", annul: "结果无效", correct: "改正",
  comprehensive: "综合评估法", lowestReviewedPrice: "经评审的最低投标价法", lowestPrice: "经评审的最低投标价法",
  buyer: "招标人", centre: "交易中心", supervisor: "监督部门", expert: "专家", agent: "代理机构",
  document: "招标文件", opening: "开标", result: "评标结果", candidates: "中标候选人",
  qualified: "合格", excellent: "优良",
};

/** Word of a value. */
export const valueWord = (value: string): string => values[value] ?? value;
