/** Rows of a CSV text (RFC 4180): quoted cells may hold commas, line ends and doubled quotes. */
import { FileFault } from "./file-fault.ts";

export interface CsvRow {
  /** Where the row begins, counted from 1. */
  line: number;
  cells: string[];
}

/** A cell with what ends it: quoted, or plain up to the next comma or line end. */
const cellPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/** Empty lines are left out. @throws FileFault for a quote out of place. */
export function csvRows(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let row: CsvRow = { line: 1, cells: [] };
  let line = 1;
  cellPattern.lastIndex = 0;
  for (let at = 0; at < text.length || row.cells.length > 0; ) {
    cellPattern.lastIndex = at;
    const found = cellPattern.exec(text);
    if (!found) throw new FileFault(`Line ${line}: a quote is out of place.`);
    const [whole, quoted, plain, end] = found;
    row.cells.push(quoted === undefined ? (plain as string) : quoted.replaceAll('""', '"'));
    line += (whole.match(/\n/g) ?? []).length;
    at += whole.length;
    if (end === ",") continue;
    if (row.cells.some((cell) => cell.trim() !== "")) rows.push(row);
    row = { line, cells: [] };
    if (at >= text.length) break;
  }
  return rows;
}
