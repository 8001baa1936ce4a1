/**
 * Judging rules inside a decision: the first refusal, or what each rule found, to be recorded with the
 * event that they let pass. A warning must be acknowledged by name, else it refuses too (model.md §5).
 */

import type { Json } from "../../../formats/jcs.ts";
import { enforce, type Refusal, type Rule } from "../../kernel/index.ts";
import type { Deciding } from "./act.ts";

export interface Judgement {
  refusal: Refusal | undefined;
  /** `{rule, code, verdict, data}` of each rule that applied, for the event. */
  decisions: Json[];
}

/** @param acknowledged codes of warnings that the person has read and accepts. */
export function judge<Facts>(
  context: Pick<Deciding, "law" | "calendar">,
  rules: readonly Rule<Facts>[],
  facts: Facts,
  acknowledged: readonly string[] = [],
): Judgement {
  const outcome = enforce(rules, facts, { ruleSet: context.law, calendar: context.calendar });
  const unread = outcome.notices.find(({ verdict, refusal }) => verdict === "warned" && !acknowledged.includes(refusal.code));
  return {
    refusal:
      outcome.refusal ?? (unread && { ...unread.refusal, whatToDo: `请确认知悉后重新提交（acknowledged: ${unread.refusal.code}）。` }),
    decisions: outcome.decisions.map(({ code, ruleId, verdict, data }) => ({ code, rule: ruleId ?? null, verdict, data: data as Json })),
  };
}
