import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { type BodyFacts, incomplete } from "./incomplete.ts";
import { late } from "./late.ts";
import { notSealed, type SealingFacts } from "./not-sealed.ts";
import { partyIsAgent, partyIsBuyer } from "./party.ts";
import { revokeOnly } from "./revoke-only.ts";

const deadline = Date.parse("2026-11-23T01:00:00.000Z");

// 招标投标法 第二十八条
ruleTable(late, { arrivedAt: deadline, deadline }, [
  ["the very deadline is in time", {}, passes],
  [
    "one millisecond later is late",
    { arrivedAt: deadline + 1 },
    refused({ arrivedAt: "2026-11-23T01:00:00.001Z", article: "招标投标法 第二十八条" }),
  ],
]);

// 招标投标法 第二十九条
ruleTable(revokeOnly, { arrivedAt: deadline, deadline }, [
  ["a bid may be withdrawn at the very deadline", {}, passes],
  ["one millisecond later it can only be revoked", { arrivedAt: deadline + 1 }, refused()],
]);

// 招标投标法实施条例 第三十六条
ruleTable<SealingFacts>(notSealed, { code: null }, [
  ["a seal without fault", {}, passes],
  ["a copied R", { code: "E_POKR" }, refused({ code: "E_POKR" })],
]);

// 电子招标投标办法 第二十七条
ruleTable<BodyFacts>(incomplete, { fault: undefined }, [
  ["all pieces are here", {}, passes],
  ["a piece is missing", { fault: { fault: "missing", piece: "a".repeat(32) } }, refused({ fault: "missing" })],
  ["the root differs", { fault: { fault: "root", piece: null } }, refused({ fault: "root", piece: null })],
]);

// 招标投标法实施条例 第十三条、第三十四条
const parties = { organisation: "org_b", buyer: "org_t", agent: "org_a" };
ruleTable(partyIsAgent, parties, [
  ["a third party", {}, passes],
  ["the agent itself", { organisation: "org_a" }, refused({ organisation: "org_a" })],
]);
ruleTable(partyIsBuyer, parties, [
  ["a third party", {}, passes],
  ["the buyer itself", { organisation: "org_t" }, refused({ organisation: "org_t" })],
]);
