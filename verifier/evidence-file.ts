/**
 * Evidence bundles as files: one that is named, or all that a package holds. The policy is always the
 * reader's own file. In a package the bundles must speak of the package's own record: a folder that was
 * rewritten whole and signed anew has no entries in the witnessed log.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EvidenceVerdict, verifyBundle } from "./evidence/index.ts";
import { readIJson } from "./i-json.ts";
import { isObject } from "./shapes.ts";

/** The reader's own files: the evidence policy, and a checkpoint kept from before. */
export type Reader = { policy: string; checkpoint: string | undefined };
export type EvidenceFile = { path: string; verdict: EvidenceVerdict };
export type PackageEvidence = {
  files: EvidenceFile[];
  /** The first shown line of the record that the log does not prove; undefined when there is none. */
  unproven: number | undefined;
};

export function readEvidence(path: string, { policy, checkpoint }: Reader): EvidenceFile {
  const trusted = checkpoint === undefined ? undefined : readFileSync(checkpoint, "utf8");
  return { path, verdict: verifyBundle(readFileSync(policy), readFileSync(path), trusted) };
}

/** The policy that a package brings along: good for a look, never for trust (evidence-v1 §5). */
export function ownPolicyOf(dir: string): string | undefined {
  const path = join(dir, "evidence", "policy.json");
  return existsSync(path) ? path : undefined;
}

/** The bundles of a package, judged and held against its record. */
export function readPackageEvidence(dir: string, reader: Reader): PackageEvidence {
  const files = bundlesOf(dir).map((path) => readEvidence(path, reader));
  const good = files.filter(({ verdict }) => verdict.ok);
  return { files, unproven: firstUnproven(join(dir, "record.jsonl"), new Map(good.flatMap(({ path }) => commitmentsOf(path)))) };
}

function bundlesOf(dir: string): string[] {
  const folder = join(dir, "evidence");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".bundle.json")) : [];
  return names.sort().map((name) => join(folder, name));
}

/** Of a bundle that has been proven: what the log committed to, by position. */
function commitmentsOf(path: string): [number, string][] {
  const { items } = readIJson(readFileSync(path)) as { items: { entry: { seq: number; commitment: string } }[] };
  return items.map(({ entry }) => [entry.seq, entry.commitment]);
}

function firstUnproven(record: string, proven: ReadonlyMap<number, string>): number | undefined {
  if (!existsSync(record)) return undefined;
  for (const text of readFileSync(record, "utf8")
    .split("\n")
    .filter((line) => line !== "")) {
    const line = readIJson(text);
    if (!isObject(line)) throw new Error(`${record} holds a line that is no object`);
    const { position, commitment, event, stream } = line;
    const logged = proven.get(position as number);
    // position = leaf index (a reduced line discloses nothing, so that nothing of it needs proof).
    const isShown = event !== undefined || stream !== undefined;
    if (logged === undefined ? isShown : logged !== commitment) return position as number;
  }
  return undefined;
}
