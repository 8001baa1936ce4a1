/**
 * An evaluation recomputed from the record beside it: the tree that the document declares, the prices that were read
 * out, the coefficient that was drawn, the sheets that the members signed. Every figure must come out again.
 */

import { hex } from "../../formats/bytes.ts";
import { jcsText, sha256 } from "../../formats/jcs.ts";
import type { ShownLine } from "../../formats/record-line.ts";
import { demand } from "./codes.ts";
import { type Fraction, fraction, shown, written, zero } from "./fraction.ts";
import { type Inputs, inputsOf, type Lines, type Scores } from "./inputs.ts";
import { type Contender, checkRanking, type RankedRow } from "./ranking.ts";
import type { DrawnCoefficient, EvaluationSources } from "./sources.ts";
import { type Figures, figuresOf, keyOf, type Tree } from "./tree.ts";

/** What was recomputed. `sheets: "unchecked"`: the level of the package shows the seats' figures, not their sheets. */
export type EvaluationFacts = {
  position: number;
  method: string;
  bids: number;
  seats: number;
  figures: number;
  sheets: "checked" | "unchecked" | "none";
  drawnTies: number;
};

type Figure = { id: string; bidId?: string; seat?: string; value: string; shown: string };
type Result = { values: Figure[]; ranking: RankedRow[]; seats: number[]; resultDigest: string };

/** Every result that the record shows, recomputed. @throws Refused at the first that does not come out again */
export function checkEvaluations(sources: EvaluationSources): EvaluationFacts[] {
  const lines = [...sources.lines.values()];
  return lines.filter(({ type }) => type === "evl.computed").map((line) => checkOne(line, lines, sources));
}

function checkOne(line: ShownLine, lines: Lines, sources: EvaluationSources): EvaluationFacts {
  const where = `record.jsonl position ${line.position}`;
  const result = line.data as unknown as Result;
  demand(isResult(result), "E_EVAL_FORMAT", where, "the result has not its members");
  const before = lines.filter(({ position }) => position < line.position);
  const inputs = inputsOf(before, line.stream, where);
  checkTree(inputs, before, where);
  checkDraws(inputs, sources.coefficients, where);
  checkBids(inputs, before, { openings: sources.openedBids, where });
  const { figures, contenders, tieBreak, sheets } = recompute(inputs, result, where);
  checkFigures(result.values, figures, where);
  const drawnTies = checkRanking(result.ranking, contenders, { tieBreak, where });
  const { values, ranking, seats } = result;
  const digest = hex(sha256(jcsText({ values, ranking, seats } as never)));
  demand(digest === result.resultDigest, "E_EVAL_DIGEST", where, "the digest is not that of the figures");
  const { name } = inputs.terms.method;
  return { position: line.position, method: name, bids: contenders.length, seats: seats.length, figures: values.length, sheets, drawnTies };
}

function isResult(result: Result): boolean {
  return (
    Array.isArray(result.values) && Array.isArray(result.ranking) && Array.isArray(result.seats) && typeof result.resultDigest === "string"
  );
}

/** 招标文件没有规定的评标标准和方法不得作为评标的依据 (实施条例 第四十九条): what was applied is what was declared. */
function checkTree({ terms }: Inputs, before: Lines, where: string): void {
  const documents = before.filter(({ type, data }) => type.startsWith("doc.") && "terms" in data);
  if (documents.length === 0) return;
  const inForce = documents.at(-1)?.data as unknown as { terms: { method: { name: string; tree: unknown } } };
  const { name, tree } = inForce.terms.method;
  const isSame = jcsText({ name, tree } as never) === jcsText({ name: terms.method.name, tree: terms.method.tree } as never);
  demand(isSame, "E_EVAL_TREE", where, "the applied method is not the one that the document in force declares");
}

function checkDraws({ draws }: Inputs, coefficients: readonly DrawnCoefficient[], where: string): void {
  for (const [id, value] of Object.entries(draws)) {
    const isDrawn = coefficients.some((drawn) => drawn.id === id && drawn.value === value);
    demand(isDrawn, "E_EVAL_DRAW", where, `no draw of the package gave ${id} = ${value}`);
  }
}

type Opened = { openings: ReadonlySet<string> | undefined; where: string };

function checkBids({ bids }: Inputs, before: Lines, { openings, where }: Opened): void {
  const readOut = before.findLast(({ type }) => type === "opn.readOut")?.data as
    | { figures: { bidDigest: string; priceFen: string | null }[] }
    | undefined;
  for (const { bidDigest, figures } of bids) {
    const isOpened = openings === undefined || openings.has(bidDigest);
    demand(isOpened, "E_EVAL_BIDS", where, `bid ${bidDigest.slice(0, 8)} was not opened`);
    const read = readOut?.figures.find((row) => row.bidDigest === bidDigest);
    const isSame = readOut === undefined || (read?.priceFen ?? null) === (figures?.priceFen ?? null);
    demand(isSame, "E_EVAL_BIDS", where, `the price of bid ${bidDigest.slice(0, 8)} is not the one that was read out`);
  }
}

