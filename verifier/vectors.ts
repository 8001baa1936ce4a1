/**
 * A file of test vectors run through the verifier: a JSON line per case, `{id, ok, got, expected}`. A
 * kind that is not built is reported as unsupported and counts as a failure, never as a success.
 */
import { jcsText } from "../formats/jcs.ts";
import { runDrawVector } from "./draw/index.ts";
import { runEvidenceVector } from "./evidence/index.ts";
import { runSealVector } from "./seal/index.ts";

export type VectorLine = { id: string; ok: boolean; got: unknown; expected: unknown };

type Case = { id: string; kind: string; input: unknown; expect: unknown };
type Runner = (kind: string, input: unknown) => unknown;

const runners: Readonly<Record<string, Runner>> = { "draw-v1": runDrawVector, "seal-v1": runSealVector, "evidence-v1": runEvidenceVector };

/** The lines of a vector file. @throws SyntaxError or TypeError for a file that is no vector file. */
export function* runVectors(text: string): Generator<VectorLine> {
  const { spec, cases } = JSON.parse(text) as { spec: string; cases: Case[] };
  if (typeof spec !== "string" || !Array.isArray(cases)) throw new TypeError("not a vector file: spec and cases are missing");
  const run = Object.hasOwn(runners, spec) ? runners[spec] : undefined;
  for (const { id, kind, input, expect } of cases) {
    const answer = answerOf(run, kind, input);
    yield {
      id,
      ok: "got" in answer && canonical(answer.got) === canonical(expect),
      got: "got" in answer ? answer.got : answer,
      expected: expect,
    };
  }
}

/** What the verifier got, or why it got nothing: then the case never counts as agreed, whatever it expects. */
function answerOf(run: Runner | undefined, kind: string, input: unknown): { got: unknown } | { unanswered: string } {
  try {
    const got = run?.(kind, input);
    return got === undefined ? { unanswered: "unsupported" } : { got };
  } catch (fault) {
    return { unanswered: `fault: ${fault}` };
  }
}

/** Members in one order: two answers are equal when their canonical texts are. */
function canonical(value: unknown): string {
  return jcsText(value);
}
