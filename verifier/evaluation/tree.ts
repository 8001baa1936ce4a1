/**
 * The declared formula tree recomputed (综合评估法): means with drops, the benchmark with the drawn coefficient, the
 * deviation of the price, the experts' scores, the tables. Only what declares `round` is rounded.
 */
import { demand } from "./codes.ts";
import { add, divide, type Fraction, fraction, fractionOf, multiply, order, rounded, subtract, sum, zero } from "./fraction.ts";
import type { Inputs, Scores } from "./inputs.ts";

type Drop = { from: number; highest: number; lowest: number };
/** A node as it is read: which members it must have follows from `op`, and a missing one is found where it is used. */
export type Node = {
  id: string;
  op: string;
  round?: number;
  children?: Node[];
  value: string;
  list: string[];
  drop?: Drop[];
  base: string;
  fullScore: string;
  perPercentAbove: string;
  perPercentBelow: string;
  floor: string;
  min: string;
  max: string;
  step: string;
  rows: { key: string; score: string }[];
};
export type Tree = { declared: Node[]; total: string; technical: string; tieBreak: string[] };

/** One figure under the key that `keyOf` gives it. */
export type Figures = Map<string, Fraction>;
export const keyOf = (id: string, bid = "", seat = ""): string => [id, bid, seat].join("\n");

type Place = { inputs: Inputs; sheets: ReadonlyMap<number, Scores>; figures: Figures; bid: string; priceFen: string; where: string };

/** Every figure of the lot, of each bid and of each seat. @throws Refused, or RangeError where the tree cannot be computed */
export function figuresOf(inputs: Inputs, sheets: ReadonlyMap<number, Scores>, where: string): Figures {
  const tree = inputs.terms.method.tree as Tree;
  const figures: Figures = new Map();
  const place = { inputs, sheets, figures, where };
  for (const root of tree.declared.filter(isOfLot)) compute(root, { ...place, bid: "", priceFen: "0" });
  for (const { bidDigest, figures: form } of inputs.bids) {
    for (const root of tree.declared.filter((node) => !isOfLot(node))) {
      compute(root, { ...place, bid: bidDigest, priceFen: form?.priceFen ?? "0" });
    }
  }
  return figures;
}

function isOfLot({ op, children }: Node): boolean {
  return children === undefined ? ["const", "draw", "mean"].includes(op) : children.every(isOfLot);
}

function compute(node: Node, place: Place): Fraction {
  const exact = operations[node.op]?.(node, place);
  if (exact === undefined) throw new RangeError(`${node.id}: there is no operation ${node.op}`);
  const value = node.round === undefined ? exact : rounded(exact, node.round);
  place.figures.set(keyOf(node.id, place.bid), value);
  return value;
}

const parts = ({ children = [] }: Node, place: Place): Fraction[] => children.map((child) => compute(child, place));

const operations: Readonly<Record<string, (node: Node, place: Place) => Fraction>> = {
  const: ({ value }) => fractionOf(value),
  draw: drawn,
  mean: ({ drop }, { inputs }) =>
    mean(
      inputs.bids.map(({ figures }) => yuan(figures?.priceFen ?? "0")),
      drop,
    ),
  mul: (node, place) => parts(node, place).reduce(multiply),
  sub: (node, place) => parts(node, place).reduce(subtract),
  sum: (node, place) => sum(parts(node, place)),
  benchmarkDeviation: deviation,
  expertScore,
  table: tableScore,
};

function yuan(fen: string): Fraction {
  return fraction(BigInt(fen), 100n);
}

function drawn({ id, list }: Node, { inputs, where }: Place): Fraction {
  const text = inputs.draws[id];
  demand(text !== undefined && list.includes(text), "E_EVAL_DRAW", where, `${id} was not drawn from its declared list`);
  return fractionOf(text);
}

/** The mean after the drops of the greatest `from` that the number of values reaches. */
function mean(values: readonly Fraction[], drops: readonly Drop[] = []): Fraction {
  const reached = drops.filter(({ from }) => from <= values.length);
  const drop = reached.sort((a, b) => b.from - a.from)[0] ?? { highest: 0, lowest: 0 };
  const kept = [...values].sort(order).slice(drop.lowest, values.length - drop.highest);
  return divide(sum(kept), fraction(BigInt(kept.length)));
}

/** F − |D − C| / C × 100 × E, never below the floor; E by the side of C on which D lies. */
function deviation(node: Node, { figures, priceFen }: Place): Fraction {
  const base = figures.get(keyOf(node.base));
  if (base === undefined) throw new RangeError(`${node.id}: its base ${node.base} is not computed before it`);
  const off = divide(subtract(yuan(priceFen), base), base);
  const isAbove = order(off, zero) > 0;
  const size = isAbove ? off : subtract(zero, off);
  const points = multiply(multiply(size, fraction(100n)), fractionOf(isAbove ? node.perPercentAbove : node.perPercentBelow));
  const score = subtract(fractionOf(node.fullScore), points);
  const floor = fractionOf(node.floor);
  return order(score, floor) < 0 ? floor : score;
}

function expertScore(node: Node, { sheets, figures, bid, where }: Place): Fraction {
  const scores = [...sheets].map(([seat, sheet]) => {
    const text = sheet[bid]?.[node.id] ?? "";
    demand(isLawful(node, text), "E_EVAL_SHEET", where, `seat ${seat} has no lawful score ${node.id} of bid ${bid.slice(0, 8)}`);
    const value = fractionOf(text);
    figures.set(keyOf(node.id, bid, String(seat)), value);
    return value;
  });
  demand(scores.length > 0, "E_EVAL_SHEET", where, `nobody scored ${node.id} of bid ${bid.slice(0, 8)}`);
  return mean(scores, node.drop);
}

/** Within its limits, and on a step counted from the least score. */
function isLawful({ min, max, step }: Node, text: string): boolean {
  if (!/^[0-9]{1,3}(?:\.[0-9]{1,4})?$/.test(text)) return false;
  const [score, least] = [fractionOf(text), fractionOf(min)];
  const [, parts] = divide(subtract(score, least), fractionOf(step));
  return order(score, least) >= 0 && order(score, fractionOf(max)) <= 0 && parts === 1n;
}

function tableScore({ id, rows }: Node, { inputs, bid, where }: Place): Fraction {
  const key = inputs.facts.get(bid)?.[id];
  const row = rows.find((candidate) => candidate.key === key);
  demand(row !== undefined, "E_EVAL_FACT", where, `no declared row of ${id} holds for bid ${bid.slice(0, 8)}`);
  return add(zero, fractionOf(row.score));
}
