/**
 * 名单、回避、配额、数值与密钥在冻结之后不得更改。
 *
 * Law      CON-099 (事前承诺名单与算法); draw-v1 §7.
 * Refuses  "draw.list-changed-after-freeze" { signed, current }
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface FrozenListFacts {
  /** Hash of the plan that the operator has seen and signed. */
  signed: string;
  /** Hash of the plan as it would be frozen now. */
  current: string;
}

export const listIsWhatWasSigned = rule<FrozenListFacts>("draw.list-changed-after-freeze", {
  ruleId: "CON-099",
  check: ({ signed, current }) => finding(signed === current, { signed, current }),
  message: "您签署的抽取方案与现在的方案不一致，名单或参与方已有变化。",
  messageEn: "The plan that you signed is not the plan as it stands: list or contributors have changed.",
  whatToDo: "请重新核对方案后再签署冻结。",
});
