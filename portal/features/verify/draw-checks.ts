/** A draw record, proven by draw-v1 §6 and told in five checks. The figures are read from what has been proven. */
import { verifyDraw } from "../../../verifier/draw/index.ts";
import { type Check, type Judgement, type Step, stoppedAt } from "./judgement.ts";

const steps: readonly Step[] = [
  { name: "draw.list", codes: ["E_JSON", "E_FORMAT", "E_PLAN", "E_PLAN_HASH", "E_FREEZE_SIG"] },
  { name: "draw.shares", codes: ["E_COMMIT", "E_COMMIT_SIG", "E_VRF", "E_FALLBACK", "E_REVEAL", "E_RECOVERY"] },
  { name: "draw.beacon", codes: ["E_BEACON_ROUND", "E_BEACON"] },
  { name: "draw.order", codes: ["E_ORDER", "E_LATE", "E_TOO_FEW", "E_FAULTS"] },
  { name: "draw.result", codes: ["E_QUOTA", "E_SEED", "E_RESULT", "E_SUBSTITUTION", "E_FINAL"] },
];

type Coefficient = { readonly id: string; readonly index: number; readonly value: string };
type Log = { readonly seq: number; readonly at: string };
/** What is read of a record after it has been proven. */
type Proven = {
  plan: {
    kind: "select" | "order" | "coefficient";
    contributors: unknown[];
    pool: { recusal: unknown }[];
    coefficients: { values: unknown[] }[];
  };
  planHash: string;
  freeze: { log: Log };
  commits: { log: Log }[];
  reveals: unknown[];
  platform: unknown;
  beacon: null | { round: number; log: Log };
  faults: { i?: number }[];
  result: { seed: string; coefficients?: Coefficient[] };
  final: { seated: string[] }[];
};

export function judgeDraw(bytes: Uint8Array): Judgement {
  const verdict = verifyDraw(bytes);
  const none = { source: "none", witnesses: [] } as const;
  if (!verdict.ok)
    return { kind: "draw", verdict: "refused", figures: { code: verdict.code }, checks: stoppedAt(steps, verdict.code), log: none };
  const record = JSON.parse(new TextDecoder().decode(bytes)) as Proven;
  return {
    kind: "draw",
    verdict: "passed",
    figures: { outcome: outcomeText(record), at: record.freeze.log.at, id: verdict.drawId },
    checks: checksOf(record, verdict.mode),
    log: { ...none, positions: positionsOf(record) },
  };
}

function checksOf(record: Proven, mode: 0 | 1 | 2): Check[] {
  const { plan, beacon } = record;
  const offered = plan.kind === "coefficient" ? (plan.coefficients[0]?.values.length ?? 0) : plan.pool.length;
  const missing = record.faults.filter(({ i }) => i !== undefined).length;
  const present = plan.contributors.length - missing;
  const shares = { present, missing, platform: record.platform === null ? "缺席并已记名" : "有效" };
  return [
    { name: "draw.list", state: "holds", figures: { count: offered, at: record.freeze.log.at }, digest: record.planHash },
    {
      name: mode === 2 ? "draw.recovered" : "draw.shares",
      state: "holds",
      figures: shares,
      mark: `${present}/${plan.contributors.length}`,
    },
    { name: "draw.beacon", state: beacon === null ? "absent" : "holds", figures: { round: beacon?.round ?? 0 } },
    { name: "draw.order", state: "holds", figures: {} },
    { name: "draw.result", state: "holds", figures: { outcome: outcomeText(record) }, digest: record.result.seed },
  ];
}

/** `K = 4.6%`, or how many were drawn or put in order. */
function outcomeText({ plan, result, final }: Proven): string {
  if (plan.kind === "coefficient") return (result.coefficients ?? []).map(({ id, value }) => `${id} = ${value}`).join("，");
  if (plan.kind === "order") return `${plan.pool.filter(({ recusal }) => recusal === null).length} 项排定次序`;
  return `抽出 ${final.reduce((sum, { seated }) => sum + seated.length, 0)} 人`;
}

/** First and last place in the trading record that the draw names. */
function positionsOf(record: Proven): [number, number] {
  const text = JSON.stringify(record);
  const seqs = [...text.matchAll(/"log":\{[^}]*"seq":(\d+)/g)].map(([, seq]) => Number(seq));
  return [Math.min(...seqs), Math.max(...seqs)];
}
