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
  readonly dealCode?: string;
  readonly name: string;
  readonly kind: string;
  readonly place?: string;
  readonly stage: string;
  readonly stageName: string;
  readonly ceilingFen?: string;
  readonly bidsDueAt?: string;
  readonly publishedAt?: string;
  readonly buyerName?: string;
  readonly stepNumber?: number;
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

/** The portal home. */
export type Home = {
  readonly today: readonly Session[];
  readonly next?: Session;
  readonly latest: readonly LotRow[];
  readonly days: readonly { readonly day: string; readonly count: number }[];
  readonly figures: { readonly lots: number; readonly open: number; readonly opened: number; readonly closed: number };
};

/** A document of the tender by version. */
export type DocumentRow = {
  readonly documentId: string;
  readonly name: string;
  readonly note?: string;
  readonly version: number;
  readonly size: number;
  readonly sha256: string;
  readonly at: string;
  readonly href: string;
};

/** A paper that people keep: notice, opening record, report, letter, contract. */
export type Paper = { readonly kind: string; readonly name: string; readonly at: string; readonly href: string };

/** A block of a notice: heading, paragraphs, or rows. */
export type NoticeSection = {
  readonly heading: string;
  readonly paragraphs?: readonly string[];
  readonly rows?: readonly (readonly [string, string])[];
};

/** The page of a lot. */
export type Lot = LotRow & {
  readonly agentName?: string;
  readonly supervisorName?: string;
  readonly timeline: readonly TimelineStep[];
  readonly periodDays?: number;
  readonly depositFen?: string;
  readonly methodName?: string;
  readonly notice: readonly NoticeSection[];
  readonly documents: readonly DocumentRow[];
  readonly papers: readonly Paper[];
  readonly questions: readonly {
    readonly questionId: string;
    readonly text: string;
    readonly askedAt: string;
    readonly answer?: string;
    readonly answeredAt?: string;
  }[];
  readonly changes: readonly { readonly name: string; readonly at: string; readonly text: string }[];
  readonly candidates?: readonly {
    readonly rank: number;
    readonly bidderName: string;
    readonly priceFen: string;
    readonly score?: string;
  }[];
  readonly publicityEndsAt?: string;
  readonly result?: { readonly winnerName: string; readonly priceFen: string; readonly at: string };
  readonly contract?: { readonly rows: readonly (readonly [string, string])[]; readonly at: string };
  readonly openingId?: string;
  readonly drawIds: readonly { readonly drawId: string; readonly name: string }[];
  readonly suspended?: { readonly reason: string; readonly since: string };
};

/** One act that is possible now for the person on the lot. */
export type NextAct = {
  readonly act: string;
  readonly stage: string;
  readonly title: string;
  readonly dueAt?: string;
  readonly consequence?: string;
  readonly rules: readonly string[];
  readonly articles: readonly string[];
  readonly schema: FormSchema;
  readonly suggested?: unknown;
  readonly page?: string;
  readonly lotId?: string;
  readonly lotName?: string;
};

/** Answer of next-steps. */
export type NextSteps = {
  readonly acts: readonly NextAct[];
  readonly waitingFor?: { readonly who: string; readonly what: string; readonly until?: string };
  readonly progress: readonly { readonly name: string; readonly state: "done" | "current" | "ahead"; readonly note?: string }[];
};

/** What a command answers. */
export type ActAnswer = {
  readonly at?: string;
  readonly position?: number;
  readonly receipt?: { readonly digest?: string; readonly receivedAt?: string };
  readonly events?: readonly string[];
};

/** State of one bid in the opening. */
export type OpeningBid = {
  readonly bidderId: string;
  readonly bidderName: string;
  readonly receivedAt: string;
  readonly state: "waiting" | "delivered" | "failed" | "revoked" | "opened" | "invalid";
  readonly note?: string;
  readonly doneAt?: string;
  readonly mine?: boolean;
  readonly read?: "read" | "current" | "toRead";
  readonly form?: {
    readonly priceFen: string;
    readonly discount?: string;
    readonly days?: number;
    readonly quality?: string;
    readonly manager?: string;
    readonly deposit?: string;
  };
};

/** The opening hall of a lot. */
export type Opening = {
  readonly lotId: string;
  readonly name: string;
  readonly kind: string;
  readonly place?: string;
  readonly dealCode?: string;
  readonly buyerName?: string;
  readonly hostName?: string;
  readonly witnessName?: string;
  readonly step: "before" | "attend" | "decrypt" | "read" | "confirm" | "closed";
  readonly bidsDueAt: string;
  readonly windowEndsAt?: string;
  readonly ceilingFen?: string;
  readonly ceilingShown?: boolean;
  readonly bids: readonly OpeningBid[];
  readonly log: readonly { readonly id: string; readonly at: string; readonly text: string }[];
};

/** A draw as its hall shows it; `record` is the draw-record/v1 that the browser checks by itself. */
export type Draw = {
  readonly drawId: string;
  readonly lotId: string;
  readonly title: string;
  readonly lotName: string;
  readonly basis?: string;
  readonly sealed: boolean;
  readonly mode: number;
  readonly step: "list" | "commit" | "reveal" | "beacon" | "result";
  readonly resultText?: string;
  readonly candidates: readonly { readonly id: string; readonly label: string; readonly chosen: boolean }[];
  readonly listDigest?: string;
  readonly seed?: string;
  readonly moments: { readonly frozenAt?: string; readonly commitEnd?: string; readonly revealEnd?: string; readonly resultAt?: string };
  readonly shares: readonly {
    readonly party: string;
    readonly commitment?: string;
    readonly share?: string;
    readonly state: "agrees" | "waiting" | "missing";
    readonly mine?: boolean;
  }[];
  readonly proofHref?: string;
};

/** A public row of the trading record. */
export type RecordRow = {
  readonly position: string | number;
  readonly at: string;
  readonly title: string;
  readonly type: string;
  readonly commitment: string;
};

/** A person of the sandbox, as the switcher lists it. */
export type SandboxPerson = {
  readonly personId: string;
  readonly personName: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly role: string;
  readonly title: string;
  readonly sentence?: string;
  readonly todo?: number;
};

/** The sandbox: its clock, what is due next, its simulators. */
export type Sandbox = {
  readonly now: string;
  readonly tempo: string;
  readonly next: readonly { readonly at: string; readonly what: string; readonly lotName?: string }[];
  readonly simulators: readonly { readonly name: string; readonly href?: string; readonly state: string }[];
  readonly people: readonly SandboxPerson[];
};
