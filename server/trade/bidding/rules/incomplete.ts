/** What has not been transmitted completely at the deadline counts as withdrawn: no receipt without the whole body. */
import { finding, rule } from "../../../kernel/index.ts";
import type { PieceFault } from "../check-pieces.ts";

export interface BodyFacts {
  fault: PieceFault | undefined;
}

/** 电子招标投标办法 第二十七条：投标截止时间前未完成投标文件传输的，视为撤回投标文件。 */
export const incomplete = rule<BodyFacts>("bid.incomplete", {
  ruleId: "CON-036",
  check: ({ fault }) => finding(fault === undefined, { fault: fault?.fault ?? null, piece: fault?.piece ?? null }),
  message: "投标文件尚未完整传输，不能出具回执。",
  messageEn: ({ fault }) => `The bid is not completely transmitted (${fault}).`,
  whatToDo: "请在截止时间前补传缺少的分片并重新提交；未完成传输的视为撤回。",
});
