/**
 * Runs one case of an evidence-v1 vector file (evidence-v1 §11) through the verifier's own code and says
 * what it got, in the form of the vector's `expect`. Must never look at `expect`.
 */
import { concat, fromHex, hex, utf8 } from "../../formats/bytes.ts";
import { jcsText, sha256 } from "../../formats/jcs.ts";
import { readIJson } from "../i-json.ts";
import { keccakOf } from "./anchor.ts";
import { entryBytesOf } from "./entry.ts";
import { consistencyHolds, inclusionHolds, leafHashOf, rootOfLeaves, shapedConsistency, shapedInclusion } from "./proofs.ts";
import { tilePathOf } from "./tile-path.ts";
import { verdictOf, verifyBundle, verifyCheckpoint } from "./verify.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a vector's input holds follows from its kind.
type Input = any;

const runners: Readonly<Record<string, (input: Input) => unknown>> = {
  jcs({ text }) {
    const value = readIJson(text);
    return value === undefined ? { error: "E_JSON" } : { ok: true, jcs: jcsText(value) };
  },
  leaf: ({ entry }) =>
    inVectorForm(
      verdictOf(() => {
        const bytes = entryBytesOf(entry);
        return { ok: true as const, bytes: hex(bytes), leafHash: leafHashOf(bytes) };
      }),
    ),
  root: ({ leafHashes }) => ({ ok: true, root: rootOfLeaves(leafHashes) }),
  inclusion({ leafHash, root, proof }) {
    const shaped = shapedInclusion(proof);
    return shaped !== undefined && inclusionHolds(leafHash, root, shaped) ? { ok: true } : { error: "E_INCLUSION" };
  },
  consistency({ root1, root2, proof }) {
    const shaped = shapedConsistency(proof);
    return shaped !== undefined && consistencyHolds(root1, root2, shaped) ? { ok: true } : { error: "E_CONSISTENCY" };
  },
  tilePath: ({ level, index, width }) => ({ ok: true, path: tilePathOf(level, index, width) }),
  contractLot: ({ lotSalt, lot }) => ({ ok: true, lotId: hex(sha256(concat("lot/v1\n", fromHex(lotSalt), utf8(lot)))) }),
  abi({ signature }) {
    const keccak = keccakOf(signature);
    return { ok: true, keccak, selector: keccak.slice(0, 8) };
  },
  checkpoint: ({ policy, note }) => inVectorForm(verifyCheckpoint(policy, note)),
  bundle: ({ policy, bundle, bundleText, trusted }) =>
    inVectorForm(verifyBundle(JSON.stringify(policy), bundleText ?? JSON.stringify(bundle), trusted)),
};

function inVectorForm(verdict: { ok: boolean; code?: string }): unknown {
  return verdict.ok ? verdict : { error: verdict.code };
}

/** What the verifier makes of a case, or undefined for a kind it does not know. */
export function runEvidenceVector(kind: string, input: unknown): unknown {
  return Object.hasOwn(runners, kind) ? runners[kind]?.(input) : undefined;
}
