import { doesNotApply, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { lawfulTerms } from "./lawful-terms.ts";
import { documentIsFree, noFloorPrice } from "./prices.ts";

ruleTable(documentIsFree, lawfulTerms, [
  ["a free document (实施条例 第十六条)", {}, passes],
  ["one fen is a profit on a file", { priceFen: 1n }, refused({ priceFen: "1" })],
]);

ruleTable(noFloorPrice, lawfulTerms, [
  ["no floor (实施条例 第二十七条)", {}, passes],
  ["a floor, however low", { floorFen: 1n }, refused({ floorFen: "1" })],
  ["a replay of foreign tenders declares its floor", { floorFen: 1n, floorPriceAllowed: true }, doesNotApply],
]);
