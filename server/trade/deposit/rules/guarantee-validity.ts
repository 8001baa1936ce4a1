/**
 * 投标保证金有效期应当与投标有效期一致: an undertaking that ends earlier does not secure the bid.
 *
 * Law      实施条例 第二十六条 (CON-023).
 * Unit     days; validity runs from the deadline, the first day is not counted (民法典 第二百零一条).
 * Refuses  "guarantee.shorter-than-bid-validity" {untilOn, requiredOn}
 */
import { finding, type PlainDate, rule } from "../../../kernel/index.ts";

export interface ValidityFacts {
  untilOn: PlainDate;
  /** The last day of the bid's validity. */
  requiredOn: PlainDate;
}

export const guaranteeOutlastsBid = rule<ValidityFacts>("guarantee.shorter-than-bid-validity", {
  ruleId: "CON-023",
  check: ({ untilOn, requiredOn }) => finding(untilOn >= requiredOn, { untilOn, requiredOn }),
  message: (data) => `保函有效期至 ${data.untilOn}，短于投标有效期（至 ${data.requiredOn}）。`,
  messageEn: (data) => `The guarantee ends on ${data.untilOn}, before the bid's validity on ${data.requiredOn}.`,
  whatToDo: (data) => `请将保函有效期定至 ${data.requiredOn} 或者以后。`,
});
