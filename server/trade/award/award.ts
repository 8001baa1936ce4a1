/**
 * The award of one lot on one report, as its stream tells it. Pure. Decisions are a list: when a winner
 * declines or is revoked, the next decision follows the first, and both stay readable.
 */
import { next } from "../../kernel/index.ts";
import { foldStream, type RecordedEvent } from "../../record/index.ts";
import type { Queryable } from "../../runtime/database/index.ts";
import { type LotThread, loadLot, standingStream } from "../transaction/index.ts";
import { type AwardCommand, type AwardState, awardStates } from "./award.states.ts";

/** A candidate as it is published (CON-092). */
export interface Candidate {
  rank: number;
  bidDigest: string;
  partyId: string;
  organisation: string;
  name: string;
  priceFen: string;
  quality: string;
  durationDays: number;
  score: string;
  managerName: string;
  managerCertificate: string;
  qualificationResponse: string;
}

export interface Decision {
  no: number;
  rank: number;
  organisation: string;
  bidDigest: string;
  name: string;
  priceFen: string;
  reason: string;
  at: string;
  /** How the decision fell away again. */
  ended: { how: "declined" | "revoked"; cause: string; at: string } | null;
}

export interface Award {
  stream: string;
  state: AwardState;
  candidates: readonly Candidate[];
  objectionChannel: string;
  publishedAt: string | null;
  publicityEndsAt: string | null;
  decisions: readonly Decision[];
  result: { at: string; text: string } | null;
  letter: { at: string; told: readonly string[] } | null;
  report: { at: string; text: string } | null;
  /** Longer bid validity that was asked for, and who agreed. */
  validity: { untilOn: string; agreed: readonly string[]; declined: readonly string[] } | null;
  concludedAt: string | null;
}

const moves: Readonly<Record<string, AwardCommand>> = {
  "awd.candidatesPublished": "publishCandidates",
  "awd.publicityClosed": "closePublicity",
  "awd.candidatesAnnulled": "annulCandidates",
  "awd.decided": "decide",
  "awd.resultPublished": "publishResult",
  "awd.letterSent": "sendLetter",
  "awd.declined": "decline",
  "awd.revoked": "revoke",
  "awd.nextChosen": "chooseNext",
  "awd.givenUp": "giveUp",
  "awd.concluded": "conclude",
};

const empty: Omit<Award, "stream"> = {
  state: "waiting",
  candidates: [],
  objectionChannel: "",
  publishedAt: null,
  publicityEndsAt: null,
  decisions: [],
  result: null,
  letter: null,
  report: null,
  validity: null,
  concludedAt: null,
};

export function evolveAward(award: Award | undefined, event: RecordedEvent): Award {
  const before: Award = award ?? { ...empty, stream: event.stream };
  const command = moves[event.type];
  const state = command ? next(awardStates, before.state, command) : before.state;
  if (state === undefined) throw new Error(`an award that is ${before.state} cannot ${command}`);
  return { ...before, ...changes(before, event), state };
}

function changes(award: Award, { type, data, at }: RecordedEvent): Partial<Award> {
  switch (type) {
    case "awd.candidatesPublished":
      return {
        candidates: data.candidates,
        objectionChannel: data.objectionChannel,
        publishedAt: at,
        publicityEndsAt: data.publicityEndsAt,
        result: null,
        letter: null,
      };
    case "awd.candidatesAnnulled":
      return { candidates: [], publishedAt: null, publicityEndsAt: null };
    case "awd.decided":
    case "awd.nextChosen":
      return {
        decisions: [...award.decisions, { ...(data as Omit<Decision, "at" | "ended">), at, ended: null }],
        result: null,
        letter: null,
      };
    case "awd.resultPublished":
      return { result: { at, text: data.text } };
    case "awd.letterSent":
      return { letter: { at, told: data.told } };
    case "awd.declined":
      return { decisions: withEnd(award.decisions, { how: "declined", cause: data.cause, at }) };
    case "awd.revoked":
      return { decisions: withEnd(award.decisions, { how: "revoked", cause: data.cause, at }) };
    case "awd.reported":
      return { report: { at, text: data.text } };
    case "awd.extensionAsked":
      return { validity: { untilOn: data.untilOn, agreed: [], declined: [] } };
    case "awd.extensionAnswered":
      return { validity: answered(award.validity, data) };
    case "awd.concluded":
      return { concludedAt: at };
    default:
      return {};
  }
}

function withEnd(decisions: readonly Decision[], ended: NonNullable<Decision["ended"]>): Decision[] {
  return decisions.map((decision, index) => (index === decisions.length - 1 ? { ...decision, ended } : decision));
}

function answered(validity: Award["validity"], { organisation, agrees }: RecordedEvent["data"]): Award["validity"] {
  if (!validity) return null;
  const others = (list: readonly string[]) => list.filter((one) => one !== organisation);
  return {
    ...validity,
    agreed: agrees ? [...others(validity.agreed), organisation] : others(validity.agreed),
    declined: agrees ? others(validity.declined) : [...others(validity.declined), organisation],
  };
}

/** The decision that holds; undefined before one is made and after it fell away. */
export function standingDecision({ decisions }: Pick<Award, "decisions">): Decision | undefined {
  const last = decisions.at(-1);
  return last && last.ended === null ? last : undefined;
}

/** Candidates whose decision has not fallen away, best first. */
export function remainingCandidates({ candidates, decisions }: Pick<Award, "candidates" | "decisions">): readonly Candidate[] {
  const out = new Set(decisions.filter(({ ended }) => ended !== null).map(({ bidDigest }) => bidDigest));
  return candidates.filter(({ bidDigest }) => !out.has(bidDigest));
}

/** The award that stands for the lot; undefined before candidates are published. */
export async function awardOn(db: Queryable, lot: Pick<LotThread, "id" | "run">): Promise<Award | undefined> {
  const stream = await standingStream(db, "awd", lot);
  return stream === undefined ? undefined : foldStream(db, stream, evolveAward);
}

/** As `awardOn`, by the id of the lot alone. */
export async function awardOf(db: Queryable, lotId: string): Promise<Award | undefined> {
  const lot = await loadLot(db, lotId);
  return lot && awardOn(db, lot);
}
