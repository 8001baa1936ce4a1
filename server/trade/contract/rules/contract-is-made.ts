/**
 * 招标人和中标人应当自中标通知书发出之日起三十日内，按照招标文件和中标人的投标文件订立书面合同。
 * 中标人按照合同约定或者经招标人同意，可以将中标项目的部分非主体、非关键性工作分包给他人完成。
 *
 * Law     招标投标法 第四十六条 (CON-074), 第四十八条 (CON-095)
 * Unit    calendar days from the day of the letter, which is not counted
 * Refuses "contract.subcontract" { parts }; "contract.signed-late" is recorded as overdue
 */
import { finding, type Moment, rule } from "../../../kernel/index.ts";
import type { Subcontract } from "../contract.ts";

export const contractIsInTime = rule<{ letterAt: Moment; signedAt: Moment }>("contract.signed-late", {
  ruleId: "CON-074",
  check: ({ letterAt, signedAt }, values) => values.limit({ from: letterAt, to: signedAt }),
  message: ({ latestOn }) => `应当自中标通知书发出之日起 30 日内（${String(latestOn)} 前）订立书面合同。`,
  messageEn: "The contract is made within thirty days of the letter of award.",
  whatToDo: "逾期签订将记录在案。",
});

export const subcontractsAreMinor = rule<{ subcontracts: readonly Subcontract[] }>("contract.subcontract", {
  ruleId: "CON-095",
  check({ subcontracts }, values) {
    const wrong = subcontracts.filter(({ isMainOrKey, consented }) => isMainOrKey || !consented);
    return finding(wrong.length === 0, { parts: wrong.map(({ part }) => part), levels: values.number("levels") });
  },
  message: ({ parts }) => `主体、关键性工作不得分包，分包应当经招标人同意：${String(parts)}。`,
  messageEn: "Only minor work may be subcontracted, with the buyer's consent.",
  whatToDo: "请删除主体、关键性工作的分包，或者取得招标人同意。",
});
