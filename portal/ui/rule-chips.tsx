/** Articles behind an act or a refusal. A reading that an authority has still to confirm says so. */
import { useRules } from "../api/rules.ts";
import { Law } from "./marks.tsx";

/** One chip for each article; rules of one article share a chip. */
export function RuleChips({ rules, most = 3 }: { readonly rules: readonly string[]; readonly most?: number }) {
  const known = useRules();
  if (!known) return null;
  const shown = new Map(rules.flatMap((id) => (known.has(id) ? [[known.get(id)!.article, known.get(id)!] as const] : [])));
  return (
    <>
      {[...shown].slice(0, most).map(([article, rule]) => (
        <span key={article} title={rule.text}>
          <Law unconfirmed={rule.unconfirmed}>{article}</Law>{" "}
        </span>
      ))}
    </>
  );
}
