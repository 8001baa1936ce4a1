/**
 * 公共资源交易平台应当……对交易过程中的资料归档，做到全过程可追溯。
 *
 * Law     公共资源交易平台管理暂行办法 第十七条、第二十一条 (X-006; the article is not confirmed)
 * Refuses "archive.item-missing" { missing }
 */
import { finding, rule } from "../../../kernel/index.ts";

export const itemsAreComplete = rule<{ missing: readonly string[] }>("archive.item-missing", {
  ruleId: "X-006",
  check: ({ missing }, values) => finding(!values.flag("required") || missing.length === 0, { missing }),
  message: ({ missing }) => `归档材料不齐全，缺少：${String(missing)}。`,
  messageEn: "The archive lacks required items.",
  whatToDo: "请补齐缺少的材料所对应的环节后再归档。",
});
