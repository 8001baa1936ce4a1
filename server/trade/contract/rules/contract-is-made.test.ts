import { noticed, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { contractIsInTime, subcontractsAreMinor } from "./contract-is-made.ts";

ruleTable(contractIsInTime, { letterAt: "2026-11-02", signedAt: "2026-12-02" }, [
  ["the thirtieth day (招标投标法 第四十六条)", {}, passes],
  ["the thirty-first is overdue, and the contract stands", { signedAt: "2026-12-03" }, noticed("overdue")],
]);

const minor = { part: "绿化", isMainOrKey: false, consented: true };

ruleTable(subcontractsAreMinor, { subcontracts: [minor] }, [
  ["minor work with consent (第四十八条)", {}, passes],
  ["nothing is subcontracted", { subcontracts: [] }, passes],
  ["the main structure", { subcontracts: [{ ...minor, part: "管廊主体", isMainOrKey: true }] }, refused({ parts: ["管廊主体"] })],
  ["minor work without consent", { subcontracts: [{ ...minor, consented: false }] }, refused({ parts: ["绿化"] })],
]);
