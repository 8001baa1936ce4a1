/**
 * What the committee needs of others: the provincial expert pool, which is told speciality, region, window and
 * units to avoid, never bidders, title or lot (expert-pool.md); and, after the opening, the register of bidders.
 */
import type { PoolEntry, RosterRow } from "../../../formats/exchange/index.ts";
import type { Queryable } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";

export interface CandidateNeed {
  needId: string;
  drawId: string;
  purpose: "tender";
  strata: readonly { id: string; speciality: string; quota: number }[];
  regions: readonly string[];
  windowStartAt: string;
  windowEndAt: string;
  city: string;
  avoidUnits: readonly string[];
  supervisorKey: string;
  drawServiceKey: string;
  joinKeyId: string;
}

export interface PoolCall {
  needId: string;
  callNo: number;
  /** Pseudonym of the plan. */
  id: string;
  stratum: string;
  callAt: string;
  answerByAt: string;
  meet: { city: string; siteCode: string; at: string; days: number };
}

/** What is to be sent to the pool; each order becomes one message of expert-pool.md §1. */
export type PoolOrder =
  | { order: "requestCandidates"; need: CandidateNeed }
  | { order: "summon"; call: PoolCall }
  | { order: "cancelSummon"; needId: string; callNo: number; cause: "recused" | "replaced" | "failed" | "postponed" }
  | { order: "arrived"; needId: string; callNo: number; at: string };

export interface ExpertPool {
  /** P-256, hex33: the roster is sealed to it. */
  readonly drawServiceKey: string;
  /** Name of the join key, which travels outside the protocol. */
  readonly joinKeyId: string;
  /** Hands an order to the durable outbox in this transaction: it is sent if, and only if, the decision stands. */
  send(tx: Transaction, order: PoolOrder): Promise<void>;
  /** Pseudonyms whose employers or declared relations are among these units, by join tags. */
  recusedBy(roster: readonly RosterRow[], creditCodes: readonly string[]): readonly string[];
}

/** A checked list: order, root, signature and roster agreed where the message came in. */
export interface CandidateList {
  needId: string;
  listVersion: number;
  asOf: string;
  entries: readonly PoolEntry[];
  listRoot: string;
  poolSig: string;
  /** Opened by the supervisor only, when names may be shown. */
  saltsSealed: string;
  roster: readonly RosterRow[];
}

export type PoolAnswer = "accepted" | "declined" | "unreachable" | "ineligible";

/** What the pool reports, as facts. */
export type PoolFact =
  | { fact: "listed"; list: CandidateList }
  | { fact: "listRefused"; needId: string; reason: string }
  | { fact: "tooFew"; needId: string; stratum: string; available: string; offer: string }
  | { fact: "answered"; needId: string; callNo: number; answer: PoolAnswer; at: string; reasonCode?: string }
  | { fact: "suspended"; needId: string; id: string; fromAt: string; cause: string };

export interface CommitteePorts {
  pool: ExpertPool;
  /** Bidders whose bids were opened; empty before the opening, when nobody may know them. */
  registerOf(db: Queryable, lotId: string): Promise<readonly { organisationId: string; creditCode: string }[]>;
}
