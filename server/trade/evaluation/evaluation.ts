/**
 * The evaluation of one lot in one run, as its stream tells it. Pure. Votes are kept by seat, so that the
 * votes of a seat that was vacated can be taken away: 被更换成员的评审结论无效 (实施条例 第四十八条).
 */
import { next } from "../../kernel/index.ts";
import { foldStream, type RecordedEvent } from "../../record/index.ts";
import type { Queryable } from "../../runtime/database/index.ts";
import { type LotThread, standingStream } from "../transaction/index.ts";
import type { BidFigures, JudgingTerms } from "./before.ts";
import { type EvaluationCommand, type EvaluationState, evaluationStates } from "./evaluation.states.ts";

/** A bid under evaluation. */
export interface JudgedBid {
  bidDigest: string;
  partyId: string;
  organisation: string;
  name: string;
  /** Its place in the order of handing in: the register that decides where the document declares so. */
  handedIn: number;
  figures: BidFigures | null;
}

/** What the platform computed of a bid: facts without judgement. */
export interface BidFacts {
  bidDigest: string;
  /** `priceAboveCeiling`, `priceBelowFloor`, `validityTooShort`, `durationTooLong`, `formMissing`. */
  flags: readonly string[];
  /** Table item → row that the bid's own figures point to. */
  rows: Readonly<Record<string, string>>;
}

export interface BidFinding {
  bidDigest: string;
  finding: "conforms" | "reject";
  ground: number | null;
  reason: string | null;
}

export interface Question {
  no: number;
  bidDigest: string;
  organisation: string;
  purpose: string;
  text: string;
  askedAt: string;
  dueAt: string;
  answer: { text: string; at: string; files: readonly { name: string; sha256: string; size: number }[] } | null;
}

export interface RankedBid {
  rank: number;
  bidDigest: string;
  partyId: string;
  organisation: string;
  name: string;
  priceFen: string;
  /** The figure that ranks: the total score or the reviewed price in yuan. */
  score: string;
}

export interface ReportSignature {
  seat: number;
  how: "signed" | "dissent" | "silent" | "deemed";
  dissent: string | null;
  at: string;
  /** Digest of the signed act; null when silence stands for consent. */
  act: string | null;
}

export interface ComputedValue {
  id: string;
  bidId?: string;
  seat?: string;
  value: string;
  shown: string;
}

export interface Evaluation {
  stream: string;
  run: number;
  state: EvaluationState;
  begunAt: string;
  terms: JudgingTerms;
  bids: readonly JudgedBid[];
  draws: Readonly<Record<string, string>>;
  facts: ReadonlyMap<string, BidFacts>;
  findings: ReadonlyMap<number, ReadonlyMap<string, BidFinding>>;
  rejected: ReadonlyMap<string, { ground: number; reason: string; votes: number }>;
  questions: readonly Question[];
  competition: ReadonlyMap<number, { lacks: boolean; reason: string }>;
  examined: { outcome: string; at: string } | null;
  /** Seat → its sheet's stream. */
  sheets: ReadonlyMap<number, string>;
  timeAsked: ReadonlyMap<number, number>;
  extendedUntil: string | null;
  computed: { values: readonly ComputedValue[]; ranking: readonly RankedBid[]; resultDigest: string; at: string } | null;
  signatures: ReadonlyMap<number, ReportSignature>;
  reported: { outcome: string; at: string; candidates: number } | null;
  annulled: { cause: string; at: string } | null;
}

/** Events that are moves of the table. */
const moves: Readonly<Record<string, EvaluationCommand>> = {
  "evl.scrutinised": "scrutinise",
  "evl.factFound": "findFact",
  "evl.voted": "vote",
  "evl.bidRejected": "reject",
  "evl.bidRestored": "restore",
  "evl.clarificationAsked": "askBidder",
  "evl.clarified": "answerBidder",
  "evl.competitionJudged": "judgeCompetition",
  "evl.timeAsked": "askTime",
  "evl.sheetOpened": "score",
  "evl.seatVoided": "voidSeat",
  "evl.computed": "compute",
  "evl.stepConcluded": "concludeStep",
  "evl.reportSigned": "signReport",
  "evl.workReopened": "reopenWork",
  "evl.reported": "report",
  "evl.annulled": "annul",
};

export function evolveEvaluation(evaluation: Evaluation | undefined, event: RecordedEvent): Evaluation {
  if (event.type === "evl.begun") return begun(event);
  if (!evaluation) throw new Error(`${event.type} comes before evl.begun`);
  const command = moves[event.type];
  const state = command ? next(evaluationStates, evaluation.state, command) : evaluation.state;
  if (state === undefined) throw new Error(`an evaluation that is ${evaluation.state} cannot ${command}`);
  return { ...evaluation, ...changes(evaluation, event), state };
}

