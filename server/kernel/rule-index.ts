/**
 * The index of docs/law: every row of the law data, where it acts, and what enforces it. It is made from
 * what the code declares, so it cannot claim more than is there; what is not enforced says why.
 */
import { type Binding, bindings } from "../../law/bindings.ts";
import type { LawRule } from "../../law/rule.ts";
import { allRules } from "../../law/rules.ts";
import type { Claim } from "./claim.ts";
import type { Rule } from "./rule.ts";

export type Enforcement = {
  rules: readonly Rule<never>[];
  claims: readonly Claim[];
  /** Why a row that acts in an enabled column is not enforced yet. */
  reasons: Readonly<Record<string, string>>;
  /** Columns of the grid that are enabled. */
  enabled: readonly string[];
};

/** Rows that act in an enabled column and are neither enforced nor explained; the index must have none that block. */
export function unexplainedRules({ rules, claims, reasons, enabled }: Enforcement): LawRule[] {
  const kept = new Set([...rules.map(({ parts }) => parts.ruleId), ...claims.map(({ ruleId }) => ruleId)]);
  return allRules.filter((row) => actsIn(row.id, enabled) && !kept.has(row.id) && reasons[row.id] === undefined);
}

/** The index as Markdown. */
export function ruleIndex(enforcement: Enforcement): string {
  const lines = allRules.map((row) => indexLine(row, enforcement));
  const enforced = lines.filter((line) => line.enforced).length;
  const head = [
    "# Rules of law and where they are enforced",
    "",
    "Made by `tools/make-law-index.ts` from the law data and from what the code declares; do not edit.",
    "",
    `${allRules.length} rules, ${enforced} enforced. Effect is what a breach leads to; \`verify\` rows only warn until their owner confirms them, \`medium\` rows refuse and say "not confirmed".`,
    "",
    "| rule | 条文 article | 内容 | effect | confidence | acts at | enforced by |",
    "|---|---|---|---|---|---|---|",
  ];
  return `${[...head, ...lines.map((line) => line.text)].join("\n")}\n`;
}

function indexLine(row: LawRule, enforcement: Enforcement): { text: string; enforced: boolean } {
  const places = enforcedBy(row.id, enforcement);
  const cells = [
    row.id,
    `${row.source.law} ${row.source.article}`,
    row.descriptionZh,
    row.severity,
    row.confidence,
    bindings
      .filter((binding) => binding.rule === row.id)
      .map(placeOf)
      .join("; "),
    places.length > 0 ? places.join("; ") : notYet(row.id, enforcement),
  ];
  return { text: `| ${cells.map(cell).join(" | ")} |`, enforced: places.length > 0 };
}

function enforcedBy(id: string, { rules, claims }: Enforcement): string[] {
  const codes = rules.filter(({ parts }) => parts.ruleId === id).map(({ code }) => `\`${code}\``);
  return [...codes, ...claims.filter(({ ruleId }) => ruleId === id).map(({ at, how }) => `${how} (\`${at}\`)`)];
}

function notYet(id: string, { reasons, enabled }: Enforcement): string {
  if (reasons[id] !== undefined) return `not yet: ${reasons[id]}`;
  return actsIn(id, enabled) ? "not yet: no reason given" : `not yet: no enabled procedure (${enabled.join(", ")}) meets it`;
}

function actsIn(id: string, enabled: readonly string[]): boolean {
  return bindings.some((binding) => binding.rule === id && binding.columns.some((column) => enabled.includes(column)));
}

function placeOf({ owner, steps, command, columns }: Binding): string {
  const step = steps.length > 0 ? steps.join(" / ") : "any step";
  return `${owner}: ${step}${command ? `, ${command}` : ""} [${columns.length === 22 ? "all" : columns.join(" ") || "outside the platform"}]`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
