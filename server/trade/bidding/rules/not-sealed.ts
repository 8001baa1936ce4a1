/** A bid that is not sealed for this lot is refused: not encrypted, another lot's key, a copied R, no signature. */
import { finding, rule } from "../../../kernel/index.ts";

export interface SealingFacts {
  /** The code of seal-v1 that the checks found; null when the seal is right. */
  code: string | null;
}

/** 招标投标法实施条例 第三十六条：不按照招标文件要求密封的投标文件，招标人应当拒收。 */
export const notSealed = rule<SealingFacts>("bid.unencrypted", {
  ruleId: "CON-035",
  check: ({ code }) => finding(code === null, { code }),
  message: ({ code }) => `投标文件没有按要求加密密封（${code}），应当拒收。`,
  messageEn: ({ code }) => `The bid is not sealed as demanded (${code}).`,
  whatToDo: "请用本标段的密封页面重新密封后提交。",
});
