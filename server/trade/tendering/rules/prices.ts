/**
 * 招标文件不得以营利为目的；不得规定最低投标限价.
 *
 * Law      实施条例 第十六条 (CON-011), 第二十七条 (CON-021; a replay of foreign tenders sets it aside by name).
 * Refuses  "document.fee", "document.floor-price".
 */
import { fenText, finding, rule } from "../../../kernel/index.ts";
import type { DocumentFacts } from "./document-facts.ts";

export const documentIsFree = rule<DocumentFacts>("document.fee", {
  ruleId: "CON-011",
  // 电子招标文件没有印刷、邮寄成本，因此任何售价都是营利。
  check: ({ priceFen }, values) => finding(values.flag("profitAllowed") || priceFen === 0n, { priceFen: fenText(priceFen) }),
  whatToDo: "电子招标文件免费提供，请将售价改为 0。",
});

export const noFloorPrice = rule<DocumentFacts>("document.floor-price", {
  ruleId: "CON-021",
  applies: ({ floorPriceAllowed }) => !floorPriceAllowed,
  check: ({ floorFen }, values) =>
    finding(values.flag("minimumPriceAllowed") || floorFen === null, { floorFen: floorFen === null ? null : fenText(floorFen) }),
  whatToDo: "请删去最低投标限价，可以设最高投标限价。",
});
