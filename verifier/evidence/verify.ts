/**
 * Proves one evidence bundle under a policy that the reader brought (evidence-v1 §9), step by step in
 * the order of the specification; the first failure is the answer. Needs no network and no server.
 */
import { readIJson, type Value } from "../i-json.ts";
import { anyText, anything, ascends, closed, hexOf, isObject, list, oneOf, type Shape, text } from "../shapes.ts";
import { type Anchor, anchorShape, judgeAnchor } from "./anchor.ts";
import { type Head, judgeCosignatures, judgeHead } from "./checkpoint.ts";
import { demand, type EvidenceCode, Refused } from "./codes.ts";
import { type Actor, type Disclosure, type Entry, entryBytesOf, judgeActor, judgeDisclosure } from "./entry.ts";
import { type Policy, readPolicy } from "./policy.ts";
import {
  type Consistency,
  consistencyHolds,
  consistencyShape,
  type Inclusion,
  inclusionHolds,
  inclusionShape,
  leafHashOf,
} from "./proofs.ts";

export type EvidenceFacts = {
  ok: true;
  seqs: number[];
  size: number;
  root: string;
  cosigners: string[];
  anchor: "none" | "unconfirmed";
};
export type EvidenceVerdict = EvidenceFacts | { ok: false; code: EvidenceCode };

type Item = { entry: Value; inclusion: Inclusion; disclosure?: Disclosure; actor?: Actor };
type Previous = { checkpoint: string; consistency: Consistency };
type Bundle = { checkpoint: string; items: Item[]; previous?: Previous; anchor?: Anchor };

// Step 3 looks at the bundle without the inside of `entry`, but its seq must already be one.
const hasSeq: Shape = (value) => isObject(value) && typeof value.seq === "number" && Number.isSafeInteger(value.seq) && value.seq >= 0;
const itemShape = closed(
  { entry: hasSeq, inclusion: inclusionShape },
  {
    disclosure: closed({ salt: hexOf(32), event: (value) => anything(value) && isObject(value) }),
    actor: closed({ id: text(1, 256), salt: hexOf(32) }),
  },
);
const bundleShape = closed(
  { format: oneOf("evidence-bundle/v1"), checkpoint: anyText, items: list(itemShape, 1, 1000) },
  { previous: closed({ checkpoint: anyText, consistency: consistencyShape }), anchor: anchorShape },
);

/**
 * @param policyText the reader's own policy file
 * @param trusted a checkpoint that the reader kept from before
 */
export function verifyBundle(policyText: string | Uint8Array, bundleText: string | Uint8Array, trusted?: string): EvidenceVerdict {
  return verdictOf(() => {
    const [policyValue, bundleValue] = [readIJson(policyText), readIJson(bundleText)];
    demand(policyValue !== undefined && bundleValue !== undefined, "E_JSON");
    const policy = readPolicy(policyValue);
    return judge(policy, readBundle(bundleValue), trusted);
  });
}

/** Steps 2 and 4 to 8 alone: a checkpoint under a policy. */
export function verifyCheckpoint(
  policy: Value,
  note: string,
): { ok: true; size: number; root: string; cosigners: string[] } | { ok: false; code: EvidenceCode } {
  return verdictOf(() => {
    const read = readPolicy(policy);
    const { size, root, ...head } = judgeHead(note, read);
    return { ok: true as const, size, root, cosigners: judgeCosignatures({ size, root, ...head }, read).cosigners };
  });
}

export function verdictOf<T>(judgement: () => T): T | { ok: false; code: EvidenceCode } {
  try {
    return judgement();
  } catch (fault) {
    if (fault instanceof Refused) return { ok: false, code: fault.code };
    throw fault;
  }
}

function readBundle(value: Value): Bundle {
  demand(bundleShape(value), "E_FORMAT");
  const bundle = value as unknown as Bundle;
  demand(ascends(bundle.items.map(({ entry }) => (entry as { seq: number }).seq)), "E_FORMAT");
  return bundle;
}

function judge(policy: Policy, bundle: Bundle, trusted: string | undefined): EvidenceFacts {
  const note = judgeHead(bundle.checkpoint, policy);
  const { cosigners, times } = judgeCosignatures(note, policy);
  const entries = bundle.items.map((item) => judgeItem(item, note));
  judgeTimes(entries, times);
  for (const [i, { disclosure, actor }] of bundle.items.entries()) {
    if (disclosure !== undefined) judgeDisclosure(entries[i] as Entry, disclosure);
    if (actor !== undefined) judgeActor(entries[i] as Entry, actor);
  }
  const previous = bundle.previous === undefined ? undefined : judgePrevious(bundle.previous, note, policy);
  if (trusted !== undefined) judgeTrusted(judgeHead(trusted, policy), note, previous);
  const anchor = judgeAnchor(bundle.anchor, policy.anchor, note);
  return { ok: true, seqs: entries.map(({ seq }) => seq), size: note.size, root: note.root, cosigners, anchor };
}

/** Step 9. */
function judgeItem({ entry, inclusion }: Item, head: Head): Entry {
  const bytes = entryBytesOf(entry);
  const read = entry as unknown as Entry;
  demand(read.seq === inclusion.leafIndex, "E_SEQ");
  // "any proof made for another size than the checkpoint's" is refused (§10).
  demand(inclusion.treeSize === head.size && inclusionHolds(leafHashOf(bytes), head.root, inclusion), "E_INCLUSION");
  return read;
}

/** Steps 10 and 11. */
function judgeTimes(entries: readonly Entry[], times: readonly bigint[]): void {
  // The fixed form of a time compares as text.
  demand(
    entries.every(({ at }, i) => i === 0 || at >= (entries[i - 1]?.at ?? "")),
    "E_TIME_ORDER",
  );
  const last = BigInt(Math.floor(Date.parse(entries.at(-1)?.at ?? "") / 1000));
  demand(
    times.every((t) => t + 300n >= last),
    "E_COSIG_TIME",
  );
}

/** Step 13. */
function judgePrevious({ checkpoint, consistency }: Previous, head: Head, policy: Policy): Head {
  const older = judgeHead(checkpoint, policy);
  demand(older.size <= head.size, "E_ROLLBACK");
  demand(older.size < head.size || older.root === head.root, "E_FORK");
  const isOfBoth = consistency.size1 === older.size && consistency.size2 === head.size;
  demand(isOfBoth && consistencyHolds(older.root, head.root, consistency), "E_CONSISTENCY");
  return older;
}

/** Step 14: what the reader kept must be in the history of what it is shown. */
function judgeTrusted(kept: Head, head: Head, previous: Head | undefined): void {
  const isSame = (other: Head | undefined) => other?.size === kept.size && other.root === kept.root;
  if (isSame(head) || isSame(previous)) return;
  demand(kept.size <= head.size, "E_ROLLBACK");
  demand(kept.size < head.size, "E_FORK");
  throw new Refused("E_CONSISTENCY");
}
