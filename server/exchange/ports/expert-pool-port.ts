/**
 * What the platform wants of the provincial expert pool (招标投标法 37, 实施条例 46; expert-pool.md). The pool is told
 * speciality, region, window, city and units to avoid; never bidders, title or lot.
 */
import type { Envelope, PoolEntry, RosterRow, SaltRow } from "../../../formats/exchange/index.ts";
import type { MessageDraft } from "../message-draft.ts";

export interface CandidateNeed {
  readonly needId: string;
  readonly drawId: string;
  readonly purpose: "tender" | "procurement" | "prequalification";
  readonly strata: readonly { readonly id: string; readonly speciality: string; readonly quota: number }[];
  readonly regions: readonly string[];
  readonly windowStartAt: string;
  readonly windowEndAt: string;
  readonly city: string;
  /** Credit codes of buyer, agent, authority, designer: units that are public anyway. */
  readonly avoidUnits: readonly string[];
  /** hex33: salts are sealed to it. */
  readonly supervisorKey: string;
  /** hex33: the roster is sealed to it. */
  readonly drawServiceKey: string;
  readonly joinKeyId: string;
}

export interface CandidateList {
  readonly needId: string;
  readonly listVersion: number;
  readonly asOf: string;
  /** Goes unchanged into `plan.pool`. */
  readonly entries: readonly PoolEntry[];
  readonly listRoot: string;
  readonly poolSig: string;
  readonly saltsSealed: string;
  readonly roster: readonly RosterRow[];
}

export interface Summons {
  readonly needId: string;
  readonly callNo: number;
  /** Pseudonym of the plan. */
  readonly id: string;
  readonly stratum: string;
  readonly callAt: string;
  readonly answerByAt: string;
  readonly meet: { readonly city: string; readonly siteCode: string; readonly at: string; readonly days: number };
}

export type PoolFact =
  | { readonly fact: "listed"; readonly list: CandidateList }
  | {
      readonly fact: "listRefused";
      readonly needId: string;
      readonly reason: "signature" | "count" | "order" | "strata" | "root" | "roster-key" | "ids" | "tags";
    }
  | { readonly fact: "tooFew"; readonly needId: string; readonly stratum: string; readonly available: string; readonly offer: string }
  | {
      readonly fact: "answered";
      readonly needId: string;
      readonly callNo: number;
      readonly answer: "accepted" | "declined" | "unreachable" | "ineligible";
      readonly at: string;
      readonly reasonCode?: string;
    }
  | { readonly fact: "suspended"; readonly needId: string; readonly id: string; readonly fromAt: string; readonly cause: string }
  | { readonly fact: "feedbackReceived"; readonly feedbackId: string; readonly outcome: "accepted" | "disputed" };

export interface ExpertPoolPort {
  requestCandidates(need: CandidateNeed): MessageDraft;
  summon(summons: Summons): MessageDraft;
  cancelSummon(needId: string, callNo: number, cause: "postponed" | "recused" | "failed" | "replaced"): MessageDraft;
  arrived(needId: string, callNo: number, at: string): MessageDraft;
  absent(needId: string, callNo: number, at: string): MessageDraft;
  finished(needId: string, worked: readonly { callNo: number; hours: number; feeFen: bigint }[], drawRecordSha256: string): MessageDraft;
  /** A message of the pool as a fact. @param drawServiceSecret opens the roster and suspensions; it stays with the draw service. */
  readFact(envelope: Envelope, drawServiceSecret: Uint8Array): PoolFact | undefined;
  /** Pseudonyms whose employers or relations are among these units, found by join tags; kept sealed until the gate. */
  recusedBy(roster: readonly RosterRow[], creditCodes: readonly string[], joinKey: Uint8Array): string[];
  /** What the supervisor opens when names may be shown. */
  openSalts(needId: string, saltsSealed: string, supervisorSecret: Uint8Array): readonly SaltRow[];
}