type Recomputed = { figures: Figures; contenders: Contender[]; tieBreak: readonly string[]; sheets: EvaluationFacts["sheets"] };

function recompute(inputs: Inputs, result: Result, where: string): Recomputed {
  const { name, tree } = inputs.terms.method;
  try {
    if (name === "comprehensive-evaluation") return byTree(inputs, result, where);
    if (name === "lowest-reviewed-price") return byPrice(inputs, tree);
  } catch (fault) {
    if (fault instanceof RangeError || fault instanceof TypeError) demand(false, "E_EVAL_TREE", where, fault.message);
    throw fault;
  }
  demand(false, "E_EVAL_METHOD", where, `the method ${name} is not known here`);
}

function byTree(inputs: Inputs, result: Result, where: string): Recomputed {
  const { total, technical, tieBreak } = inputs.terms.method.tree as Tree;
  const sheets = inputs.sheets ?? shownScores(result);
  const named = result.seats.map((seat): [number, Scores] => {
    const sheet = sheets.get(seat);
    demand(sheet !== undefined, "E_EVAL_SHEET", where, `seat ${seat} has no sheet`);
    return [seat, sheet];
  });
  const figures = figuresOf(inputs, new Map(named), where);
  const of = (id: string, bid: string): Fraction => figures.get(keyOf(id, bid)) ?? figures.get(keyOf(id)) ?? zero;
  const contenders = inputs.bids.map(({ bidDigest: bid, figures: form, handedIn }) => {
    const merit = of(total, bid);
    return { bid, merit, technical: of(technical, bid), priceFen: BigInt(form?.priceFen ?? "0"), handedIn, score: shown(merit) };
  });
  const state = named.length === 0 ? "none" : inputs.sheets === undefined ? "unchecked" : "checked";
  return { figures, contenders, tieBreak, sheets: state };
}

/** The seats' scores as the result itself shows them, where the level of the package keeps the sheets back. */
function shownScores({ values }: Result): ReadonlyMap<number, Scores> {
  const sheets = new Map<number, Record<string, Record<string, string>>>();
  for (const { id, bidId = "", seat, shown: text } of values) {
    if (seat === undefined) continue;
    const sheet = sheets.get(Number(seat)) ?? {};
    sheets.set(Number(seat), { ...sheet, [bidId]: { ...sheet[bidId], [id]: text } });
  }
  return sheets;
}

/** 经评审的最低投标价法: the lowest price within the declared limits; no bid outside of them may stand in the ranking. */
function byPrice(
  { bids }: Inputs,
  { ceilingFen, floorFen, tieBreak }: { ceilingFen: string | null; floorFen: string | null; tieBreak: string[] },
): Recomputed {
  const figures: Figures = new Map();
  const isWithin = (fen: bigint) => (floorFen === null || fen >= BigInt(floorFen)) && (ceilingFen === null || fen <= BigInt(ceilingFen));
  const prices = bids
    .map((bid) => ({ ...bid, priceFen: BigInt(bid.figures?.priceFen ?? "0") }))
    .filter(({ priceFen }) => isWithin(priceFen));
  const contenders = prices.map(({ bidDigest: bid, priceFen, handedIn }) => {
    const yuan = fraction(priceFen, 100n);
    for (const id of ["price", "reviewedPrice"]) figures.set(keyOf(id, bid), yuan);
    return { bid, merit: fraction(-priceFen), technical: zero, priceFen, handedIn, score: shown(yuan) };
  });
  return { figures, contenders, tieBreak, sheets: "none" };
}

function checkFigures(values: readonly Figure[], figures: Figures, where: string): void {
  const seen = new Set<string>();
  for (const { id, bidId, seat, value, shown: reading } of values) {
    const key = keyOf(id, bidId, seat);
    const own = figures.get(key);
    const agrees = own !== undefined && written(own) === value && shown(own) === reading;
    const whose = [id, ...(bidId === undefined ? [] : [`bid ${bidId.slice(0, 8)}`]), ...(seat === undefined ? [] : [`seat ${seat}`])].join(
      ", ",
    );
    demand(agrees && !seen.has(key), "E_EVAL_VALUE", where, `${whose}: ${reading} is not what the declared tree gives`);
    seen.add(key);
  }
  demand(seen.size === figures.size, "E_EVAL_VALUE", where, "the result leaves out a figure of the declared tree");
}
