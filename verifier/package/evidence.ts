/**
 * The evidence bundles of a package, judged by a policy that the reader brought and held against the package's own
 * record: a folder that was rewritten whole and signed anew has no entries in the witnessed log.
 */
import { type EvidenceVerdict, verifyBundle } from "../evidence/index.ts";
import { readIJson } from "../i-json.ts";
import { isObject } from "../shapes.ts";
import type { Folder } from "./folder.ts";

/** The reader's own: the text of the evidence policy, and a checkpoint kept from before. */
export type Reader = { policy: Uint8Array; checkpoint: string | undefined };
export type EvidenceFile = { path: string; verdict: EvidenceVerdict };
export type PackageEvidence = {
  files: EvidenceFile[];
  /** The first shown line of the record that the log does not prove; undefined when there is none. */
  unproven: number | undefined;
};

/** The policy that a package brings along: good for a look, never for trust (evidence-v1 §5). */
export function ownPolicyOf(folder: Folder): Uint8Array | undefined {
  return folder.has("evidence/policy.json") ? folder.read("evidence/policy.json") : undefined;
}

export function judgePackageEvidence(folder: Folder, { policy, checkpoint }: Reader): PackageEvidence {
  const paths = folder.below("evidence/").filter((path) => /^evidence\/[^/]+\.bundle\.json$/.test(path));
  const files = paths.map((path) => ({ path, verdict: verifyBundle(policy, folder.read(path), checkpoint) }));
  const good = files.filter(({ verdict }) => verdict.ok);
  return { files, unproven: firstUnproven(folder, new Map(good.flatMap(({ path }) => commitmentsOf(folder.read(path))))) };
}

/** Of a bundle that has been proven: what the log committed to, by position. */
function commitmentsOf(bundle: Uint8Array): [number, string][] {
  const { items } = readIJson(bundle) as { items: { entry: { seq: number; commitment: string } }[] };
  return items.map(({ entry }) => [entry.seq, entry.commitment]);
}

function firstUnproven(folder: Folder, proven: ReadonlyMap<number, string>): number | undefined {
  if (!folder.has("record.jsonl")) return undefined;
  const rows = new TextDecoder().decode(folder.read("record.jsonl")).split("\n");
  for (const text of rows.filter((line) => line !== "")) {
    const line = readIJson(text);
    if (!isObject(line)) throw new Error("record.jsonl holds a line that is no object");
    const { position, commitment, event, stream } = line;
    const logged = proven.get(position as number);
    // position = leaf index (a reduced line discloses nothing, so that nothing of it needs proof).
    const isShown = event !== undefined || stream !== undefined;
    if (logged === undefined ? isShown : logged !== commitment) return position as number;
  }
  return undefined;
}
