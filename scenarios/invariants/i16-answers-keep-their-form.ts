/** I16: every refusal has its code and words, with rule, law and article where the law decided; every answer to a read has the declared form. */
import { isDeepStrictEqual } from "node:util";
import { Value } from "@sinclair/typebox/value";
import { allRules } from "../../law/index.ts";
import type { Read } from "../../server/trade/transaction/index.ts";
import type { Finding, Scanned, ToldAnswer } from "./finding.ts";

const ruleIds = new Set(allRules.map(({ id }) => id));

export async function scan({ told = [], shown = [], stages }: Scanned): Promise<Finding[]> {
  const reads = stages.flatMap((stage) => stage.reads);
  return [...told.flatMap(refusalFaults), ...shown.flatMap(({ path, body }) => readFaults(reads, path, body))];
}

function refusalFaults({ commandId, status, text }: ToldAnswer): Finding[] {
  if (status === 200) return [];
  const find = (words: string): Finding => ({ invariant: "I16", where: commandId, words });
  const problem = JSON.parse(text) as Record<string, unknown>;
  const found: Finding[] = [];
  if (typeof problem.code !== "string" || !/^[a-z][a-z-]*(\.[a-z-]+)?$/.test(problem.code)) found.push(find("a refusal without a code"));
  if (!problem.title || !problem.detail) found.push(find(`${problem.code}: a refusal without words`));
  if (status >= 500) found.push(find(`${problem.code}: a fault instead of a refusal`));
  if (problem.ruleId !== undefined && !ruleIds.has(problem.ruleId as string))
    found.push(find(`${problem.code}: there is no rule ${problem.ruleId}`));
  if (problem.ruleId !== undefined && !problem.law) found.push(find(`${problem.code}: a rule without its law`));
  return found;
}

function readFaults(reads: readonly Read[], path: string, body: unknown): Finding[] {
  const read = reads.find((candidate) => patternOf(candidate.path).test(path));
  if (!read) return [];
  const [first] = [...Value.Errors(read.response, body)];
  if (first)
    return [{ invariant: "I16", where: path, words: `the answer is not what it is declared to be: ${first.path} ${first.message}` }];
  const isClosed = isDeepStrictEqual(Value.Clean(read.response, Value.Clone(body)), body);
  return isClosed ? [] : [{ invariant: "I16", where: path, words: "the answer carries a field that its view does not declare" }];
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:[A-Za-z]+/g, "[^/]+")}$`);
}
