/**
 * 邀请招标须有认定记录；自行招标须备案.
 *
 * Law      招标投标法实施条例 第八条 (CON-007, state funds only); 招标投标法 第十二条 (CON-096).
 * Refuses  "adm.invitation-undetermined", "adm.self-tender-unfiled".
 */
import { finding, rule } from "../../../kernel/index.ts";
import { type AdmissionFacts, isStateFunded } from "./admission-facts.ts";

export const invitationIsDetermined = rule<AdmissionFacts>("adm.invitation-undetermined", {
  ruleId: "CON-007",
  applies: (facts) => facts.isInvited && isStateFunded(facts),
  check: (facts) => finding(facts.determination !== null, {}),
  whatToDo: "请填写邀请招标的认定文件，或者改为公开招标。",
});

export const selfTenderIsFiled = rule<AdmissionFacts>("adm.self-tender-unfiled", {
  ruleId: "CON-096",
  applies: (facts) => !facts.hasAgent,
  check: (facts) => finding(facts.selfTenderFiling !== null, {}),
  whatToDo: "请填写自行招标备案号，或者委托招标代理机构。",
});
