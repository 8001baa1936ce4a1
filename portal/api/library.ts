/** What anybody may look up: rules of law, the catalogue of procedures, the state of the service. Changed by a new release only. */
import { queryOptions } from "@tanstack/react-query";
import { read } from "./client.ts";

type Words = { readonly zh: string; readonly en: string };

/** A rule in the list. */
export type RuleLine = {
  readonly id: string;
  readonly words: Words;
  readonly law: string;
  readonly article: string;
  readonly domain: string;
  readonly confidence: string;
  readonly check: "checked" | "explained" | "elsewhere";
};

/** A rule whole. */
export type WholeRule = RuleLine & {
  readonly refusals: readonly string[];
  readonly claims: readonly string[];
  readonly reason: string | null;
  readonly steps: readonly { readonly step: string; readonly words: string }[];
  readonly procedures: readonly string[];
  readonly versions: readonly RuleVersion[];
};

/** A rule's values between two days. */
export type RuleVersion = {
  readonly inForceFrom: string | null;
  readonly inForceTo: string | null;
  readonly asOf: string;
  readonly values: readonly { readonly value: string; readonly unit: string; readonly operator: string | null }[];
};

/** A procedure of the grid. */
export type ProcedureLine = {
  readonly code: string;
  readonly name: Words;
  readonly domain: string;
  readonly enabled: boolean;
  readonly passes: readonly (readonly { readonly step: string; readonly words: string; readonly optional: boolean }[])[];
};

const isStable = { staleTime: Number.POSITIVE_INFINITY };

export const ruleLinesQuery = queryOptions({
  queryKey: ["rule-lines"],
  queryFn: async ({ signal }) => (await read<{ items: readonly RuleLine[] }>("/rules", signal)).items,
  ...isStable,
});

export const wholeRuleQuery = (ruleId: string) =>
  queryOptions({
    queryKey: ["whole-rule", ruleId],
    queryFn: ({ signal }) => read<WholeRule>(`/rules/${encodeURIComponent(ruleId)}`, signal),
    ...isStable,
  });

export const catalogueQuery = queryOptions({
  queryKey: ["catalogue"],
  queryFn: async ({ signal }) => (await read<{ items: readonly ProcedureLine[] }>("/catalogue", signal)).items,
  ...isStable,
});

/** Asks the platform itself; a failure is an answer here. */
export const statusQuery = queryOptions({
  queryKey: ["status"],
  queryFn: async ({ signal }) => {
    try {
      const time = await read<{ now: string; tempo: number; sandbox: boolean }>("/time", signal);
      return { ...(await read<{ ok: boolean }>("/health", signal)), ...time };
    } catch {
      return { ok: false } as const;
    }
  },
  refetchInterval: 30_000,
});

/** Units that are figures; what has none of them is told by the rule's text. */
const figures = ["calendar_day", "working_day", "month", "year", "hour", "minute", "second", "percent", "count", "CNY"];

/** The figures of a version, in order. */
export const figuresOf = ({ values }: RuleVersion) =>
  values.filter(({ unit, value }) => figures.includes(unit) && /^-?[\d.]+$/.test(value));

/** Rules of a domain that hold all words, in number, article or text. */
export function rulesFound(rules: readonly RuleLine[], text: string, domain: string | undefined): readonly RuleLine[] {
  const words = text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  return rules.filter((rule) => {
    const all = `${rule.id} ${rule.law} ${rule.article} ${rule.words.zh} ${rule.words.en}`.normalize("NFKC").toLowerCase();
    return (domain === undefined || rule.domain === domain) && words.every((word) => all.includes(word));
  });
}
