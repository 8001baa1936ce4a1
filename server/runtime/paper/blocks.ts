/** How each block of a paper is set: headings, text, fields, tables that break across pages, signatures. */
import type { PaperBlock } from "../../../formats/paper.ts";
import { bottomOf, ink, margin, need, type Page, textWidth } from "./page.ts";

const padding = 5;

export function drawBlock(page: Page, block: PaperBlock): void {
  if ("heading" in block) drawHeading(page, block.heading);
  else if ("text" in block) drawText(page, block.text);
  else if ("fields" in block) drawFields(page, block.fields);
  else if ("table" in block) drawTable(page, block.table.columns, block.table.rows);
  else drawSignatures(page, block.signatures);
}

function drawHeading(page: Page, words: string): void {
  need(page, 60);
  page
    .moveDown(0.6)
    .font("bold")
    .fontSize(12.5)
    .fillColor(ink.text)
    .text(words, margin.side, page.y, { width: textWidth(page) })
    .moveDown(0.35);
}

function drawText(page: Page, words: string): void {
  page
    .font("regular")
    .fontSize(10.5)
    .fillColor(ink.text)
    .text(words, margin.side, page.y, { width: textWidth(page), lineGap: 3.5 })
    .moveDown(0.45);
}

function drawFields(page: Page, fields: readonly (readonly [string, string])[]): void {
  drawRows(page, {
    rows: fields.map(([label, value]) => [label, value]),
    widths: [0.28 * textWidth(page), 0.72 * textWidth(page)],
    head: undefined,
    labelled: true,
  });
}

function drawTable(page: Page, columns: readonly string[], rows: readonly (readonly string[])[]): void {
  drawRows(page, { rows, widths: widthsOf(page, columns, rows), head: columns, labelled: false });
}

/** A column gets room by its widest cell, within bounds, so that a long text does not starve the numbers. */
function widthsOf(page: Page, columns: readonly string[], rows: readonly (readonly string[])[]): number[] {
  page.font("bold").fontSize(9.5);
  const natural = columns.map((column, index) => {
    const widest = Math.max(page.widthOfString(column), ...rows.map((row) => page.widthOfString(row[index] ?? "")));
    return Math.min(260, widest) + 2 * padding + 1;
  });
  const sumOf = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width, 0);
  // Narrow columns keep their width where there is too little room; the wide ones share what is left.
  const narrow = sumOf(natural) > textWidth(page) ? natural.filter((width) => width <= narrowMax) : [];
  const kept = narrow.length < natural.length ? sumOf(narrow) : 0;
  const isKept = (width: number) => kept > 0 && width <= narrowMax;
  const shared = sumOf(natural.filter((width) => !isKept(width)));
  return natural.map((width) => (isKept(width) ? width : (width / shared) * (textWidth(page) - kept)));
}

const narrowMax = 84;

interface Rows {
  rows: readonly (readonly string[])[];
  widths: readonly number[];
  head: readonly string[] | undefined;
  /** The first column is a label. */
  labelled: boolean;
}

function drawRows(page: Page, table: Rows): void {
  const { rows, head } = table;
  if (head) drawRow(page, head, { ...table, isHead: true });
  for (const row of rows) {
    for (const part of partsOf(page, row, table)) {
      if (page.y + heightOf(page, part, table) > bottomOf(page)) {
        page.addPage();
        if (head) drawRow(page, head, { ...table, isHead: true });
      }
      drawRow(page, part, { ...table, isHead: false });
    }
  }
  page.x = margin.side;
  page.moveDown(0.6);
}

function drawRow(page: Page, cells: readonly string[], { widths, isHead, labelled }: Rows & { isHead: boolean }): void {
  const height = heightOf(page, cells, { widths });
  const top = page.y;
  let x = margin.side;
  for (const [index, width] of widths.entries()) {
    const isLabel = isHead || (labelled && index === 0);
    if (isLabel) page.rect(x, top, width, height).fill(ink.head);
    page.rect(x, top, width, height).lineWidth(0.5).strokeColor(ink.line).stroke();
    page
      .font(isHead ? "bold" : "regular")
      .fontSize(9.5)
      .fillColor(isLabel ? ink.quiet : ink.text);
    page.text(cells[index] ?? "", x + padding, top + padding, { width: width - 2 * padding });
    x += width;
  }
  page.x = margin.side;
  page.y = top + height;
}

function heightOf(page: Page, cells: readonly string[], { widths }: Pick<Rows, "widths">): number {
  page.font("regular").fontSize(9.5);
  return Math.max(...widths.map((width, index) => page.heightOfString(cells[index] || "—", { width: width - 2 * padding }))) + 2 * padding;
}

/** A row that is higher than a page is cut into several, so that no text is lost. */
function partsOf(page: Page, row: readonly string[], table: Rows): (readonly string[])[] {
  const room = bottomOf(page) - margin.top - 60;
  const height = heightOf(page, row, table);
  if (height <= room) return [row];
  const pieces = Math.ceil(height / room) + 1;
  return Array.from({ length: pieces }, (_, piece) =>
    row.map((cell) => {
      const characters = [...cell];
      const size = Math.ceil(characters.length / pieces);
      return characters.slice(piece * size, (piece + 1) * size).join("");
    }),
  );
}

function drawSignatures(page: Page, signatures: readonly { name: string; at: string; digest: string }[]): void {
  drawTable(
    page,
    ["签署人", "签署时间", "签署行为摘要（SHA-256）"],
    signatures.map(({ name, at, digest }) => [name, at, digest]),
  );
}
