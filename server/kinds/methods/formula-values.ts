/**
 * Evaluates a declared formula tree with exact rationals. Only nodes that declare `round` are rounded
 * (half up); everything else stays exact, and every intermediate value is kept with its id.
 */
import {
  absolute,
  compare,
  decimal,
  decimalText,
  dividedBy,
  type Exact,
  exact,
  exactText,
  meanOf,
  minus,
  percent,
  roundHalfUp,
  sumOf,
  times,
} from "../../kernel/exact.ts";
import { type DropRule, type FormulaNode, type FormulaTree, isOfTheLot, nodesOf } from "./formula-tree.ts";
import type { ComputedValue, EvaluatedBid, EvaluationInput, SheetFault } from "./method.ts";

export type TreeValues = {
  readonly values: readonly ComputedValue[];
  /** Bid id → node id → value, lot nodes included. */
  readonly ofBid: ReadonlyMap<string, ReadonlyMap<string, Exact>>;
};

type Scope = {
  readonly input: EvaluationInput<FormulaTree>;
  readonly known: Map<string, Exact>;
  readonly bid?: EvaluatedBid;
  readonly keep: (value: ComputedValue) => void;
};

/** @throws RangeError when there is no bid, or a fact, score or draw is missing or not allowed. */
export function formulaValues(input: EvaluationInput<FormulaTree>): TreeValues {
  if (input.bids.length === 0) throw new RangeError("there is no valid bid to evaluate");
  const values: ComputedValue[] = [];
  const keep = (value: ComputedValue) => void values.push(value);
  const ofLot = new Map<string, Exact>();
  for (const root of input.tree.declared.filter(isOfTheLot)) computed(root, { input, known: ofLot, keep });
  const ofBid = new Map<string, ReadonlyMap<string, Exact>>();
  for (const bid of input.bids) {
    const known = new Map(ofLot);
    for (const root of input.tree.declared.filter((node) => !isOfTheLot(node))) computed(root, { input, known, bid, keep });
    ofBid.set(bid.bidId, known);
  }
  return { values, ofBid };
}

/** What is wrong with one sheet: missing, unknown or unlawful scores; empty when it may be submitted. */
export function sheetFaults(tree: FormulaTree, scores: Readonly<Record<string, string>>): SheetFault[] {
  const items = nodesOf(tree.declared).filter((node) => node.op === "expertScore");
  const unknown = Object.keys(scores).filter((id) => !items.some((item) => item.id === id));
  return [
    ...items.flatMap((item) => {
      const fault = scoreFault(item, scores[item.id]);
      return fault ? [{ item: item.id, fault }] : [];
    }),
    ...unknown.map((item) => ({ item, fault: "unknown" as const })),
  ];
}

function computed(node: FormulaNode, scope: Scope): Exact {
  const raw = rawValue(node, scope);
  const value = node.round === undefined ? raw : roundHalfUp(raw, node.round);
  scope.known.set(node.id, value);
  scope.keep({ id: node.id, ...(scope.bid && { bidId: scope.bid.bidId }), ...written(value) });
  return value;
}

function rawValue(node: FormulaNode, scope: Scope): Exact {
  switch (node.op) {
    case "const":
      return decimal(node.value);
    case "draw":
      return drawn(node.id, node.list, scope.input.draws);
    case "mean":
      return meanOf(
        dropped(
          scope.input.bids.map(({ priceFen }) => exact(priceFen, 100)),
          node.drop,
        ),
      );
    case "mul":
      return node.children.map((child) => computed(child, scope)).reduce(times);
    case "sub":
      return node.children.map((child) => computed(child, scope)).reduce(minus);
    case "sum":
      return sumOf(node.children.map((child) => computed(child, scope)));
    case "benchmarkDeviation":
      return deviationScore(node, bidOf(scope), known(node.base, scope));
    case "expertScore":
      return expertScore(node, scope);
    case "table":
      return tableScore(node, bidOf(scope));
  }
}

function drawn(id: string, list: readonly string[], draws: Readonly<Record<string, string>>): Exact {
  const text = draws[id];
  if (text === undefined || !list.includes(text)) throw new RangeError(`no lawful draw of ${id}: ${text}`);
  return text.endsWith("%") ? percent(text) : decimal(text);
}

/** The values left after the drops that hold for their number. */
function dropped(values: readonly Exact[], drop: readonly DropRule[]): Exact[] {
  const sorted = [...values].sort(compare);
  const rule = [...drop].sort((a, b) => b.from - a.from).find(({ from }) => from <= values.length);
  return rule ? sorted.slice(rule.lowest, sorted.length - rule.highest) : sorted;
}

function deviationScore(node: Extract<FormulaNode, { op: "benchmarkDeviation" }>, bid: EvaluatedBid, benchmark: Exact): Exact {
  const price = exact(bid.priceFen, 100);
  const difference = minus(price, benchmark);
  const perPercent = decimal(compare(difference, exact(0)) > 0 ? node.perPercentAbove : node.perPercentBelow);
  const lost = times(times(dividedBy(absolute(difference), benchmark), exact(100)), perPercent);
  const score = minus(decimal(node.fullScore), lost);
  const floor = decimal(node.floor);
  return compare(score, floor) < 0 ? floor : score;
}

function expertScore(node: Extract<FormulaNode, { op: "expertScore" }>, scope: Scope): Exact {
  const bid = bidOf(scope);
  const scores = bid.sheets.map(({ seat, scores: sheet }) => {
    const text = sheet[node.id];
    const fault = scoreFault(node, text);
    if (fault || text === undefined) throw new RangeError(`score ${node.id} of ${seat} for ${bid.bidId}: ${fault}`);
    const value = decimal(text);
    scope.keep({ id: node.id, bidId: bid.bidId, seat, ...written(value) });
    return value;
  });
  if (scores.length === 0) throw new RangeError(`nobody scored ${node.id} of ${bid.bidId}`);
  return meanOf(dropped(scores, node.drop ?? []));
}

function tableScore(node: Extract<FormulaNode, { op: "table" }>, bid: EvaluatedBid): Exact {
  const row = node.rows.find(({ key }) => key === bid.facts[node.id]);
  if (!row) throw new RangeError(`no row of ${node.id} holds for ${bid.bidId}: ${bid.facts[node.id]}`);
  return decimal(row.score);
}

function scoreFault(
  node: Extract<FormulaNode, { op: "expertScore" }>,
  text: string | undefined,
): "missing" | "outOfRange" | "offStep" | "notANumber" | undefined {
  if (text === undefined || text === "") return "missing";
  if (!/^\d{1,3}(?:\.\d{1,4})?$/.test(text)) return "notANumber";
  const [score, least, greatest] = [decimal(text), decimal(node.min), decimal(node.max)];
  if (compare(score, least) < 0 || compare(score, greatest) > 0) return "outOfRange";
  return dividedBy(minus(score, least), decimal(node.step)).denominator === 1n ? undefined : "offStep";
}

function written(value: Exact): { value: string; shown: string } {
  return { value: exactText(value), shown: decimalText(value, 2) };
}

function bidOf({ bid }: Scope): EvaluatedBid {
  if (!bid) throw new Error("a value of a bid was asked of the lot");
  return bid;
}

function known(id: string, { known: values }: Scope): Exact {
  const value = values.get(id);
  if (!value) throw new Error(`${id} is used before it is computed`);
  return value;
}
