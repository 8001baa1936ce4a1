import { doesNotApply, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { smallWorks } from "./small-works.ts";
import { invitationIsDetermined, selfTenderIsFiled } from "./way-of-tendering.ts";

ruleTable(invitationIsDetermined, { ...smallWorks, isInvited: true }, [
  ["an invited tender of state funds without a record (实施条例 第八条)", {}, refused()],
  ["with a record", { determination: "沙箱发改〔2026〕9号" }, passes],
  ["an open tender needs none", { isInvited: false }, doesNotApply],
]);

ruleTable(selfTenderIsFiled, { ...smallWorks, hasAgent: false }, [
  ["a buyer that tenders by itself without filing (招标投标法 第十二条)", {}, refused()],
  ["filed", { selfTenderFiling: "备2026-01" }, passes],
  ["with an agent", { hasAgent: true }, doesNotApply],
]);
