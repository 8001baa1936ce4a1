/**
 * The reconciliation file of conventions.md §6: JSON Lines whose last line proves that nothing is missing.
 * A file without last line, with a wrong count, sum or hash is refused as a whole, never read in part.
 */
import { fromUtf8, hex, utf8 } from "../bytes.ts";
import { jcsText, sha256 } from "../jcs.ts";

export interface FileHead {
  readonly file: string;
  readonly system: string;
  readonly day: string;
  readonly version: number;
  readonly from: string;
  readonly to: string;
  readonly label?: "simulator";
  readonly [more: string]: unknown;
}

export interface FileTail {
  readonly end: true;
  readonly count: number;
  readonly sumFen?: string;
  readonly sha256: string;
  readonly [more: string]: unknown;
}

export interface ReconciliationFile {
  readonly head: FileHead;
  readonly records: readonly Record<string, unknown>[];
  readonly tail: FileTail;
}

/** @param more further members of the last line, such as `closingFen`. */
export function writeFile(
  head: FileHead,
  records: readonly Record<string, unknown>[],
  more: { sumFen?: string; [name: string]: unknown } = {},
): Uint8Array {
  const body = [head, ...records].map((line) => `${jcsText(line)}\n`).join("");
  const tail = { end: true, count: records.length, ...more, sha256: hex(sha256(body)) };
  return utf8(`${body}${jcsText(tail)}\n`);
}

/** The file, or `file.partial` with the reason: the whole is refused and asked for again. */
export function readFile(bytes: Uint8Array): ReconciliationFile | { refused: "file.partial"; reason: string } {
  try {
    return readWhole(fromUtf8(bytes));
  } catch (error) {
    return { refused: "file.partial", reason: error instanceof Error ? error.message : String(error) };
  }
}

function readWhole(text: string): ReconciliationFile {
  if (!text.endsWith("\n")) throw new Error("the last line is cut");
  const lines = text.slice(0, -1).split("\n");
  const tail = JSON.parse(lines.at(-1) ?? "") as FileTail;
  if (tail.end !== true) throw new Error("there is no last line");
  const before = text.slice(0, text.length - (lines.at(-1) ?? "").length - 1);
  if (hex(sha256(before)) !== tail.sha256) throw new Error("the hash differs");
  const [head, ...records] = lines.slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>);
  if (records.length !== tail.count) throw new Error("the count differs");
  if (tail.sumFen !== undefined && sumOf(records) !== tail.sumFen) throw new Error("the sum differs");
  return { head: head as unknown as FileHead, records, tail };
}

/** Sum of `amountFen` over all records, whatever their direction. */
export function sumOf(records: readonly Record<string, unknown>[]): string {
  return records.reduce((sum, record) => sum + BigInt((record.amountFen as string) ?? "0"), 0n).toString();
}
