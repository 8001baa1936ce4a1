/**
 * A draw as its stream tells it. Pure: `evolveDraw` folds steps; each step that the public record cites
 * keeps its version, from which its place in the log is found. It knows pseudonyms, never people of a pool.
 */
import type {
  BeaconPost,
  CommitPost,
  DrawPlan,
  DrawResult,
  Fault,
  PartialPost,
  PoolEntry,
  Recovery,
  RevealPost,
  Substitution,
} from "../../../formats/draw/index.ts";
import { type CommandOf, next, type StateOf } from "../../kernel/index.ts";
import { foldStream, type Queryable, type RecordedEvent } from "../../record/index.ts";
import { drawStates } from "./draw.states.ts";

export type DrawState = StateOf<typeof drawStates>;
export type DrawCommand = CommandOf<typeof drawStates>;

/** How the last word is kept from the last to speak (draw-v1 §1). `fallback` is a beacon with recovery behind it. */
export type DrawWay = "plain" | "beacon" | "recovery" | "fallback";

/** A party that gives a share, with the person who holds its key. */
export interface DrawContributor {
  personId: string;
  organisationId: string;
  /** As the plan names it. */
  name: string;
  /** Ed25519, hex32. */
  key: string;
}

/** What is drawn from: pseudonyms and quotas, or declared values. */
export interface DrawList {
  kind: DrawPlan["kind"];
  pool: readonly PoolEntry[];
  strata: DrawPlan["strata"];
  maxPerGroup: number | null;
  coefficients: DrawPlan["coefficients"];
}

type Placed<Step> = Step & { version: number };

export interface Draw {
  id: string;
  version: number;
  lotId: string;
  purpose: string;
  /** A sealed draw shows its result only when it is published, and then pseudonyms only. */
  sealed: boolean;
  state: DrawState;
  subject: string;
  rulesVersion: string;
  way: DrawWay;
  applicant: string;
  supervisorKey: string;
  contributors: readonly DrawContributor[];
  minReveals: number;
  tCommit: string;
  tReveal: string;
  /** Null while the list is awaited. */
  list: DrawList | null;
  recovery: Recovery | null;
  /** Sign keys of the opening members, in the order of their numbers. */
  memberSignKeys: readonly string[];
  supersedes: DrawPlan["supersedes"];
  plan: DrawPlan | null;
  planHash: string | null;
  freeze: Placed<{ sig: string }> | null;
  commits: readonly Placed<CommitPost>[];
  platform: Placed<{ pi: string }> | null;
  fallback: Placed<{ reason: string; sig: string }> | null;
  reveals: readonly Placed<RevealPost>[];
  partials: readonly Placed<PartialPost>[];
  beacon: Placed<BeaconPost> | null;
  forfeited: readonly number[];
  faults: readonly Fault[];
  result: DrawResult | null;
  failure: string | null;
  substitutions: readonly Placed<Omit<Substitution, "log">>[];
  publishedAt: string | null;
  voidReason: string | null;
}

export function evolveDraw(draw: Draw | undefined, event: RecordedEvent): Draw {
  if (event.type === "drw.prepared") return preparedDraw(event);
  if (!draw) throw new Error(`${event.type} comes before drw.prepared`);
  const [, command] = moves.find(([type]) => type === event.type) ?? [];
  if (command === undefined) throw new Error(`no step of a draw: ${event.type}`);
  const state = next(drawStates, draw.state, command);
  if (state === undefined) throw new Error(`a draw that is ${draw.state} cannot ${command}`);
  return { ...draw, ...changeOf(draw, event), state: state as DrawState, version: event.version };
}

const moves: readonly (readonly [type: string, command: DrawCommand])[] = [
  ["drw.listed", "list"],
  ["drw.recoverySet", "setRecovery"],
  ["drw.joined", "join"],
  ["drw.frozen", "freeze"],
  ["drw.contributed", "contribute"],
  ["drw.sharesClosed", "closeShares"],
  ["drw.platformShared", "sharePlatform"],
  ["drw.fallbackDeclared", "declareFallback"],
  ["drw.revealed", "reveal"],
  ["drw.shareForfeited", "forfeit"],
  ["drw.partialPosted", "postPartial"],
  ["drw.beaconCarried", "carryBeacon"],
  ["drw.derived", "derive"],
  ["drw.failed", "fail"],
  ["drw.published", "publish"],
  ["drw.substituted", "substitute"],
  ["drw.voided", "void"],
];

function preparedDraw({ stream, version, data }: RecordedEvent): Draw {
  const {
    lotId,
    purpose,
    sealed,
    subject,
    rulesVersion,
    way,
    applicant,
    supervisorKey,
    contributors,
    minReveals,
    tCommit,
    tReveal,
    list,
    supersedes,
  } = data;
  return {
    id: stream,
    version,
    ...{
      lotId,
      purpose,
      sealed,
      subject,
      rulesVersion,
      way,
      applicant,
      supervisorKey,
      contributors,
      minReveals,
      tCommit,
      tReveal,
      list,
      supersedes,
    },
    state: "prepared",
    recovery: null,
    memberSignKeys: [],
    plan: null,
    planHash: null,
    freeze: null,
    commits: [],
    platform: null,
    fallback: null,
    reveals: [],
    partials: [],
    beacon: null,
    forfeited: [],
    faults: [],
    result: null,
    failure: null,
    substitutions: [],
    publishedAt: null,
    voidReason: null,
  };
}

function changeOf(draw: Draw, { type, version, at, data }: RecordedEvent): Partial<Draw> {
  switch (type) {
    case "drw.listed":
      return { list: data.list };
    case "drw.recoverySet":
      return { recovery: data.recovery, memberSignKeys: data.memberSignKeys };
    case "drw.joined":
      return { contributors: [...draw.contributors, data.contributor] };
    case "drw.frozen":
      return { plan: data.plan, planHash: data.planHash, freeze: { sig: data.sig, version } };
    case "drw.contributed":
      return { commits: [...draw.commits, { i: data.i, c: data.c, sealed: data.sealed, sig: data.sig, version }] };
    case "drw.platformShared":
      return { platform: { pi: data.pi, version } };
    case "drw.fallbackDeclared":
      return { fallback: { reason: data.reason, sig: data.sig, version } };
    case "drw.revealed":
      return { reveals: [...draw.reveals, { i: data.i, s: data.s, rho: data.rho, version }] };
    case "drw.shareForfeited":
      return { forfeited: [...draw.forfeited, data.i] };
    case "drw.partialPosted":
      return { partials: [...draw.partials, { i: data.i, member: data.member, D: data.D, c: data.c, z: data.z, version }] };
    case "drw.beaconCarried":
      return { beacon: { round: data.round, signature: data.signature, version } };
    case "drw.derived":
      return { faults: data.faults, result: data.result };
    case "drw.failed":
      return { faults: data.faults, failure: data.code };
    case "drw.substituted":
      return {
        substitutions: [...draw.substitutions, { stratum: data.stratum, out: data.out, reason: data.reason, in: data.in, version }],
      };
    case "drw.published":
      return { publishedAt: at };
    case "drw.voided":
      return { voidReason: data.reason };
    default:
      return {};
  }
}

/** One draw; undefined when there is none of that id. */
export async function drawOf(db: Queryable, drawId: string): Promise<Draw | undefined> {
  return drawId.startsWith("drw_") ? foldStream(db, drawId, evolveDraw) : undefined;
}
