/** A member's scores as they are typed: on the declared scale or not, and what is still missing. Pure; decimals as text. */
import type { SheetItem } from "../../api/evaluation.ts";

/** Bid → item → what stands in the cell. */
export type Scores = Readonly<Record<string, Readonly<Record<string, string>>>>;

const tenThousandths = (text: string): bigint | undefined => {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(text.trim());
  return match ? BigInt(match[1]!) * 10_000n + BigInt((match[2] ?? "").padEnd(4, "0")) : undefined;
};

/** Why a cell does not fit the declared scale; undefined when it fits. */
export function cellFault(item: SheetItem, text: string): "empty" | "notNumber" | "offScale" | undefined {
  if (text.trim() === "") return "empty";
  const value = tenThousandths(text);
  const [min, max, step] = [tenThousandths(item.min), tenThousandths(item.max), tenThousandths(item.step)];
  if (value === undefined) return "notNumber";
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) return "offScale";
  const isOnStep = step === undefined || step === 0n || (value - (min ?? 0n)) % step === 0n;
  return isOnStep ? undefined : "offScale";
}

/** Sum of a bid's cells that are numbers, as decimal text. */
export function sumOf(items: readonly SheetItem[], cells: Readonly<Record<string, string>>): string {
  const sum = items.reduce((total, item) => total + (tenThousandths(cells[item.id] ?? "") ?? 0n), 0n);
  const fraction = String(sum % 10_000n)
    .padStart(4, "0")
    .replace(/0+$/, "");
  return `${sum / 10_000n}${fraction ? `.${fraction}` : ""}`;
}

/** What is sent: every cell that has a number. */
export function scoreRows(scores: Scores): readonly { readonly bidDigest: string; readonly item: string; readonly score: string }[] {
  return Object.entries(scores).flatMap(([bidDigest, cells]) =>
    Object.entries(cells)
      .filter(([, text]) => tenThousandths(text) !== undefined)
      .map(([item, text]) => ({ bidDigest, item, score: text.trim() })),
  );
}
