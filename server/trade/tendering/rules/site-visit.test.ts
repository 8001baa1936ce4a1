import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { visitIsForAll } from "./site-visit.ts";

ruleTable(visitIsForAll, { isForAll: true }, [
  ["announced to all (实施条例 第二十八条)", {}, passes],
  ["for some only", { isForAll: false }, refused()],
]);
