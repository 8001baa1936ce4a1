/** What the interface sends, word for word. Only files of this folder read these shapes; pages read `types.ts`. */
import type { FormSchema } from "../act-form/form-schema.ts";

/** Text in both languages of the interface. */
export type WireWords = { readonly zh: string; readonly en: string };

/** `GET /lots`. */
export type WireLotRow = {
  readonly lotId: string;
  readonly title: string;
  readonly state: string;
  readonly dealCode: string;
  readonly sector: string;
  readonly regionCode: string;
  readonly estimateFen: string;
  readonly lastStep: string | null;
  readonly lastStepWords: string | null;
  readonly round: number;
  /** Of rows of a list. */
  readonly stage?: string;
  readonly bidDeadlineAt?: string | null;
};

type WireParty = { readonly id: string; readonly name: string } | null;

/** A step of the running pass. */
export type WireStep = {
  readonly step: string;
  readonly words: string;
  readonly sort: string;
  readonly status: string;
  readonly outcome: string | null;
};

/** An instant that the law fixes for the lot. */
export type WireMilestone = {
  readonly name: string;
  readonly at: string;
  readonly originalAt: string;
  readonly version: number;
  readonly reachedAt: string | null;
};

/** `GET /lots/:lotId`. */
export type WireLot = WireLotRow & {
  readonly projectId: string;
  readonly procedure: { readonly id: string; readonly name: WireWords };
  readonly buyer: WireParty;
  readonly agent: WireParty;
  readonly centre: WireParty;
  readonly supervisor: WireParty;
  readonly phase: string;
  readonly side: string;
  readonly lawDate: string | null;
  readonly run: number;
  readonly steps: readonly WireStep[];
  readonly milestones: readonly WireMilestone[];
  readonly holds: readonly { readonly id: string; readonly cause: string; readonly since: string; readonly blocks: readonly string[] }[];
  readonly opens: readonly string[];
  readonly liveId: string;
};

/** `GET /acts`. */
export type WireAct = {
  readonly name: string;
  readonly title: WireWords;
  readonly who: readonly string[];
  readonly about: "lot" | "free";
  readonly step: string | null;
  readonly sealed: boolean;
  readonly rules: readonly string[];
  readonly data: FormSchema;
};

/** `GET /lots/:lotId/next-steps`. */
export type WireNextStep = {
  readonly act: string;
  readonly title: WireWords;
  readonly dueAt: string | null;
  readonly rules: readonly string[];
  readonly fill?: Readonly<Record<string, unknown>>;
};

/** `GET /me`. */
export type WireMe = {
  readonly personId: string;
  readonly name: string;
  readonly title: string;
  readonly memberships: readonly {
    readonly id: string;
    readonly organisationId: string;
    readonly organisationName: string;
    readonly role: string;
  }[];
};

/** `GET /sandbox`. */
export type WireSandbox = {
  readonly walletUrl: string | null;
  readonly now: string;
  readonly tempo: number;
  readonly nextDue: string | null;
};

/** `GET /sandbox/people`. */
export type WirePerson = {
  readonly personId: string;
  readonly name: string;
  readonly title: string;
  readonly membershipId: string;
  readonly role: string;
  readonly organisationId: string;
  readonly organisation: string;
};
