/** Shapes of the interface as the portal reads them. Money is a string of fen, instants end in Z. */
import type { FormSchema } from "../act-form/form-schema.ts";

/** Who is signed in. */
export type Me = {
  readonly personId: string;
  readonly personName: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly role: string;
  readonly title: string;
  readonly membershipId: string;
};

/** The seven steps of a lot, as the public sees them. */
export type TimelineStep = {
  readonly name: string;
  readonly note: string;
  readonly state: "done" | "current" | "ahead";
};

/** One row of a list of lots. */
export type LotRow = {
  readonly lotId: string;
  readonly dealCode: string;
  readonly name: string;
  readonly kind: string;
  readonly place: string;
  readonly stageName: string;
  readonly estimateFen: string;
  readonly regionCode: string;
  /** How far it is, as the list says it. */
  readonly stage: string;
  readonly bidsDueAt?: string | undefined;
  /** Which of the seven steps is running. */
  readonly stepNumber?: number | undefined;
};

/** A session of a hall: today's list, the calendar, the list of halls. */
export type Session = {
  readonly kind: "opening" | "draw" | "evaluation";
  readonly id: string;
  readonly lotId: string;
  readonly name: string;
  readonly note: string;
  readonly at: string;
  readonly state: "now" | "ahead" | "over";
  readonly stateName: string;
};

/** A document of the tender by version. */
export type DocumentRow = {
  readonly documentId: string;
  readonly name: string;
  readonly note?: string;
  readonly version: number;
  readonly size?: number | undefined;
  readonly sha256: string;
  readonly at: string;
  readonly href: string;
};

/** A paper that people keep: notice, opening record, report, letter, contract. */
export type Paper = { readonly kind: string; readonly name: string; readonly on: string; readonly href: string };

/** A block of a notice: heading, paragraphs, or rows. */
export type NoticeSection = {
  readonly heading: string;
  readonly paragraphs?: readonly string[];
  readonly rows?: readonly (readonly [string, string])[];
};

/** A lot as its thread shows it; documents, opening, result and contract are read from their own stages. */
export type Lot = LotRow & {
  readonly phase: string;
  readonly side: string;
  readonly published: boolean;
  readonly buyerName?: string | undefined;
  readonly agentName?: string | undefined;
  readonly centreName?: string | undefined;
  readonly supervisorName?: string | undefined;
  readonly procedureName: string;
  readonly timeline: readonly TimelineStep[];
  readonly openSteps: readonly string[];
  readonly doneSteps: readonly string[];
  readonly milestones: Readonly<Record<string, Milestone>>;
  readonly holds: readonly { readonly cause: string; readonly since: string }[];
  /** Names of the reads of this lot that are open to the reader now. */
  readonly opens: readonly string[];
  /** The last live event that this answer already contains. */
  readonly liveId: string;
};

/** The notice: four facts and the text under its own headings. */
export type Notice = {
  readonly ceilingFen?: string | undefined;
  readonly periodDays?: number | undefined;
  readonly depositFen?: string | undefined;
  readonly methodName?: string | undefined;
  readonly sections: readonly NoticeSection[];
};

/** A question without a name, and its answer. */
export type Question = {
  readonly questionId: string;
  readonly text: string;
  readonly askedAt: string;
  readonly answer?: string | undefined;
  readonly answeredAt?: string | undefined;
};

/** A change of the lot that everybody was told. */
export type Change = { readonly name: string; readonly at: string; readonly text: string };

/** Candidates and result. */
export type Award = {
  readonly candidates: readonly {
    readonly rank: number;
    readonly bidderName: string;
    readonly priceFen: string;
    readonly score?: string | undefined;
  }[];
  readonly publicityEndsAt?: string | undefined;
  readonly winnerName?: string | undefined;
  readonly onHold?: string | undefined;
  readonly objectionChannel?: string | undefined;
  readonly rejected: readonly { readonly bidderName: string; readonly groundText: string; readonly reason: string }[];
};

/** What is public of the contract. */
export type Contract = { readonly rows: readonly (readonly [string, string])[] };

/** A draw of the lot in a list. */
export type DrawName = { readonly drawId: string; readonly name: string };

