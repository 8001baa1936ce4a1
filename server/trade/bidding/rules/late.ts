/** Too late is too late: the very deadline is in time, one millisecond after it is not. */
import { finding, type Instant, instantText, rule } from "../../../kernel/index.ts";

export interface LateFacts {
  arrivedAt: Instant;
  deadline: Instant;
}

/** 招标投标法 第二十八条：在招标文件要求提交投标文件的截止时间后送达的投标文件，招标人应当拒收。 */
export const late = rule<LateFacts>("bid.late", {
  ruleId: "CON-035",
  check: ({ arrivedAt, deadline }) =>
    finding(arrivedAt <= deadline, {
      arrivedAt: instantText(arrivedAt),
      deadline: instantText(deadline),
      article: "招标投标法 第二十八条",
    }),
  message: ({ deadline }) => `投标文件在截止时间（${deadline}）之后送达，应当拒收（招标投标法 第二十八条）。`,
  messageEn: ({ deadline }) => `The bid arrived after the deadline (${deadline}) and has to be refused.`,
  whatToDo: "本标段不再接收投标文件；已递交且未撤回的投标文件仍然有效。",
});
