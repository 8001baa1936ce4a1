/** A whole package, or one evidence bundle: the verifier's own proof over the files in memory, told in checks. */
import { verifyBundle } from "../../../verifier/evidence/index.ts";
import { judgePackageEvidence, ownPolicyOf } from "../../../verifier/package/evidence.ts";
import { HeldFolder } from "../../../verifier/package/held-folder.ts";
import { type PackageFacts, type PackageVerdict, verifyFolder } from "../../../verifier/package/verify.ts";
import type { Check, Judgement, LogPlace } from "./judgement.ts";

/** What the reader brought from elsewhere. */
export type Own = { readonly trustedKeys?: readonly string[]; readonly policy?: Uint8Array };

const names = ["files", "record", "draws", "openings", "evaluation", "archive", "summary"] as const;
type Name = (typeof names)[number];

/** The check that a refusal belongs to: by its code, and of draws and openings by the folder. */
function nameOf(code: string, where: string): Name {
  if (code === "E_PACKAGE" || code === "E_MANIFEST_SIG") return "files";
  if (code === "E_RECORD_CHAIN") return "record";
  if (code.startsWith("E_EVAL_")) return "evaluation";
  if (code === "E_BAG") return "archive";
  if (code === "E_SUMMARY") return "summary";
  return where.startsWith("draw/") ? "draws" : "openings";
}

export function judgePackage(files: ReadonlyMap<string, Uint8Array>, own: Own): Judgement {
  const folder = new HeldFolder(files);
  const verdict = verifyFolder(() => folder, own.trustedKeys === undefined ? {} : { trustedKeys: own.trustedKeys });
  if (!verdict.ok) return refusedPackage(verdict);
  const facts = verdict.packages[0] as PackageFacts;
  const checks = verdict.packages.flatMap(checksOf);
  const { log, check } = judgeLog(folder, own, facts);
  const isGood = check.state !== "fails";
  return {
    kind: "package",
    verdict: isGood ? "passed" : "refused",
    figures: { files: facts.files, ...(check.code === undefined ? {} : { code: check.code }) },
    checks: [...checks, check],
    log,
    key: { fingerprint: facts.fingerprint, isTrusted: facts.isTrusted },
  };
}

function refusedPackage({ code, where }: Extract<PackageVerdict, { ok: false }>): Judgement {
  const at = names.indexOf(nameOf(code, where));
  const checks = names.map((name, k): Check => {
    if (k !== at) return { name: `package.${name}`, state: k < at ? "holds" : "unreached", figures: {} };
    return { name: `package.${name}`, state: "fails", figures: {}, code, where };
  });
  return { kind: "package", verdict: "refused", figures: { code }, checks, log: { source: "none", witnesses: [] } };
}

function checksOf({ files, record, draws, openings, evaluations, bags, summary, inner }: PackageFacts): Check[] {
  const bids = openings.flatMap((opening) => opening.bids);
  const lines = record === "none" ? undefined : record;
  const state = (isThere: boolean) => (isThere ? "holds" : "absent") as Check["state"];
  return [
    { name: "package.files", state: "holds", figures: { files }, mark: String(files) },
    {
      name: "package.record",
      state: state(lines !== undefined),
      figures: { first: lines?.first ?? 0, last: lines?.last ?? 0, proven: lines?.proven ?? 0, acts: lines?.signedActs ?? 0 },
      ...(lines === undefined ? {} : { digest: lines.head, mark: String(lines.last - lines.first + 1) }),
    },
    { name: "package.draws", state: state(draws.length > 0), figures: { count: draws.length }, mark: String(draws.length) },
    {
      name: "package.openings",
      state: state(openings.length > 0),
      figures: { bids: bids.length, opened: bids.filter(({ status }) => status === "opened").length },
      mark: String(openings.length),
    },
    {
      name: "package.evaluation",
      state: state(evaluations.length > 0),
      figures: { figures: evaluations.reduce((sum, one) => sum + one.figures, 0), bids: evaluations.at(-1)?.bids ?? 0 },
      mark: String(evaluations.length),
    },
    { name: "package.archive", state: state(bags > 0), figures: { bags }, mark: String(bags) },
    { name: "package.summary", state: state(summary === "checked"), figures: {} },
    ...inner.flatMap(checksOf),
  ];
}

/** The package's bundles: under the reader's policy where there is one, else under its own, which proves less. */
function judgeLog(folder: HeldFolder, own: Own, { record }: PackageFacts): { log: LogPlace; check: Check } {
  const policy = own.policy ?? ownPolicyOf(folder);
  const positions = record === "none" ? {} : { positions: [record.first, record.last] as const };
  const none = {
    log: { source: "none", witnesses: [], ...positions },
    check: { name: "package.log", state: "absent", figures: {} },
  } as const;
  if (policy === undefined) return none;
  const { files, unproven } = judgePackageEvidence(folder, { policy, checkpoint: undefined });
  if (files.length === 0) return none;
  const failed = files.find(({ verdict }) => !verdict.ok);
  const good = files.flatMap(({ verdict }) => (verdict.ok ? [verdict] : []));
  const witnesses = [...new Set(good.flatMap(({ cosigners }) => cosigners))].sort();
  const { size = 0, root = "", anchor = "none" } = good.at(-1) ?? {};
  const log: LogPlace = { source: own.policy === undefined ? "own" : "reader", witnesses, size, root, anchor, ...positions };
  const figures = { size, witnesses: witnesses.length };
  const code = failed !== undefined && !failed.verdict.ok ? failed.verdict.code : unproven === undefined ? undefined : "E_RECORD_CHAIN";
  if (code === undefined) return { log, check: { name: "package.log", state: "holds", figures, mark: String(witnesses.length) } };
  return { log, check: { name: "package.log", state: "fails", figures, code, where: failed?.path ?? `#${unproven}` } };
}

/** One bundle alone. Believing it by what stands in it would prove nothing (evidence-v1 §10). */
export function judgeBundle(bytes: Uint8Array, policy: Uint8Array | undefined): Judgement {
  if (policy === undefined) {
    const checks: Check[] = [{ name: "bundle.proof", state: "absent", figures: {} }];
    return { kind: "bundle", verdict: "undecided", figures: {}, checks, log: { source: "needed", witnesses: [] } };
  }
  const verdict = verifyBundle(policy, bytes);
  if (!verdict.ok) {
    const checks: Check[] = [{ name: "bundle.proof", state: "fails", figures: {}, code: verdict.code }];
    return { kind: "bundle", verdict: "refused", figures: { code: verdict.code }, checks, log: { source: "reader", witnesses: [] } };
  }
  const { seqs, size, root, cosigners, anchor } = verdict;
  const positions = [seqs[0] ?? 0, seqs.at(-1) ?? 0] as const;
  return {
    kind: "bundle",
    verdict: "passed",
    figures: { count: seqs.length },
    checks: [{ name: "bundle.proof", state: "holds", figures: { count: seqs.length, size }, digest: root, mark: String(seqs.length) }],
    log: { source: "reader", positions, size, root, witnesses: cosigners, anchor },
  };
}
