/**
 * The centre checks form, never substance: it may send an admission back only because an item of the form
 * is missing or unreadable.
 *
 * Law      公共资源交易平台管理暂行办法 第十八条: 不得以资质验证、投标许可等限制市场主体; 不得行使审批、备案、监管权力.
 * Refuses  "adm.substance-check-forbidden".
 */
import { finding, rule } from "../../../kernel/index.ts";

/** All that the centre may find missing. */
export const formItems = [
  "project",
  "approval",
  "funding",
  "agentMandate",
  "selfTenderFiling",
  "lots",
  "estimate",
  "supervisor",
  "files",
  "fileUnreadable",
] as const;

export interface FormCheck {
  items: readonly string[];
}

const check = ({ items }: FormCheck) => {
  const foreign = items.filter((item) => !(formItems as readonly string[]).includes(item));
  return finding(foreign.length === 0, { items: foreign });
};
const told = {
  message: "交易中心只核对登记材料的形式，不得以其他理由退回。",
  messageEn: "The centre checks the form only and may not send back for another reason.",
  whatToDo: `退回理由只能是登记材料缺失或者无法读取：${formItems.join("、")}。`,
};

export const marketIsNotRestricted = rule<FormCheck>("adm.substance-check-forbidden", { ruleId: "X-004", ...told, check });
export const centreDoesNotApprove = rule<FormCheck>("adm.substance-check-forbidden", { ruleId: "X-005", ...told, check });
