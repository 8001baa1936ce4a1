/**
 * What a bidder declares for the tables of the declared formula, such as its credit grade: without a declaration the row
 * that scores least holds. Pure.
 */

/** One table: its rows as choices. */
export type DeclaredTable = {
  readonly id: string;
  readonly label: string;
  readonly rows: readonly { readonly key: string; readonly words: string }[];
};

type Row = { readonly key: string; readonly when: string; readonly score: string };
type Node = { readonly id?: string; readonly label?: string; readonly op?: string; readonly rows?: readonly Row[] };

/** Tables of a formula tree, in its order. */
export function declaredTables(tree: unknown): readonly DeclaredTable[] {
  if (Array.isArray(tree)) return tree.flatMap(declaredTables);
  if (typeof tree !== "object" || tree === null) return [];
  const { id, label, op, rows } = tree as Node;
  if (op !== "table" || id === undefined || rows === undefined) return Object.values(tree).flatMap(declaredTables);
  return [{ id, label: label ?? id, rows: rows.map(({ key, when, score }) => ({ key, words: `${when}（${score} 分）` })) }];
}
