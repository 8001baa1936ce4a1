/**
 * Test fixture: a whole draw made by the making side (formats/draw), all secrets derived from a label.
 * For tests only: secrets that follow from a label are no secrets.
 */
import { p256 } from "@noble/curves/nist.js";
import { fromHex, hex, u32 } from "../../formats/bytes.ts";
import {
  assembleRecord,
  beaconRoundFor,
  type Commit,
  type CommitPost,
  type DrawPlan,
  type DrawRecord,
  type DrawSteps,
  findPlanFault,
  makeCommit,
  makePartial,
  makeReveal,
  planHash,
  poolId,
  proveVrf,
  publicKeyOf,
  quicknetChain,
  type RecoveryPartial,
  signFallback,
  signFreeze,
} from "../../formats/draw/index.ts";
import { sha256 } from "../../formats/jcs.ts";

/** drand quicknet round 657413 (2023-09-15 11:00:03 UTC). */
export const storedRound = {
  round: 657413,
  signature: "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
};

export type DrawWish = {
  label?: string;
  kind?: DrawPlan["kind"];
  mode?: "plain" | "beacon" | "always" | "fallback";
  contributors?: number;
  pool?: number;
  /** Contributors that do not reveal. */
  silent?: readonly number[];
  /** Contributors that never commit. */
  missing?: readonly number[];
  hasPlatform?: boolean;
};

type Whole = Required<DrawWish>;

const n = p256.Point.Fn.ORDER;

export function aDraw(wish: DrawWish = {}): DrawRecord {
  const assembled = assembleRecord(stepsOf(wish));
  if (!assembled.ok) throw new Error(assembled.code);
  return assembled.record;
}

export function stepsOf(wish: DrawWish): DrawSteps {
  const whole: Whole = {
    label: "draw",
    kind: "select",
    mode: "plain",
    contributors: 3,
    pool: 12,
    silent: [],
    missing: [],
    hasPlatform: true,
    ...wish,
  };
  const plan = planOf(whole);
  const fault = findPlanFault(plan);
  if (fault !== undefined) throw new Error(fault);
  return runDraw(whole, plan);
}

function secretOf(whole: Whole, name: string, k = 0): Uint8Array<ArrayBuffer> {
  return sha256("a-draw\n", whole.label, name, u32(k));
}

function keyOf(whole: Whole, name: string, k = 0): string {
  return hex(publicKeyOf(secretOf(whole, name, k)));
}

/** Shares of a polynomial of degree 1: 2 of 3 members open. */
function shareOf(whole: Whole, member: number): Uint8Array<ArrayBuffer> {
  const [a, b] = [secretOf(whole, "a0"), secretOf(whole, "a1")].map((bytes) => BigInt(`0x${hex(bytes)}`)) as [bigint, bigint];
  return fromHex(((a + b * BigInt(member)) % n).toString(16).padStart(64, "0"));
}

function memberKey(whole: Whole, member: number): string {
  return hex(p256.getPublicKey(shareOf(whole, member), true));
}

function planOf(whole: Whole): DrawPlan {
  const isSelect = whole.kind === "select";
  const tReveal = "2023-09-15T10:59:03.000Z";
  const ids = Array.from({ length: whole.pool }, (_, k) => poolId(secretOf(whole, "salt", k), `expert ${k}`)).sort();
  const withRecovery = whole.mode === "always" || whole.mode === "fallback";
  const withBeacon = whole.mode === "beacon" || whole.mode === "fallback";
  return {
    v: 1,
    format: "draw-plan/v1",
    drawId: `D-${whole.label}`,
    kind: whole.kind,
    purpose: "experts",
    subject: "lot/L-1",
    rulesVersion: "1",
    operatorKey: keyOf(whole, "operator"),
    supervisorKey: keyOf(whole, "supervisor"),
    vrfKey: keyOf(whole, "vrf"),
    contributors: Array.from({ length: whole.contributors }, (_, k) => ({ name: `代表 ${k}`, key: keyOf(whole, "contributor", k) })),
    minReveals: 2,
    tCommit: "2023-09-15T10:50:00.000Z",
    tReveal,
    beacon: withBeacon ? { chain: quicknetChain, round: beaconRoundFor(tReveal) } : null,
    recovery: withRecovery
      ? {
          use: whole.mode === "always" ? "always" : "fallback",
          suite: 1,
          t: 2,
          pk: memberKey(whole, 0),
          memberKeys: [1, 2, 3].map((j) => memberKey(whole, j)),
        }
      : null,
    pool:
      whole.kind === "coefficient"
        ? []
        : ids.map((id, k) => ({
            id,
            group: k % 3 === 0 ? "employer" : null,
            strata: !isSelect ? [] : k % 2 === 0 ? ["works"] : ["works", "costs"],
            recusal: k === 1 ? "employer" : null,
          })),
    strata: isSelect
      ? [
          { id: "works", quota: 2 },
          { id: "costs", quota: 1 },
        ]
      : [],
    maxPerGroup: isSelect ? 1 : null,
    coefficients: whole.kind === "coefficient" ? [{ id: "K", values: ["0.95", "0.96", "0.97", "0.98"] }] : [],
    supersedes: null,
  };
}

function runDraw(whole: Whole, plan: DrawPlan): DrawSteps {
  let seq = 10;
  const log = (at: string) => ({ seq: seq++, at: `2023-09-15T${at}Z` });
  const freeze = { sig: signFreeze(plan, secretOf(whole, "operator")), log: log("10:00:00.000") };
  const parties = plan.contributors.map((_, i) => i).filter((i) => !whole.missing.includes(i));
  const commits: Commit[] = parties.map((i) => ({ ...commitOf(whole, plan, i), log: log("10:49:00.000") }));
  const platform = whole.hasPlatform ? { pi: hex(proveVrf(secretOf(whole, "vrf"), planHash(plan))), log: log("10:51:00.000") } : null;
  const reason = "信标不可用";
  const fallback =
    whole.mode === "fallback" ? { reason, sig: signFallback(plan, reason, secretOf(whole, "supervisor")), log: log("10:52:00.000") } : null;
  const isRecovered = plan.recovery !== null;
  const speaking = isRecovered ? [] : parties.filter((i) => !whole.silent.includes(i));
  const reveals = speaking.map((i) => ({ ...makeReveal(i, contributionOf(whole, i)), log: log("10:58:00.000") }));
  const partials = isRecovered
    ? commits.flatMap((commit) => [1, 3].map((member) => ({ ...partialOf(whole, plan, commit, member), log: log("10:58:00.000") })))
    : [];
  const beacon = whole.mode === "beacon" ? { ...storedRound, log: log("11:00:03.000") } : null;
  return { plan, freeze, commits, platform, fallback, reveals, partials, beacon };
}

function contributionOf(whole: Whole, i: number) {
  return { s: secretOf(whole, "s", i), rho: secretOf(whole, "rho", i) };
}

function commitOf(whole: Whole, plan: DrawPlan, i: number): CommitPost {
  return makeCommit({
    plan,
    i,
    ...contributionOf(whole, i),
    signingSecret: secretOf(whole, "contributor", i),
    ...(plan.recovery === null ? {} : { sealScalar: secretOf(whole, "r", i) }),
  });
}

function partialOf(whole: Whole, plan: DrawPlan, commit: CommitPost, member: number): Omit<RecoveryPartial, "log"> {
  return makePartial({ plan, commit, member, share: shareOf(whole, member), nonce: secretOf(whole, `k${member}`, commit.i) });
}
