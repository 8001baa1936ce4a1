/**
 * The interface of an evaluation method: a mechanism of one file, handed to the evaluation stage by the
 * procedure. It is pure and exact: the same inputs give the same values on every machine, and every
 * intermediate value is returned so that anybody can check it.
 */

/** One expert's sheet for one bid: item id → score as decimal text. */
export type Sheet = { readonly seat: string; readonly scores: Readonly<Record<string, string>> };

export type EvaluatedBid = {
  readonly bidId: string;
  readonly priceFen: bigint;
  /** Table node id → key of the row that the committee found to hold. */
  readonly facts: Readonly<Record<string, string>>;
  readonly sheets: readonly Sheet[];
  /** Amounts by which lowest reviewed price turns deviations into money. */
  readonly adjustments?: readonly { readonly label: string; readonly fen: bigint }[];
};

/** How equal bids are parted, in the declared order. */
export type TieBreak = "lowerPrice" | "higherTechnical" | "fileOrder" | "draw";

export type EvaluationInput<Tree> = {
  /** What the tender document declares. */
  readonly tree: Tree;
  /** The valid bids: rejected ones are not here. Their order is the order of the register. */
  readonly bids: readonly EvaluatedBid[];
  /** Draw node id → the text that was drawn, e.g. `4.0%`. */
  readonly draws: Readonly<Record<string, string>>;
  /** Order of bids by the draw among equals, once it was held. */
  readonly tieOrder?: readonly string[];
};

/** One value of the computation: of the lot, of a bid, or of one seat's score of a bid. */
export type ComputedValue = {
  readonly id: string;
  readonly bidId?: string;
  readonly seat?: string;
  /** Exact: a whole number or `numerator/denominator`. */
  readonly value: string;
  /** The same, rounded half up to 2 decimals, to be read. */
  readonly shown: string;
};

export type Ranked = { readonly rank: number; readonly bidId: string; readonly result: string };

export type EvaluationResult = {
  readonly values: readonly ComputedValue[];
  /** Best first. Equal ranks only where `needsDraw` names them. */
  readonly ranking: readonly Ranked[];
  /** Groups of bids that only a draw can part, when it is declared and not yet held. */
  readonly needsDraw: readonly (readonly string[])[];
  /** Bids that the declared limits exclude from ranking; the committee rejects them by name. */
  readonly excluded: readonly { readonly bidId: string; readonly reason: "belowFloor" | "aboveCeiling" }[];
};

/** One item that every expert scores for every bid. */
export type SheetItem = {
  readonly id: string;
  readonly label: string;
  readonly min: string;
  readonly max: string;
  readonly step: string;
  readonly criteria: string;
};

export type SheetFault = { readonly item: string; readonly fault: "missing" | "unknown" | "outOfRange" | "offStep" | "notANumber" };

/** A finding of fact that the committee makes for every bid: exactly one row holds. */
export type FactTable = {
  readonly id: string;
  readonly label: string;
  readonly rows: readonly { readonly key: string; readonly when: string; readonly score: string }[];
};

/** A value that is drawn in public; every text of the list is equally likely. */
export type DeclaredDraw = { readonly id: string; readonly label: string; readonly list: readonly string[] };

export type EvaluationMethod<Tree> = {
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** What the experts score, what the committee finds and what is drawn, as the document declares it. */
  sheetItems(tree: Tree): readonly SheetItem[];
  factTables(tree: Tree): readonly FactTable[];
  draws(tree: Tree): readonly DeclaredDraw[];
  /** What is wrong with one sheet for one bid; empty when it may be submitted. */
  sheetFaults(tree: Tree, scores: Readonly<Record<string, string>>): readonly SheetFault[];
  /** What is wrong with a declaration, in words; empty when it can be used. */
  treeFaults(tree: Tree): string[];
  /** @throws RangeError when a fact, a score or a draw is missing or not allowed: the stage checks before. */
  evaluate(input: EvaluationInput<Tree>): EvaluationResult;
};
