/** Rules of law by id, from the same data that the server decides by: article, short text, confidence. Fetched when shown. */
import { useQuery } from "@tanstack/react-query";

/** What a chip shows of a rule. */
export type ShownRule = { readonly article: string; readonly text: string; readonly unconfirmed: boolean };

type LawRule = {
  readonly id: string;
  readonly descriptionZh: string;
  readonly source: { readonly law: string; readonly article: string };
  readonly confidence: string;
};

/** `招标投标法 第22条`: the first law and article of a source, without its edition. */
export function articleOf({ law, article }: LawRule["source"]): string {
  const first = (text: string): string => (text.split(/[;；]/)[0] ?? "").replace(/\([^)]*\)|（[^）]*）/g, "").trim();
  return `${first(law)} ${first(article)}`.trim();
}

async function readRules(): Promise<ReadonlyMap<string, ShownRule>> {
  const [construction, crossDomain] = await Promise.all([
    import("../../law/rules/construction.json", { with: { type: "json" } }),
    import("../../law/rules/cross-domain.json", { with: { type: "json" } }),
  ]);
  const rules = [...construction.default, ...crossDomain.default] as unknown as readonly LawRule[];
  return new Map(
    rules.map(({ id, descriptionZh, source, confidence }) => [
      id,
      {
        article: articleOf(source),
        text: descriptionZh,
        unconfirmed: confidence === "verify",
      },
    ]),
  );
}

/** Rules by id; undefined until they are there. */
export function useRules(): ReadonlyMap<string, ShownRule> | undefined {
  return useQuery({ queryKey: ["rules"], queryFn: readRules, staleTime: Number.POSITIVE_INFINITY }).data;
}
