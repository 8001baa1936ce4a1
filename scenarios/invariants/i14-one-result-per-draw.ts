/** I14: one result per plan, none changed afterwards, nobody drawn who is not on the list, no second plan without a public reason. */
import { type Finding, type Scanned, streamsOf } from "./finding.ts";

/** What may still happen to a draw that has its result. */
const afterResult = new Set(["drw.substituted", "drw.published", "drw.voided"]);

export async function scan({ events }: Scanned): Promise<Finding[]> {
  const find = (where: string, words: string): Finding => ({ invariant: "I14", where, words });
  const found: Finding[] = [];
  const earlier = new Map<string, string>();
  for (const { stream, events: own } of streamsOf(events, "drw")) {
    const named = (type: string) => own.filter((event) => event.type === type);
    for (const type of ["drw.prepared", "drw.frozen", "drw.derived", "drw.published"])
      if (named(type).length > 1) found.push(find(stream, `${type} stands twice`));
    const result = own.findIndex(({ type }) => type === "drw.derived");
    if (result !== -1)
      for (const { type } of own.slice(result + 1)) if (!afterResult.has(type)) found.push(find(stream, `${type} follows the result`));
    const [plan] = named("drw.frozen");
    if (result !== -1 && !plan) found.push(find(stream, "a result without a frozen plan"));
    if (result !== -1 && plan)
      for (const drawn of strangers(plan.data.plan, own[result]?.data.result))
        found.push(find(stream, `${drawn} was drawn and is not on the list`));
    const prepared = named("drw.prepared")[0]?.data;
    const subject = `${prepared?.lotId}/${prepared?.purpose}`;
    if (earlier.has(subject) && !prepared?.supersedes?.reason)
      found.push(find(stream, `a second plan after ${earlier.get(subject)} without a reason`));
    earlier.set(subject, stream);
  }
  return found;
}

/** Ids in the result that the frozen plan does not name; the plan holds the list without those recused. */
function strangers(plan: unknown, result: unknown): string[] {
  const listed = JSON.stringify(plan);
  const seated = ((result as { strata?: { seated?: string[] }[] } | undefined)?.strata ?? []).flatMap(({ seated: own }) => own ?? []);
  return seated.filter((pseudonym) => !listed.includes(JSON.stringify(pseudonym)));
}
