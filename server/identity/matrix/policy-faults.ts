/** Denied by default, checked: a read without a group, a group that nobody may read, and a read that the matrix does not know are faults. */
import type { MatrixLine } from "./read-table.ts";

export interface PolicyWish {
  reads: readonly { path: string; group: string }[];
  papers: readonly { name: string; group: string }[];
  visibility: Readonly<Record<string, readonly unknown[]>>;
  table: readonly MatrixLine[];
  /** Paths that the edge makes itself. */
  ofTheEdge: readonly string[];
}

export function policyFaults({ reads, papers, visibility, table, ofTheEdge }: PolicyWish): string[] {
  const hasRows = (group: string) => (visibility[group] ?? []).length > 0;
  const lines = new Set(table.map(({ path }) => path));
  const paths = new Set([...reads.map(({ path }) => path), ...ofTheEdge]);
  return [
    ...reads.flatMap(({ path, group }) => (hasRows(group) ? [] : [`${path} has the group ${group}, which nobody may read`])),
    ...papers.flatMap(({ name, group }) => (hasRows(group) ? [] : [`paper ${name} has the group ${group}, which nobody may read`])),
    ...[...paths].filter((path) => !lines.has(path)).map((path) => `${path} has no line in the matrix`),
    ...[...lines].filter((path) => !paths.has(path)).map((path) => `${path} stands in the matrix, but no read has it`),
  ];
}
