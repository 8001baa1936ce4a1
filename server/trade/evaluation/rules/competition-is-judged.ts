/**
 * 评标委员会否决不合格投标后，因有效投标不足三个使得投标明显缺乏竞争的，评标委员会可以否决全部投标。
 *
 * Fewer than three valid bids do not fail the tender by themselves: the committee judges, by vote.
 *
 * Law     评标委员会和评标方法暂行规定 第二十七条 (CON-061); 招标投标法 第四十二条 (CON-062)
 * Refuses "evaluation.competition-not-judged" { validBids, threshold, judged, seats },
 *         "evaluation.competition-not-in-question" { validBids, threshold }
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface CompetitionFacts {
  validBids: number;
  /** Seats that have said whether competition is lacking. */
  judged: number;
  seats: number;
  rejectsAll: boolean;
}

export const competitionIsJudged = rule<CompetitionFacts>("evaluation.competition-not-judged", {
  ruleId: "CON-061",
  applies: ({ validBids }) => validBids > 0,
  check({ validBids, judged, seats }, values) {
    const threshold = values.number("threshold");
    return finding(validBids >= threshold || 2 * judged > seats, { validBids, threshold, judged, seats });
  },
  message: ({ validBids }) => `有效投标仅 ${String(validBids)} 个，须先由评标委员会表决是否明显缺乏竞争。`,
  messageEn: "Fewer than three valid bids are left: the committee must first judge whether competition is lacking.",
  whatToDo: "请评标委员会成员就是否明显缺乏竞争提出意见。",
});

export const competitionIsInQuestion = rule<CompetitionFacts>("evaluation.competition-not-in-question", {
  ruleId: "CON-061",
  applies: ({ rejectsAll }) => rejectsAll,
  check({ validBids }, values) {
    const threshold = values.number("threshold");
    return finding(validBids < threshold, { validBids, threshold });
  },
  message: ({ validBids, threshold }) => `有效投标有 ${String(validBids)} 个，不少于 ${String(threshold)} 个，不得以缺乏竞争否决全部投标。`,
  messageEn: "Three or more valid bids are left: they cannot all be rejected for lack of competition.",
  whatToDo: "请继续评审。",
});

/** 依法必须进行招标的项目的所有投标被否决的，招标人应当重新招标。 The effect is recorded with the conclusion. */
export const allRejectedMeansAgain = rule<{ mandatory: boolean; validBids: number; reTender: boolean }>("evaluation.re-tender-not-stated", {
  ruleId: "CON-062",
  applies: ({ mandatory, validBids }) => mandatory && validBids === 0,
  check: ({ reTender }, values) => finding(reTender && values.text("effect") === "re_tender", { reTender }),
  message: "依法必须招标的项目所有投标被否决的，招标人应当重新招标。",
  messageEn: "When all bids of a mandatory tender are rejected, it must be tendered again.",
  whatToDo: "请在结论中载明重新招标。",
});
