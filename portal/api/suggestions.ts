/**
 * First values for long forms, taken from what the document of the lot already says. A person sees and may change each
 * of them before signing; the server judges what is signed. Pure.
 */
import type { WireDocument } from "./tendering.ts";

type Facts = { readonly document: WireDocument | undefined; readonly nowMs: number };
type Maker = (facts: Facts) => Readonly<Record<string, unknown>> | undefined;

const minute = 60_000;

/** An instant on a whole minute, so that everybody can say when it is. */
export function wholeMinute(ms: number, later: number): string {
  return new Date(Math.ceil((ms + later) / minute) * minute).toISOString();
}

const committee: Maker = ({ document, nowMs }) => {
  if (!document) return undefined;
  const start = Math.max(Date.parse(document.bidDeadlineAt), nowMs);
  // A pool draws shortly before the evaluation only (procedures §1.2): the day before the opening.
  const drawAt = Math.max(nowMs, start - 24 * 60 * minute);
  return {
    strata: Object.entries(document.committee.specialities).map(([speciality, quota]) => ({ id: speciality, speciality, quota })),
    representatives: document.committee.buyerRepresentatives,
    regions: document.committee.regions,
    avoidUnits: [],
    windowStartAt: wholeMinute(start, 5 * 60 * minute),
    windowEndAt: wholeMinute(start, 33 * 60 * minute),
    commitBy: wholeMinute(drawAt, 10 * minute),
    revealBy: wholeMinute(drawAt, 20 * minute),
    way: "plain",
  };
};

const coefficient: Maker = ({ document, nowMs }) =>
  document?.coefficientDraw
    ? { purpose: "coefficient", commitBy: wholeMinute(nowMs, 10 * minute), revealBy: wholeMinute(nowMs, 15 * minute), way: "plain" }
    : undefined;

const makers: Readonly<Record<string, Maker>> = {
  "cmt.request": committee,
  "drw.prepare": coefficient,
  "awd.publishCandidates": () => ({
    objectionChannel: "登录本平台，在本标段的“异议与投诉”中提出",
    qualificationResponse: "中标候选人的资质、业绩和项目负责人符合招标文件要求，详见评标报告。",
  }),
  "con.draft": () => ({ securityForm: "银行保函", paymentTerms: "按招标文件约定的进度支付。", otherTerms: "" }),
  "ntc.publish": () => ({ acknowledged: [] }),
  "rem.raise": () => ({ path: "objection", files: [] }),
};

/** What the server filled in, completed by what can be suggested. */
export function suggestionFor(act: string, filled: unknown, facts: Facts): unknown {
  const suggested = makers[act]?.(facts);
  if (!suggested) return filled;
  return { ...suggested, ...(typeof filled === "object" && filled !== null ? filled : {}) };
}
