/**
 * Reads a file of real tenders: a row per bid, columns as in samples/public-works. It takes nothing on trust:
 * a wrong column, row or amount is told in one sentence with its line, and nothing of the file is used.
 */
import { fenText, isPlainDate, parseYuan } from "../../server/kernel/index.ts";
import { csvRows } from "./csv-rows.ts";
import { FileFault } from "./file-fault.ts";

export interface ForeignBid {
  /** The file's `bidder`; a second row of one bidder in a tender is its own party, `B53#2`. */
  party: string;
  priceFen: string;
  won: boolean;
}

export interface ForeignTender {
  tender: string;
  openedOn: string;
  title: string;
  /** One unit of the file is one yuan; null where the file names none. */
  ceilingFen: string | null;
  floorFen: string | null;
  /** In the order of the file. */
  bids: ForeignBid[];
}

const columns = ["tender", "openedOn", "title", "ceilingPrice", "floorPrice", "bidder", "bidPrice", "won"] as const;
type Row = Record<(typeof columns)[number], string> & { line: number };

/** @throws FileFault with one sentence. */
export function readTenders(text: string): ForeignTender[] {
  const [head, ...body] = csvRows(text.replace(/^\uFEFF/, ""));
  const missing = columns.filter((column) => !head?.cells.includes(column));
  if (!head || missing.length > 0)
    throw new FileFault(`The file's first line must name the columns ${columns.join(", ")}; missing: ${missing.join(", ")}.`);
  if (body.length === 0) throw new FileFault("The file has no rows.");
  const tenders = new Map<string, ForeignTender>();
  for (const { line, cells } of body) {
    if (cells.length !== head.cells.length) throw new FileFault(`Line ${line}: ${cells.length} cells instead of ${head.cells.length}.`);
    const row = { line, ...Object.fromEntries(head.cells.map((column, i) => [column, (cells[i] as string).trim()])) } as Row;
    addRow(tenders, row);
  }
  for (const { tender, bids } of tenders.values()) {
    const winners = bids.filter(({ won }) => won).length;
    if (winners > 1) throw new FileFault(`Tender ${tender} has ${winners} winners; one is expected.`);
  }
  return [...tenders.values()];
}

function addRow(tenders: Map<string, ForeignTender>, row: Row): void {
  const read = headOf(row);
  const tender = tenders.get(read.tender) ?? read;
  for (const field of ["openedOn", "title", "ceilingFen", "floorFen"] as const) {
    if (tender[field] !== read[field])
      throw new FileFault(`Line ${row.line}: ${field.replace("Fen", "Price")} differs from the other rows of tender ${row.tender}.`);
  }
  tender.bids.push(bidOf(row, tender.bids));
  tenders.set(tender.tender, tender);
}

function headOf(row: Row): ForeignTender {
  const { tender, openedOn, title, line } = row;
  demand(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(tender), line, `"${tender}" is no tender number (letters, digits, . _ -)`);
  demand(isPlainDate(openedOn), line, `openedOn "${openedOn}" is no day (YYYY-MM-DD)`);
  demand(title.length > 0 && title.length <= 160, line, "the title is empty or longer than 160 characters");
  const ceilingFen = row.ceilingPrice === "" ? null : amount(row, "ceilingPrice");
  const floorFen = row.floorPrice === "" ? null : amount(row, "floorPrice");
  demand(ceilingFen === null || floorFen === null || BigInt(floorFen) <= BigInt(ceilingFen), line, "the floor is above the ceiling");
  return { tender, openedOn, title, ceilingFen, floorFen, bids: [] };
}

function bidOf(row: Row, before: readonly ForeignBid[]): ForeignBid {
  const { bidder, won, line } = row;
  demand(/^[^#]{1,40}$/.test(bidder), line, `"${bidder}" is no bidder (1 to 40 characters without #)`);
  demand(won === "0" || won === "1", line, `won is "${won}" instead of 0 or 1`);
  const again = before.filter(({ party }) => party.split("#")[0] === bidder).length;
  return { party: again === 0 ? bidder : `${bidder}#${again + 1}`, priceFen: amount(row, "bidPrice"), won: won === "1" };
}

function amount(row: Row, column: "ceilingPrice" | "floorPrice" | "bidPrice"): string {
  const text = row[column];
  demand(/^(?!0+(?:\.0+)?$)\d{1,12}(?:\.\d{1,2})?$/.test(text), row.line, `${column} "${text}" is no amount`);
  return fenText(parseYuan(text.replace(/^0+(?=\d)/, "")));
}

function demand(holds: boolean, line: number, words: string): void {
  if (!holds) throw new FileFault(`Line ${line}: ${words}.`);
}
