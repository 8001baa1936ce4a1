/**
 * 同一事项不得重复抽取；确需重抽的，须先公开原因并作废原方案。
 *
 * Law      CON-099 (list and method committed before); draw-v1 §2: a second plan needs `supersedes` and a public reason.
 * Refuses  "draw.repeat-needs-cause" { earlier, state }
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface RepeatFacts {
  /** The draw before on the same subject; null when this is the first. */
  earlier: { drawId: string; state: string; wasFrozen: boolean } | null;
  reason: string | null;
}

export const repeatHasCause = rule<RepeatFacts>("draw.repeat-needs-cause", {
  ruleId: "CON-099",
  applies: ({ earlier }) => earlier !== null,
  check: ({ earlier, reason }) =>
    finding(earlier?.state === "void" && (!earlier.wasFrozen || reason !== null), {
      earlier: earlier?.drawId ?? "",
      state: earlier?.state ?? "",
      reason: reason ?? "",
    }),
  message: ({ earlier, state }) =>
    state === "void" ? `重新抽取须写明公开的原因（原抽取 ${earlier}）。` : `同一事项已有抽取 ${earlier}，结果不因再抽而改变。`,
  messageEn: ({ earlier, state }) =>
    state === "void" ? `A new plan needs a public reason (before: ${earlier}).` : `There is a draw on this subject already: ${earlier}.`,
  whatToDo: "确需重抽的，请先公开原因并作废原方案，再编制新方案。",
});
