import { doesNotApply, noticed, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import {
  complaintIsInTime,
  documentObjectionIsInTime,
  objectionComesFirst,
  openingObjectionIsOnTheSpot,
  resultObjectionIsInPublicity,
} from "./raised-in-time.ts";

ruleTable(documentObjectionIsInTime, { raisedAt: "2026-11-10", bidDeadline: "2026-11-23" }, [
  ["thirteen days before (实施条例 第二十二条)", {}, passes],
  ["ten days before", { raisedAt: "2026-11-13" }, passes],
  ["nine days before: the buyer decides whether to admit it", { raisedAt: "2026-11-14" }, noticed("marked", { measured: 9, required: 10 })],
]);

ruleTable(openingObjectionIsOnTheSpot, { openingRuns: true }, [
  ["during the opening (第四十四条)", {}, passes],
  ["after it", { openingRuns: false }, refused()],
]);

ruleTable(resultObjectionIsInPublicity, { publicityRuns: true, endedAt: null as string | null }, [
  ["while the candidates are public (第五十四条)", {}, passes],
  ["after the end", { publicityRuns: false, endedAt: "2026-11-20T15:59:59.999Z" }, refused({ endedAt: "2026-11-20T15:59:59.999Z" })],
]);

ruleTable(complaintIsInTime, { knownOn: "2026-11-10", filedAt: "2026-11-20" }, [
  ["the tenth day (第六十条)", {}, passes],
  ["the tenth day is a Sunday and rolls to Monday", { knownOn: "2026-11-12", filedAt: "2026-11-23" }, passes],
  ["the day after: the authority decides whether to admit it", { filedAt: "2026-11-23" }, noticed("marked")],
]);

ruleTable(objectionComesFirst, { about: "result", hasObjected: true }, [
  ["after an objection (第六十条第二款)", {}, passes],
  ["without one", { hasObjected: false }, noticed("marked")],
  ["in other matters none is needed", { about: "other", hasObjected: false }, doesNotApply],
]);
