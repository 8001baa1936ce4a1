/** Openings, ceremonies and receipts, proven by seal-v1 §8 and told in checks. */
import { type SealCode, verifyCeremony, verifyOpening, verifyReceipt } from "../../../verifier/seal/index.ts";
import { type Check, type Judgement, type Step, stoppedAt } from "./judgement.ts";

const shape: readonly SealCode[] = ["E_JSON", "E_FORMAT", "E_SUITE"];
const ceremonyCodes: readonly SealCode[] = ["E_CEREMONY", "E_POINT", "E_SIG", "E_DKG_COMMIT", "E_POK", "E_PK", "E_ACK"];

const openingSteps: readonly Step[] = [
  { name: "seal.shape", codes: shape },
  { name: "seal.ceremony", codes: ceremonyCodes },
  { name: "seal.bids", codes: ["E_LOT", "E_POKR", "E_SIZE", "E_BID_SIG", "E_DUP_R"] },
  { name: "seal.receipts", codes: ["E_RECEIPT_SIG", "E_LATE", "E_RECEIPT_CHAIN"] },
  { name: "seal.freeze", codes: ["E_FREEZE", "E_PHASE"] },
  { name: "seal.keys", codes: ["E_KEY_RELEASE", "E_KB", "E_KEYS_FROZEN", "E_PARTIAL", "E_DLEQ", "E_ACCUSATION"] },
  { name: "seal.outcome", codes: ["E_WRAP", "E_KC", "E_ROOT", "E_CHUNK", "E_MANIFEST", "E_OUTCOME"] },
];
const ceremonySteps: readonly Step[] = [
  { name: "seal.shape", codes: shape },
  { name: "seal.ceremony", codes: ceremonyCodes },
];
const receiptSteps: readonly Step[] = [
  { name: "seal.shape", codes: shape },
  { name: "receipt.signature", codes: ["E_RECEIPT_SIG"] },
  { name: "receipt.inTime", codes: ["E_LATE"] },
];

const log = { source: "none", witnesses: [] } as const;

function refused(kind: Judgement["kind"], steps: readonly Step[], code: string): Judgement {
  return { kind, verdict: "refused", figures: { code }, checks: stoppedAt(steps, code), log };
}

const held = ({ name }: Step, figures: Check["figures"] = {}): Check => ({ name, state: "holds", figures });

export function judgeOpening(bytes: Uint8Array): Judgement {
  const verdict = verifyOpening(bytes);
  if (!verdict.ok) return refused("opening", openingSteps, verdict.code);
  const opened = Object.values(verdict.statuses).filter((status) => status === "opened").length;
  const figures = { bids: verdict.bids, opened };
  const checks = openingSteps.map((step) => held(step, figures));
  const bodies: Check = { name: "seal.bodies", state: verdict.bodies === "checked" ? "holds" : "absent", figures };
  return { kind: "opening", verdict: "passed", figures, checks: [...checks, bodies], log };
}

export function judgeCeremony(bytes: Uint8Array): Judgement {
  const verdict = verifyCeremony(bytes);
  if (!verdict.ok) return refused("ceremony", ceremonySteps, verdict.code);
  const [first, second] = ceremonySteps as [Step, Step];
  return {
    kind: "ceremony",
    verdict: "passed",
    figures: {},
    checks: [held(first), { ...held(second), digest: verdict.ceremonyHash }],
    log,
  };
}

/** A receipt carries no key: without one from elsewhere it proves nothing, and the page says so. */
export function judgeReceipt(bytes: Uint8Array, trustedKeys: readonly string[] | undefined): Judgement {
  const verdict = verifyReceipt(bytes, trustedKeys ?? []);
  if (!verdict.ok && trustedKeys === undefined && verdict.code === "E_RECEIPT_SIG") {
    const checks = stoppedAt(receiptSteps, verdict.code).map(
      (check): Check => (check.state === "fails" ? { name: check.name, state: "absent", figures: {} } : check),
    );
    return { kind: "receipt", verdict: "undecided", figures: {}, checks, log };
  }
  if (!verdict.ok) return refused("receipt", receiptSteps, verdict.code);
  const { receivedAt, deadline, evidenceSeq, version } = verdict.receipt;
  const figures = { receivedAt, deadline, version };
  const checks = receiptSteps.map((step) => held(step, figures));
  return { kind: "receipt", verdict: "passed", figures, checks, log: { ...log, positions: [evidenceSeq, evidenceSeq] } };
}
