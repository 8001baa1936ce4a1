/**
 * The declared formula tree of comprehensive evaluation (综合评估法): every symbol comes from the tender
 * document, the engine only evaluates it (procedures §1.4). Numbers are decimal text.
 */
import { compare, decimal, type Exact, exact, percent, plus } from "../../kernel/exact.ts";
import type { TieBreak } from "./method.ts";

/** Drops that hold from that many valid bids on; the greatest `from` that is met holds. */
export type DropRule = { readonly from: number; readonly highest: number; readonly lowest: number };

type NodeOf<Op extends string, Parts> = {
  readonly id: string;
  readonly label?: string;
  readonly op: Op;
  readonly max?: string;
  readonly round?: number;
} & Parts;

export type FormulaNode =
  | NodeOf<"const", { readonly value: string }>
  | NodeOf<"draw", { readonly list: readonly string[] }>
  /** Arithmetic mean of the valid bid prices, in yuan. */
  | NodeOf<"mean", { readonly source: "validBidPrices"; readonly drop: readonly DropRule[] }>
  | NodeOf<"mul" | "sub" | "sum", { readonly children: readonly FormulaNode[] }>
  /** F − |D − C| / C × 100 × E, E by the side of C on which D lies; never below the floor. */
  | NodeOf<
      "benchmarkDeviation",
      {
        readonly base: string;
        readonly fullScore: string;
        readonly perPercentAbove: string;
        readonly perPercentBelow: string;
        readonly floor: string;
      }
    >
  /** Arithmetic mean of the experts' scores of one item, with drops by the number of sheets. */
  | NodeOf<
      "expertScore",
      { readonly min: string; readonly step: string; readonly max: string; readonly criteria?: string; readonly drop?: readonly DropRule[] }
    >
  | NodeOf<"table", { readonly rows: readonly { readonly key: string; readonly when: string; readonly score: string }[] }>;

/** Roots in the order of computation: a root may use the ids of roots before it. */
export type FormulaTree = {
  readonly declared: readonly FormulaNode[];
  /** The id whose value ranks the bids, greater being better. */
  readonly total: string;
  /** The id that `higherTechnical` compares. */
  readonly technical: string;
  readonly tieBreak: readonly TieBreak[];
};

/** Nodes whose value belongs to the lot, not to a bid. */
const ofTheLot: ReadonlySet<FormulaNode["op"]> = new Set(["const", "draw", "mean"]);

export function childrenOf(node: FormulaNode): readonly FormulaNode[] {
  return "children" in node ? node.children : [];
}

/** All nodes, each before its children. */
export function nodesOf(nodes: readonly FormulaNode[]): FormulaNode[] {
  return nodes.flatMap((node) => [node, ...nodesOf(childrenOf(node))]);
}

export function isOfTheLot(node: FormulaNode): boolean {
  return ofTheLot.has(node.op) || ("children" in node && node.children.every(isOfTheLot));
}

/** What is wrong with a tree, in words; empty when it can be evaluated for any valid input. */
export function formulaTreeFaults(tree: FormulaTree): string[] {
  const nodes = nodesOf(tree.declared);
  const ids = nodes.map(({ id }) => id);
  const total = tree.declared.find(({ id }) => id === tree.total);
  return [
    ...[...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => `${id} stands twice`),
    ...(total ? [] : [`the total ${tree.total} is no root`]),
    ...(ids.includes(tree.technical) ? [] : [`there is no ${tree.technical} to part equal bids`]),
    ...(tree.tieBreak.includes("draw") || tree.tieBreak.includes("fileOrder")
      ? []
      : ["nothing declared parts bids that are equal in everything"]),
    ...nodes.flatMap((node) => nodeFaults(node, tree)),
  ];
}

function nodeFaults(node: FormulaNode, tree: FormulaTree): string[] {
  try {
    return namedFaults(node, tree).map((fault) => `${node.id}: ${fault}`);
  } catch (error) {
    if (error instanceof RangeError) return [`${node.id}: ${error.message}`];
    throw error;
  }
}

function namedFaults(node: FormulaNode, tree: FormulaTree): string[] {
  switch (node.op) {
    case "const":
      decimal(node.value);
      return [];
    case "draw":
      for (const text of node.list) percent(text);
      return node.list.length < 2 || new Set(node.list).size !== node.list.length ? ["a draw needs two or more different values"] : [];
    case "mean":
      return dropFaults(node.drop);
    case "benchmarkDeviation":
      return deviationFaults(node, tree);
    case "expertScore":
      return expertFaults(node);
    case "table":
      return tableFaults(node);
    default:
      return branchFaults(node);
  }
}

function dropFaults(drop: readonly DropRule[]): string[] {
  return drop
    .filter(({ from, highest, lowest }) => highest + lowest >= from)
    .map(({ from }) => `nothing is left of ${from} bids after the drops`);
}

function deviationFaults(node: Extract<FormulaNode, { op: "benchmarkDeviation" }>, tree: FormulaTree): string[] {
  for (const text of [node.fullScore, node.perPercentAbove, node.perPercentBelow, node.floor]) decimal(text);
  const base = tree.declared.find(({ id }) => id === node.base);
  return base && isOfTheLot(base) ? [] : [`its base ${node.base} is no root of the lot`];
}

function expertFaults(node: Extract<FormulaNode, { op: "expertScore" }>): string[] {
  const step = decimal(node.step);
  if (compare(step, exact(0)) <= 0) return ["its step is not above zero"];
  return compare(decimal(node.min), decimal(node.max)) < 0 ? dropFaults(node.drop ?? []) : ["its least score is not below its greatest"];
}

function tableFaults(node: Extract<FormulaNode, { op: "table" }>): string[] {
  const scores = node.rows.map(({ score }) => decimal(score));
  const keys = new Set(node.rows.map(({ key }) => key));
  const max = node.max === undefined ? undefined : decimal(node.max);
  return [
    ...(node.rows.length === 0 || keys.size !== node.rows.length ? ["its rows need different keys"] : []),
    ...(max && scores.some((score) => compare(score, max) > 0) ? ["a row scores more than its greatest score"] : []),
  ];
}

function branchFaults(node: Extract<FormulaNode, { children: readonly FormulaNode[] }>): string[] {
  if (node.children.length === 0) return ["it has nothing to compute"];
  if (node.op === "sub" && node.children.length !== 2) return ["a difference has two parts"];
  const maxima = node.children.map(({ max }) => max);
  if (node.op !== "sum" || node.max === undefined || maxima.some((max) => max === undefined)) return [];
  const sum = maxima.reduce<Exact>((total, max) => plus(total, decimal(max ?? "0")), exact(0));
  return compare(sum, decimal(node.max)) === 0 ? [] : ["the greatest scores of its parts do not add up to its own"];
}
