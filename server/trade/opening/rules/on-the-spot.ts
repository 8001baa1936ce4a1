/** An objection to the opening is raised and answered on the spot, or not at all. */
import { finding, rule } from "../../../kernel/index.ts";

export interface ObjectionFacts {
  /** Read-out is over and the opening is not closed. */
  onTheSpot: boolean;
}

/** 招标投标法实施条例 第四十四条：投标人对开标有异议的，应当在开标现场提出，招标人应当当场作出答复，并制作记录。 */
export const onTheSpot = rule<ObjectionFacts>("opening.objection-not-on-the-spot", {
  ruleId: "CON-048",
  check: (facts) => finding(facts.onTheSpot, { onTheSpot: facts.onTheSpot }),
  message: "对开标的确认与异议只能在唱标之后、开标结束之前当场提出。",
  messageEn: "The opening can be confirmed or objected to on the spot only: after the read-out and before it is closed.",
  whatToDo: "开标结束后，可对评标结果提出异议。",
});

export interface AnswerFacts {
  unanswered: readonly string[];
}

/** 同条：当场作出答复。没有答复的异议不结束开标。 */
export const answeredOnTheSpot = rule<AnswerFacts>("opening.objection-unanswered", {
  ruleId: "CON-048",
  check: ({ unanswered }) => finding(unanswered.length === 0, { unanswered }),
  message: "还有当场提出的异议没有答复，不能结束开标。",
  messageEn: "An objection raised on the spot has not been answered yet.",
  whatToDo: "请招标人当场答复并记录。",
});
