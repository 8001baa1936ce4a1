/**
 * The scoring form that works tenders of the city begin with: benchmark from the mean of valid prices
 * (extremes dropped from five bids on) less a drawn coefficient, 60 points of price, 25 of technique,
 * 15 of credentials. A tender document declares its own copy and may change every symbol.
 */

import type { FormulaTree } from "../formula-tree.ts";
import tree from "./comprehensive-works.json" with { type: "json" };

export const comprehensiveWorksTree = tree as FormulaTree;
