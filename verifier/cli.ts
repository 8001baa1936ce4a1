/**
 * The verifier's command line: arguments in, lines out, an exit code. It opens no connection and writes
 * no file; what it is given is read once and judged by the closed lists of codes.
 */
import { readFileSync, statSync } from "node:fs";
import { type Request, readArguments, usage } from "./arguments.ts";
import { verifyPackage } from "./package/index.ts";
import { packageLines } from "./report.ts";
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

type PathRequest = Extract<Request, { kind: "path" }>;

function verifyPath(request: PathRequest, print: Printer): ExitCode {
  return statSync(request.path).isDirectory() ? verifyFolder(request, print) : verifySingle(request, print);
}

function verifyFolder({ path, trust, asJson }: PathRequest, print: Printer): ExitCode {
  const trustedKeys = trust === undefined ? undefined : readTrust(readFileSync(trust, "utf8"));
  if (trust !== undefined && trustedKeys === undefined) throw new Error(`${trust} is no trust file`);
  const verdict = verifyPackage(path, trustedKeys === undefined ? {} : { trustedKeys });
  if (asJson) print.out(JSON.stringify(verdict));
  else if (verdict.ok) for (const line of [...verdict.packages.flatMap(packageLines), "ok"]) print.out(line);
  else print.out(`${verdict.code}  ${verdict.where}: ${verdict.why}`);
  return verdict.ok ? 0 : 1;
}

function verifySingle({ path, trust, asJson }: PathRequest, print: Printer): ExitCode {
  if (trust !== undefined) throw new Error("--trust belongs to a package: a single file is not signed by the platform");
  const verdict = verifyFile(readFileSync(path));
  if (asJson) print.out(JSON.stringify(verdict));
  else if (verdict.ok) print.out(`${path}: ${verdict.format}\n${JSON.stringify(verdict.facts, undefined, 2)}\nok`);
  else print.out(`${verdict.code}  ${path}: ${verdict.why}`);
  return verdict.ok ? 0 : 1;
}
