/**
 * Sets a paper as PDF. It knows nothing of trades: what a paper says is made by the stages. The same
 * content gives the same bytes, so that an archive's digests can be checked by making it again.
 */
import type { Paper } from "../../../formats/paper.ts";
import { drawBlock } from "./blocks.ts";
import { drawFrames, ink, margin, openPage, textWidth } from "./page.ts";

export async function renderPaper(paper: Paper): Promise<Uint8Array> {
  const page = openPage(paper);
  const pieces: Uint8Array[] = [];
  page.on("data", (piece: Uint8Array) => pieces.push(piece));
  const written = new Promise<void>((resolve, reject) => page.on("end", resolve).on("error", reject));
  page
    .font("bold")
    .fontSize(17)
    .fillColor(ink.text)
    .text(paper.title, margin.side, margin.top + 8, { width: textWidth(page), align: "center" });
  page.moveDown(0.3).font("regular").fontSize(9.5).fillColor(ink.quiet);
  page.text(`${paper.issuedBy}　${paper.issuedOn}`, { width: textWidth(page), align: "center" }).moveDown(0.8);
  for (const block of paper.blocks) drawBlock(page, block);
  drawFrames(page, paper);
  page.end();
  await written;
  return Buffer.concat(pieces);
}
