/** Refusals that several acts of the committee share. None of them names a member. */
import { type Refusal, refuse } from "../../kernel/index.ts";

export function notNow(committee: { state: string } | undefined): Refusal {
  const state = committee?.state ?? "none";
  return refuse("act.not-possible-now", {
    message: "评标委员会现在的状态下不能办理此事。",
    messageEn: "This is not possible in the present state of the committee.",
    data: { state },
    whatToDo: "请查看评标委员会组建的进度。",
  });
}

/** Not summoned, another's seat, or no seat at all: one answer, so that nobody learns who sits. */
export function noSeat(): Refusal {
  return refuse("committee.no-seat", {
    ruleId: "CON-055",
    law: "招标投标法",
    article: "第三十七条",
    message: "您现在没有可以办理此事的评标席位。",
    messageEn: "You have no seat for which this can be done now.",
    data: {},
  });
}