/** An instant of the lot: when, when it was first, and whether it has been reached. */
export type Milestone = { readonly at: string; readonly originalAt: string; readonly reached: boolean };

/** One act that a person may do now, with the form it needs. */
export type NextAct = {
  readonly act: string;
  readonly stage: string;
  readonly title: string;
  readonly dueAt?: string | undefined;
  readonly rules: readonly string[];
  readonly schema: FormSchema;
  readonly suggested?: unknown;
  readonly lotId?: string | undefined;
  readonly lotName?: string | undefined;
};

/** What waits for a person on a lot, what else may be done there now, and every act of the role that names a lot. */
export type NextSteps = { readonly due: readonly NextAct[]; readonly possible: readonly NextAct[]; readonly all: readonly NextAct[] };

/** What a command answers. */
export type ActAnswer = { readonly commandId: string; readonly at: string; readonly result: Readonly<Record<string, unknown>> };

/** State of one bid in the opening. */
export type OpeningBid = {
  readonly bidDigest: string;
  readonly bidderName: string;
  readonly attendedAt?: string | undefined;
  readonly keyAt?: string | undefined;
  readonly state: "waiting" | "delivered" | "failed" | "revoked";
  readonly note?: string | undefined;
  /** Figures, once they are read out for all at the same moment. */
  readonly form?:
    | {
        readonly priceFen: string;
        readonly days?: number | undefined;
        readonly quality?: string | undefined;
        readonly manager?: string | undefined;
        readonly depositForm?: string | undefined;
      }
    | undefined;
  readonly confirmedAt?: string | undefined;
  readonly objection?: string | undefined;
  readonly answer?: string | undefined;
};

/** The opening hall of a lot once the deadline has come. */
export type Opening = {
  readonly step: "decrypt" | "unseal" | "read" | "confirm" | "closed";
  readonly stateWords: string;
  readonly windowIsOpen: boolean;
  readonly bidCount: number;
  readonly windowEndsAt?: string | undefined;
  readonly confirmEndsAt?: string | undefined;
  readonly failed?: string | undefined;
  readonly threshold: number;
  readonly members: readonly { readonly member: number; readonly role: string; readonly posted: number; readonly rejected: number }[];
  readonly bids: readonly OpeningBid[];
};

/** A draw as its hall shows it. */
export type Draw = {
  readonly drawId: string;
  readonly lotId: string;
  readonly title: string;
  readonly sealed: boolean;
  readonly mode: number;
  readonly state: string;
  readonly step: "list" | "commit" | "reveal" | "beacon" | "result";
  readonly resultText?: string | undefined;
  readonly candidates: readonly { readonly id: string; readonly label: string; readonly chosen: boolean }[];
  readonly planHash?: string | undefined;
  readonly seed?: string | undefined;
  readonly moments: {
    readonly frozenAt?: string | undefined;
    readonly commitEnd?: string | undefined;
    readonly revealEnd?: string | undefined;
    readonly resultAt?: string | undefined;
  };
  readonly shares: readonly {
    readonly party: string;
    readonly commitment?: string | undefined;
    readonly share?: string | undefined;
    readonly state: "waiting" | "committed" | "agrees" | "missing";
    readonly mine: boolean;
  }[];
  readonly limits: readonly string[];
  readonly failure?: string | undefined;
  readonly voidReason?: string | undefined;
  readonly proofHref?: string | undefined;
};

/** A public line of the trading record: dense for each lot, so that it says nothing of what else was recorded. */
export type RecordRow = {
  readonly number: number;
  readonly at: string;
  readonly words: { readonly zh: string; readonly en: string };
  readonly commitment: string;
};

/** A person of the sandbox in one membership, as the switcher lists it. */
export type SandboxPerson = {
  readonly personId: string;
  readonly membershipId: string;
  readonly personName: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly role: string;
  readonly title: string;
};

/** The sandbox: its clock, what is due next, where the wallet stands, who is there. */
export type Sandbox = {
  readonly now: string;
  readonly tempo: number;
  readonly nextDue: string | null;
  readonly walletUrl: string | null;
  readonly people: readonly SandboxPerson[];
};
