/**
 * What anybody may look up: the rules of law with their values by date and where the platform checks them, and the
 * catalogue of procedures with what is enabled. All of it is what the running code declares, so it claims no more.
 */
import type { FastifyInstance } from "fastify";
import { allRules, bindings, type LawRule } from "../../../law/index.ts";
import notYet from "../../../law/not-yet.json" with { type: "json" };
import { declaredClaims, registeredRules } from "../../kernel/index.ts";
import { columns, enabledColumns } from "../../kinds/index.ts";
import { stepWords } from "../../trade/transaction/index.ts";
import { unknown } from "./reads.ts";

const reasons: Readonly<Record<string, string>> = notYet;

export function libraryRoutes(api: FastifyInstance): void {
  const list = [...new Set(allRules.map(({ id }) => id))].map((id) => lineOf(newestOf(id)));
  const catalogue = { items: columns.map(procedureOf) };
  api.get("/rules", async () => ({ items: list }));
  api.get<{ Params: { ruleId: string } }>("/rules/:ruleId", async (request, reply) => {
    const versions = versionsOf(request.params.ruleId);
    return versions.length > 0 ? wholeOf(versions) : unknown(reply);
  });
  api.get("/catalogue", async () => catalogue);
}

const versionsOf = (id: string): LawRule[] =>
  allRules.filter((row) => row.id === id).sort((one, other) => ((one.inForceFrom ?? "") < (other.inForceFrom ?? "") ? 1 : -1));

const newestOf = (id: string): LawRule => versionsOf(id)[0] as LawRule;

const words = ({ descriptionZh, descriptionEn }: LawRule) => ({ zh: descriptionZh, en: descriptionEn });

function lineOf(row: LawRule) {
  return {
    id: row.id,
    words: words(row),
    law: row.source.law,
    article: row.source.article,
    domain: row.domain,
    confidence: row.confidence,
    check: checkOf(row.id),
  };
}

/** `checked` by the platform; `explained` why not yet; `elsewhere`: no enabled procedure meets it. */
function checkOf(id: string): "checked" | "explained" | "elsewhere" {
  if (refusalsOf(id).length > 0 || declaredClaims().some(({ ruleId }) => ruleId === id)) return "checked";
  const isMet = bindings.some(({ rule, columns: met }) => rule === id && met.some((code) => enabledColumns.includes(code)));
  return reasons[id] !== undefined || isMet ? "explained" : "elsewhere";
}

const refusalsOf = (id: string): string[] =>
  registeredRules()
    .filter(({ parts }) => parts.ruleId === id)
    .map(({ code }) => code);

function wholeOf(versions: readonly LawRule[]) {
  const [newest] = versions as readonly [LawRule];
  const { id } = newest;
  const places = bindings.filter(({ rule }) => rule === id);
  return {
    ...lineOf(newest),
    severity: newest.severity,
    refusals: refusalsOf(id),
    claims: declaredClaims()
      .filter(({ ruleId }) => ruleId === id)
      .map(({ how }) => how),
    reason: reasons[id] ?? null,
    steps: [...new Set(places.flatMap(({ steps }) => steps))].map((step) => ({ step, words: stepWords(step) })),
    procedures: [...new Set(places.flatMap(({ columns: met }) => met))],
    versions: versions.map(({ inForceFrom, inForceTo, parameters, asOf }) => ({
      inForceFrom,
      inForceTo,
      asOf,
      values: parameters.map(({ value, unit, operator }) => ({ value: String(value), unit, operator: operator ?? null })),
    })),
  };
}

function procedureOf({ code, data, passes, steps }: (typeof columns)[number]) {
  return {
    code,
    name: data.name,
    domain: data.domain,
    enabled: enabledColumns.includes(code),
    passes: passes.map((pass) => steps(pass).map(({ name, optional }) => ({ step: name, words: stepWords(name), optional }))),
  };
}
