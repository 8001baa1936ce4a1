import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { holderIsTold } from "./holder-is-told.ts";
import { outsidersOnly } from "./outsiders-only.ts";

// 拍卖法 第二十二条、第三十条
ruleTable(outsidersOnly, { organisation: "org_a", parties: ["org_owner", "org_centre"] }, [
  ["an outsider may bid", {}, passes],
  ["the owner may not", { organisation: "org_owner" }, refused()],
  ["neither may the centre", { organisation: "org_centre" }, refused()],
]);

// 民法典 第七百二十七条
const auctionStart = Date.parse("2026-11-23T02:00:00.000Z");
const day = 86_400_000;
ruleTable(holderIsTold, { sentAt: auctionStart - 5 * day, auctionStart }, [
  ["five days before", {}, passes],
  ["four days before", { sentAt: auctionStart - 4 * day }, refused({ measured: 4, required: 5 })],
]);
