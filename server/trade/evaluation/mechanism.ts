/** The evaluation method as this stage sees it. The mechanisms stand in `server/kinds` and are handed in by the procedure. */
import type { Procedure } from "../transaction/index.ts";

export interface MechanismBid {
  bidId: string;
  priceFen: bigint;
  facts: Readonly<Record<string, string>>;
  sheets: readonly { seat: string; scores: Readonly<Record<string, string>> }[];
}

export interface MechanismValue {
  id: string;
  bidId?: string;
  seat?: string;
  value: string;
  shown: string;
}

export interface MechanismResult {
  values: readonly MechanismValue[];
  ranking: readonly { rank: number; bidId: string; result: string }[];
  needsDraw: readonly (readonly string[])[];
  excluded: readonly { bidId: string; reason: "belowFloor" | "aboveCeiling" }[];
}

export interface SheetItem {
  id: string;
  label: string;
  min: string;
  max: string;
  step: string;
  criteria: string;
}

export interface TableItem {
  id: string;
  label: string;
  rows: readonly { key: string; when: string; score: string }[];
}

export interface Mechanism {
  name: string;
  title: { zh: string; en: string };
  treeFaults(tree: unknown): string[];
  sheetItems(tree: unknown): readonly SheetItem[];
  factTables(tree: unknown): readonly TableItem[];
  sheetFaults(tree: unknown, scores: Readonly<Record<string, string>>): readonly { item: string; fault: string }[];
  draws(tree: unknown): readonly { id: string; label: string; list: readonly string[] }[];
  evaluate(input: {
    tree: unknown;
    bids: readonly MechanismBid[];
    draws: Readonly<Record<string, string>>;
    tieOrder?: readonly string[];
  }): MechanismResult;
}

export function mechanismOf(procedure: Procedure, methodName: string): Mechanism {
  return procedure.method<Mechanism>(methodName);
}
