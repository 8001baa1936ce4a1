/**
 * Comprehensive evaluation (综合评估法, 七部委令第12号 第三十四条): the total of all declared factors ranks
 * the bids. It must never use a factor that the tender document does not declare (CON-058).
 */
import { decimalText, type Exact } from "../../kernel/exact.ts";
import { type FormulaTree, formulaTreeFaults, nodesOf } from "./formula-tree.ts";
import { formulaValues, sheetFaults } from "./formula-values.ts";
import type { EvaluationInput, EvaluationMethod, EvaluationResult } from "./method.ts";
import { rank } from "./ranking.ts";

export const comprehensiveEvaluation: EvaluationMethod<FormulaTree> = {
  name: "comprehensive-evaluation",
  title: { zh: "综合评估法", en: "Comprehensive evaluation" },
  sheetItems: (tree) =>
    nodesOf(tree.declared).flatMap((node) =>
      node.op === "expertScore"
        ? [{ id: node.id, label: node.label ?? node.id, min: node.min, max: node.max, step: node.step, criteria: node.criteria ?? "" }]
        : [],
    ),
  factTables: (tree) =>
    nodesOf(tree.declared).flatMap((node) => (node.op === "table" ? [{ id: node.id, label: node.label ?? node.id, rows: node.rows }] : [])),
  draws: (tree) =>
    nodesOf(tree.declared).flatMap((node) => (node.op === "draw" ? [{ id: node.id, label: node.label ?? node.id, list: node.list }] : [])),
  sheetFaults,
  treeFaults: formulaTreeFaults,
  evaluate,
};

function evaluate(input: EvaluationInput<FormulaTree>): EvaluationResult {
  const { tree, bids, tieOrder } = input;
  const { values, ofBid } = formulaValues(input);
  const contenders = bids.map(({ bidId, priceFen }) => {
    const merit = nodeValue(ofBid, bidId, tree.total);
    return { bidId, priceFen, merit, result: decimalText(merit, 2), technical: nodeValue(ofBid, bidId, tree.technical) };
  });
  return { values, ...rank(contenders, tree.tieBreak, tieOrder), excluded: [] };
}

function nodeValue(ofBid: ReadonlyMap<string, ReadonlyMap<string, Exact>>, bidId: string, node: string): Exact {
  const value = ofBid.get(bidId)?.get(node);
  if (!value) throw new Error(`the tree gives ${bidId} no ${node}`);
  return value;
}
