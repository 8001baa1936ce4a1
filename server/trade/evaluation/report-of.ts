/** The report as later stages read it: ranking, rejected bids, candidates, signatures. */
import type { Queryable } from "../../runtime/database/index.ts";
import { loadLot } from "../transaction/index.ts";
import type { BidFigures, JudgingTerms } from "./before.ts";
import { type ComputedValue, type Evaluation, evaluationOf, type RankedBid, type ReportSignature } from "./evaluation.ts";

export interface RejectedBid {
  bidDigest: string;
  organisation: string;
  name: string;
  ground: number;
  groundText: string;
  reason: string;
  votes: number;
}

export interface EvaluationReport {
  /** The stream it stands in. */
  stream: string;
  run: number;
  reportedAt: string;
  method: { name: string; title: string };
  terms: JudgingTerms;
  values: readonly ComputedValue[];
  ranking: readonly RankedBid[];
  /** The best of the ranking, at most three, that the committee recommends. */
  candidates: readonly RankedBid[];
  rejected: readonly RejectedBid[];
  signatures: readonly ReportSignature[];
  resultDigest: string;
  /** Every bid that was opened, with its form. */
  bids: readonly { bidDigest: string; partyId: string; organisation: string; name: string; figures: BidFigures | null }[];
}

/** The report that stands for the lot; undefined before it is handed over or when it was annulled. */
export async function reportOf(db: Queryable, lotId: string): Promise<EvaluationReport | undefined> {
  const lot = await loadLot(db, lotId);
  const evaluation = lot && (await evaluationOf(db, lot));
  return evaluation && reportOn(evaluation);
}

export function reportOn(evaluation: Evaluation): EvaluationReport | undefined {
  const { reported, computed, terms, stream, run } = evaluation;
  if (!reported || !computed || evaluation.state !== "reported") return undefined;
  return {
    stream,
    run,
    reportedAt: reported.at,
    method: { name: terms.method.name, title: terms.method.title },
    terms,
    values: computed.values,
    ranking: computed.ranking,
    candidates: computed.ranking.slice(0, reported.candidates),
    rejected: rejectedBids(evaluation),
    signatures: [...evaluation.signatures.values()].sort((a, b) => a.seat - b.seat),
    resultDigest: computed.resultDigest,
    bids: evaluation.bids,
  };
}

export function rejectedBids({ rejected, bids, terms }: Evaluation): RejectedBid[] {
  return bids.flatMap(({ bidDigest, organisation, name }) => {
    const rejection = rejected.get(bidDigest);
    if (!rejection) return [];
    const groundText = terms.method.rejectionGrounds.find(({ no }) => no === rejection.ground)?.text ?? "";
    return [{ bidDigest, organisation, name, ...rejection, groundText }];
  });
}
