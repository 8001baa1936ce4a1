/**
 * 竞价暂停须双人批准并说明理由，恢复后倒计时重置并通知全部竞买人 (AST-021, a demand of design). The first person is of the
 * centre; the second is another person, of the centre, the buyer or the supervisor (decisions §7).
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface PauseFacts {
  /** Persons who have said it, this one included. */
  persons: readonly string[];
  firstIsOfCentre: boolean;
}

/** Judged when somebody speaks; one person alone only asks. */
export const twoPersons = rule<PauseFacts>("auction.pause-needs-two", {
  ruleId: "AST-021",
  check: ({ persons, firstIsOfCentre }, values) => {
    const different = new Set(persons).size;
    return finding(firstIsOfCentre && different === persons.length, { persons: different, required: values.number("approvals") });
  },
  message: "暂停和恢复竞价须由中心一人提出、另一人（中心、出让方或监督部门）确认，同一人不能确认自己的提议。",
  messageEn: "A pause is asked for by one person of the centre and joined by another person.",
  whatToDo: "请由另一位人员确认。",
});
