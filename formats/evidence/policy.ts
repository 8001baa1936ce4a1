/**
 * The evidence policy (evidence-v1 §5): which log and which witnesses a reader believes, and how many
 * must have spoken. It is handed over separately and must never be taken from what it judges.
 */
import { hex } from "../bytes.ts";
import { sha256 } from "../jcs.ts";
import { cosignatureTime, lineIsOf, logLineHolds, type Note, readNote, type TreeHead } from "./note.ts";
import { isKeyName, keyType, readVerifierKey, type VerifierKey, verifierKeyText } from "./verifier-key.ts";

export type AnchorPolicy = { chainId: number; contract: string; logId: string; required: boolean };

export type EvidencePolicy = {
  v: 1;
  format: "evidence-policy/v1";
  origin: string;
  logKeys: string[];
  witnesses: string[];
  k: number;
  anchor: AnchorPolicy | null;
};

/** A policy with its keys read. */
export type KnownKeys = { origin: string; logKeys: VerifierKey[]; witnesses: VerifierKey[]; k: number };

/** logId = H(origin), as hex. */
export function logIdOf(origin: string): string {
  return hex(sha256(origin));
}

export function makePolicy(keys: KnownKeys, anchor: Omit<AnchorPolicy, "logId"> | null): EvidencePolicy {
  const policy: EvidencePolicy = {
    v: 1,
    format: "evidence-policy/v1",
    origin: keys.origin,
    logKeys: keys.logKeys.map(verifierKeyText),
    witnesses: keys.witnesses.map(verifierKeyText),
    k: keys.k,
    anchor: anchor && { ...anchor, logId: logIdOf(keys.origin) },
  };
  if (knownKeysOf(policy) === undefined) throw new RangeError("these keys make no lawful evidence policy");
  return policy;
}

/** The keys of a policy whose content §5 allows, or undefined. */
export function knownKeysOf({ origin, logKeys, witnesses, k, anchor }: EvidencePolicy): KnownKeys | undefined {
  const logs = logKeys.map(readVerifierKey);
  const others = witnesses.map(readVerifierKey);
  if (!isKeyName(origin) || !allOf(logs, keyType.log) || !allOf(others, keyType.witness)) return undefined;
  if (logs.some(({ name }) => name !== origin)) return undefined;
  const publicKeys = others.map(({ publicKey }) => hex(publicKey));
  const everyKey = new Set([...publicKeys, ...logs.map(({ publicKey }) => hex(publicKey))]);
  const distinctLogs = new Set(logs.map(({ publicKey }) => hex(publicKey))).size;
  // "counting one operator twice" is refused (§10): names and keys of witnesses are pairwise different.
  if (new Set(others.map(({ name }) => name)).size !== others.length || everyKey.size !== publicKeys.length + distinctLogs)
    return undefined;
  if (!Number.isSafeInteger(k) || k < 1 || k > others.length) return undefined;
  return anchor === null || anchorIsLawful(anchor, origin) ? { origin, logKeys: logs, witnesses: others, k } : undefined;
}

function allOf(keys: readonly (VerifierKey | undefined)[], type: number): keys is VerifierKey[] {
  return keys.length >= 1 && keys.every((key) => key?.type === type);
}

function anchorIsLawful({ chainId, contract, logId }: AnchorPolicy, origin: string): boolean {
  return Number.isSafeInteger(chainId) && chainId >= 1 && /^[0-9a-f]{40}$/.test(contract) && logId === logIdOf(origin);
}

export type NoteCode = "E_CHECKPOINT" | "E_ORIGIN" | "E_LOG_SIG" | "E_COSIGNATURE" | "E_QUORUM";
export type JudgedNote = { ok: true; head: TreeHead; note: Note; cosigners: string[] } | { ok: false; code: NoteCode };

/** Steps 4 to 6 of §9: the note, its origin, the log's own line. */
export function judgeHead(text: string, keys: Pick<KnownKeys, "origin" | "logKeys">): JudgedNote {
  const note = readNote(text);
  if (note === undefined) return { ok: false, code: "E_CHECKPOINT" };
  if (note.origin !== keys.origin) return { ok: false, code: "E_ORIGIN" };
  const known = note.lines.flatMap((line) =>
    keys.logKeys.filter((key) => lineIsOf(line, key)).map((key) => logLineHolds(note.body, line, key)),
  );
  if (known.length === 0 || known.includes(false)) return { ok: false, code: "E_LOG_SIG" };
  return { ok: true, head: { origin: note.origin, size: note.size, root: note.root }, note, cosigners: [] };
}

/** Steps 4 to 8 of §9: also the witnesses and their number. */
export function judgeNote(text: string, keys: KnownKeys): JudgedNote {
  const judged = judgeHead(text, keys);
  if (!judged.ok) return judged;
  const cosigners = new Set<string>();
  for (const line of judged.note.lines)
    for (const key of keys.witnesses.filter((witness) => lineIsOf(line, witness))) {
      if (cosignatureTime(judged.note.body, line, key) === undefined) return { ok: false, code: "E_COSIGNATURE" };
      cosigners.add(key.name);
    }
  return cosigners.size < keys.k ? { ok: false, code: "E_QUORUM" } : { ...judged, cosigners: [...cosigners].sort() };
}