function begun({ stream, data, at }: RecordedEvent): Evaluation {
  return {
    stream,
    run: data.run,
    state: "working",
    begunAt: at,
    terms: data.terms,
    bids: data.bids,
    draws: data.draws,
    facts: new Map(),
    findings: new Map(),
    rejected: new Map(),
    questions: [],
    competition: new Map(),
    examined: null,
    sheets: new Map(),
    timeAsked: new Map(),
    extendedUntil: null,
    computed: null,
    signatures: new Map(),
    reported: null,
    annulled: null,
  };
}

function changes(evaluation: Evaluation, { type, data, at }: RecordedEvent): Partial<Evaluation> {
  switch (type) {
    case "evl.scrutinised":
      return { facts: new Map(data.facts.map((facts: BidFacts) => [facts.bidDigest, facts])) };
    case "evl.factFound":
      return { facts: withRow(evaluation, data.bidDigest, { [data.item]: data.key }) };
    case "evl.voted":
      return { findings: withFindings(evaluation, data.seat, data.findings) };
    case "evl.bidRejected":
      return {
        rejected: new Map(evaluation.rejected).set(data.bidDigest, { ground: data.ground, reason: data.reason, votes: data.votes }),
      };
    case "evl.bidRestored":
      return { rejected: new Map([...evaluation.rejected].filter(([digest]) => digest !== data.bidDigest)) };
    case "evl.clarificationAsked":
      return { questions: [...evaluation.questions, { ...(data as Omit<Question, "askedAt" | "answer">), askedAt: at, answer: null }] };
    case "evl.clarified":
      return {
        questions: evaluation.questions.map((one) =>
          one.no === data.no ? { ...one, answer: { text: data.text, files: data.files, at } } : one,
        ),
      };
    case "evl.competitionJudged":
      return { competition: new Map(evaluation.competition).set(data.seat, { lacks: data.lacks, reason: data.reason }) };
    case "evl.stepConcluded":
      return { examined: { outcome: data.outcome, at } };
    case "evl.sheetOpened":
      return { sheets: new Map(evaluation.sheets).set(data.seat, data.sheet) };
    case "evl.timeAsked":
      return {
        timeAsked: new Map(evaluation.timeAsked).set(data.seat, data.hours),
        extendedUntil: data.extendedUntil ?? evaluation.extendedUntil,
      };
    case "evl.seatVoided":
      return withoutSeat(evaluation, data.seat);
    case "evl.computed":
      return { computed: { values: data.values, ranking: data.ranking, resultDigest: data.resultDigest, at }, signatures: new Map() };
    case "evl.workReopened":
      return { computed: null, signatures: new Map(), examined: data.from === "evaluation.examine" ? null : evaluation.examined };
    case "evl.reportSigned": {
      const { seat, how, dissent, act } = data;
      const signature = { seat, how, dissent, at, act };
      return { signatures: new Map(evaluation.signatures).set(seat, signature) };
    }
    case "evl.reported":
      return { reported: { outcome: data.outcome, at, candidates: data.candidates } };
    case "evl.annulled":
      return { annulled: { cause: data.cause, at } };
    default:
      return {};
  }
}

function withRow({ facts }: Evaluation, bidDigest: string, rows: Record<string, string>) {
  const before = facts.get(bidDigest) ?? { bidDigest, flags: [], rows: {} };
  return new Map(facts).set(bidDigest, { ...before, rows: { ...before.rows, ...rows } });
}

function withFindings({ findings }: Evaluation, seat: number, added: readonly BidFinding[]) {
  const own = new Map(findings.get(seat));
  for (const finding of added) own.set(finding.bidDigest, finding);
  return new Map(findings).set(seat, own);
}

function without<Value>(map: ReadonlyMap<number, Value>, seat: number): ReadonlyMap<number, Value> {
  return new Map([...map].filter(([key]) => key !== seat));
}

function withoutSeat(evaluation: Evaluation, seat: number): Partial<Evaluation> {
  return {
    findings: without(evaluation.findings, seat),
    competition: without(evaluation.competition, seat),
    sheets: without(evaluation.sheets, seat),
    timeAsked: without(evaluation.timeAsked, seat),
    signatures: new Map(),
    computed: null,
  };
}

/** Bids that are not rejected, in the order of the register. */
export function validBids({ bids, rejected }: Pick<Evaluation, "bids" | "rejected">): readonly JudgedBid[] {
  return bids.filter(({ bidDigest }) => !rejected.has(bidDigest));
}

/** The evaluation that stands for the lot now; undefined before it has begun. */
export async function evaluationOf(db: Queryable, lot: Pick<LotThread, "id" | "run">): Promise<Evaluation | undefined> {
  const stream = await standingStream(db, "evl", lot);
  return stream === undefined ? undefined : foldStream(db, stream, evolveEvaluation);
}
