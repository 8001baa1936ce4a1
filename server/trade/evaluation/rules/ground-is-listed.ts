/**
 * 有下列情形之一的，评标委员会应当否决其投标：(一)至(七)。
 *
 * A bid is rejected only on one of the grounds that law and document list, with a reason; a bid that the
 * document's own price limits exclude must be rejected, and no bid is rejected without the vote.
 *
 * Law     招标投标法实施条例 第五十一条 (CON-059)
 * Refuses "evaluation.ground-not-listed" { grounds, listed }, "evaluation.excluded-bid-not-rejected" { bids }
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface GroundFacts {
  /** Numbers of the grounds in the document. */
  listed: readonly number[];
  votes: readonly { bid: string; ground: number | null; reason: string | null }[];
}

export const groundIsListed = rule<GroundFacts>("evaluation.ground-not-listed", {
  ruleId: "CON-059",
  check({ listed, votes }, values) {
    const wrong = votes.filter(({ ground, reason }) => ground === null || !listed.includes(ground) || !reason?.trim());
    return finding(wrong.length === 0, {
      bids: wrong.map(({ bid }) => bid),
      listed: listed.map(String),
      causesByLaw: values.number("causes"),
    });
  },
  message: "否决投标只能依据招标文件列明的否决情形，并说明理由。",
  messageEn: "A bid may be rejected only on a ground that the tender document lists, with a reason.",
  whatToDo: "请选择招标文件列明的否决情形并写明具体理由；没有列明情形的，该投标应继续评审。",
});

export const excludedBidsAreRejected = rule<{ excluded: readonly string[] }>("evaluation.excluded-bid-not-rejected", {
  ruleId: "CON-059",
  check: ({ excluded }) => finding(excluded.length === 0, { bids: excluded }),
  message: ({ bids }) => `投标报价高于最高投标限价（或者低于项目规定的最低限价）的投标应当否决：${String(bids)}。`,
  messageEn: "A bid above the ceiling (or below the floor of this procedure) must be rejected by the committee.",
  whatToDo: "请重新打开评审，由评标委员会对上述投标作出否决意见。",
});
