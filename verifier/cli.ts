/**
 * The verifier's command line: arguments in, lines out, an exit code. It opens no connection and writes
 * no file; what it is given is read once and judged by the closed lists of codes.
 */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type PathRequest, readArguments, usage } from "./arguments.ts";
import { verifyBundle } from "./evidence/index.ts";
import { DiskFolder } from "./package/disk-folder.ts";
import { judgePackageEvidence, ownPolicyOf, type PackageEvidence, type Reader } from "./package/evidence.ts";
import { type PackageFacts, verifyPackage } from "./package/index.ts";
import { evidenceLine, ownPolicyLine, packageLines } from "./report.ts";
import { verifyFile } from "./single-file.ts";
import { readTrust } from "./trust.ts";
import { runVectors } from "./vectors.ts";

export type Printer = { out: (line: string) => void; err: (line: string) => void };

/** 0 everything holds, 1 something does not, 2 the command cannot be carried out. */
export type ExitCode = 0 | 1 | 2;

export function runVerifier(words: readonly string[], print: Printer): ExitCode {
  const request = readArguments(words);
  if (request.kind === "usage") {
    print.err(`${request.why}\n${usage}`);
    return 2;
  }
  try {
    return request.kind === "vectors" ? printVectors(request.file, print) : verifyPath(request, print);
  } catch (fault) {
    print.err(fault instanceof Error ? fault.message : String(fault));
    return 2;
  }
}

function printVectors(file: string, print: Printer): ExitCode {
  let failed = 0;
  let count = 0;
  for (const line of runVectors(readFileSync(file, "utf8"))) {
    print.out(JSON.stringify(line));
    count++;
    if (!line.ok) failed++;
  }
  if (count === 0) throw new Error(`${file} holds no cases`);
  if (failed > 0) print.err(`${failed} of ${count} cases do not agree`);
  return failed === 0 ? 0 : 1;
}

function verifyPath(request: PathRequest, print: Printer): ExitCode {
  if (statSync(request.path).isDirectory()) return verifyFolder(request, print);
  return request.policy === undefined ? verifySingle(request, print) : verifyEvidence(request, request.policy, print);
}

function verifyFolder(request: PathRequest, print: Printer): ExitCode {
  const { path, trust, policy, checkpoint, asJson } = request;
  const verdict = verifyPackage(path, trust === undefined ? {} : { trustedKeys: trustedKeysOf(trust) });
  if (verdict.ok) {
    const reader = policy === undefined ? undefined : readerOf(policy, checkpoint);
    const evidence = verdict.packages.flatMap((facts) => evidenceOf(path, facts, reader));
    if (policy !== undefined || evidence.length > 0) return printWithEvidence(verdict, evidence, request, print);
  }
  if (asJson) print.out(JSON.stringify(verdict));
  else if (verdict.ok) for (const line of [...verdict.packages.flatMap((facts) => packageLines(facts)), "ok"]) print.out(line);
  else print.out(`${verdict.code}  ${verdict.where}: ${verdict.why}`);
  return verdict.ok ? 0 : 1;
}

function trustedKeysOf(trust: string): string[] {
  const keys = readTrust(readFileSync(trust, "utf8"));
  if (keys === undefined) throw new Error(`${trust} is no trust file`);
  return keys;
}

function readerOf(policy: string, checkpoint: string | undefined): Reader {
  return { policy: readFileSync(policy), checkpoint: checkpoint === undefined ? undefined : readFileSync(checkpoint, "utf8") };
}

/** A package without a policy, of the reader or its own, is not held against any log. */
function evidenceOf(path: string, facts: PackageFacts, reader: Reader | undefined): PackageEvidence[] {
  const folder = new DiskFolder(join(path, facts.dir));
  const policy = reader?.policy ?? ownPolicyOf(folder);
  const own = policy === undefined ? [] : [judgePackageEvidence(folder, { policy, checkpoint: reader?.checkpoint })];
  return [...own, ...facts.inner.flatMap((inner) => evidenceOf(path, inner, reader))];
}

type Proven = Extract<ReturnType<typeof verifyPackage>, { ok: true }>;

function printWithEvidence(
  verdict: Proven,
  evidence: readonly PackageEvidence[],
  { path, policy, asJson }: PathRequest,
  print: Printer,
): ExitCode {
  const files = evidence.flatMap((part) => part.files);
  if (files.length === 0) throw new Error(`${path} holds no evidence bundle (witnesses: none)`);
  const unproven = evidence.find((part) => part.unproven !== undefined)?.unproven;
  const ok = unproven === undefined && files.every((file) => file.verdict.ok);
  const witnesses = new Set(files.flatMap((file) => (file.verdict.ok ? file.verdict.cosigners : [])));
  const refusals = unproven === undefined ? [] : [`E_RECORD_CHAIN  position ${unproven} of the record is not what the log holds`];
  if (asJson) print.out(JSON.stringify({ ...verdict, ok, evidence }));
  else {
    const lines = verdict.packages.flatMap((facts) => packageLines(facts, witnesses));
    const trust = policy === undefined ? [ownPolicyLine] : [];
    for (const line of [...lines, ...files.map(evidenceLine), ...trust, ...refusals, ...(ok ? ["ok"] : [])]) print.out(line);
  }
  return ok ? 0 : 1;
}

function verifyEvidence({ path, checkpoint, trust, asJson }: PathRequest, policy: string, print: Printer): ExitCode {
  if (trust !== undefined) throw new Error("--trust belongs to a package: a bundle is judged by its policy alone");
  const reader = readerOf(policy, checkpoint);
  const file = { path, verdict: verifyBundle(reader.policy, readFileSync(path), reader.checkpoint) };
  print.out(asJson ? JSON.stringify(file.verdict) : evidenceLine(file));
  if (file.verdict.ok && !asJson) print.out("ok");
  return file.verdict.ok ? 0 : 1;
}

function verifySingle({ path, trust, asJson }: PathRequest, print: Printer): ExitCode {
  const verdict = verifyFile(readFileSync(path), trust === undefined ? undefined : trustedKeysOf(trust));
  if (asJson) print.out(JSON.stringify(verdict));
  else if (verdict.ok) print.out(`${path}: ${verdict.format}\n${JSON.stringify(verdict.facts, undefined, 2)}\nok`);
  else print.out(`${verdict.code}  ${path}: ${verdict.why}`);
  return verdict.ok ? 0 : 1;
}
