/** No key before the freeze: until the deadline is recorded nobody may decrypt, and nobody may hand in the means to. */
import { finding, rule } from "../../../kernel/index.ts";

export interface KeyFacts {
  /** The list of bids is frozen. */
  frozen: boolean;
}

/** 电子招标投标办法 第二十八条：在投标截止时间前，除投标人补充、修改或者撤回投标文件外，任何单位和个人不得解密、提取投标文件。 */
export const earlyKey = rule<KeyFacts>("opening.early-key", {
  ruleId: "CON-037",
  check: ({ frozen }) => finding(frozen, { frozen }),
  message: "投标截止时间前不得解密投标文件，请不要现在提交密钥。",
  messageEn: "Before the deadline no bid may be decrypted; do not hand in the key now.",
  whatToDo: "请在开标后、解密时限内提交。",
});
