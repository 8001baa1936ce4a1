/**
 * The page of a paper: A4, one Chinese font, a header with the deal code, the sandbox mark and the page
 * number on every page. Everything is drawn from the paper's content, so the same paper is the same file.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import PDFDocument from "pdfkit";
import type { Paper } from "../../../formats/paper.ts";

export type Page = InstanceType<typeof PDFDocument>;

export const margin = { top: 76, bottom: 70, side: 56 } as const;
export const ink = { text: "#1b2733", quiet: "#5b6875", line: "#c5cdd5", mark: "#b3261e", head: "#eef2f5" } as const;

const require = createRequire(import.meta.url);
const fonts = new Map<string, Buffer>();

/** The font files of the package, read once. */
function font(weight: "400Regular" | "700Bold"): Buffer {
  const known = fonts.get(weight);
  if (known) return known;
  const bytes = readFileSync(require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`));
  fonts.set(weight, bytes);
  return bytes;
}

/** An empty document. The date and the id inside the file come from the paper, never from the clock. */
export function openPage(paper: Paper): Page {
  const page = new PDFDocument({
    size: "A4",
    margins: { top: margin.top, bottom: margin.bottom, left: margin.side, right: margin.side },
    bufferPages: true,
    lang: "zh-CN",
    info: {
      Title: paper.title,
      Author: paper.issuedBy,
      Subject: paper.dealCode,
      Producer: "Egret",
      Creator: "Egret",
      CreationDate: new Date(`${paper.issuedOn}T00:00:00+08:00`),
    },
  });
  page.registerFont("regular", font("400Regular"));
  page.registerFont("bold", font("700Bold"));
  return page;
}

export function textWidth(page: Page): number {
  return page.page.width - 2 * margin.side;
}

export function bottomOf(page: Page): number {
  return page.page.height - margin.bottom;
}

/** Begins a new page when so much height is not left. */
export function need(page: Page, height: number): void {
  if (page.y + height > bottomOf(page)) page.addPage();
}

/** Header, footer and marks of every page; called last, when the number of pages is known. */
export function drawFrames(page: Page, paper: Paper): void {
  const { start, count } = page.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    page.switchToPage(index);
    // Drawing below the margin must not begin a further page.
    page.page.margins.bottom = 0;
    drawHeader(page, paper);
    drawFooter(page, paper, `第 ${index - start + 1} 页，共 ${count} 页`);
    if (paper.sandbox) drawSandboxMark(page);
  }
}

function drawHeader(page: Page, { dealCode, title }: Paper): void {
  page.font("regular").fontSize(8).fillColor(ink.quiet);
  page.text(`统一交易标识码 ${dealCode}`, margin.side, 34, { lineBreak: false });
  const width = page.widthOfString(title);
  page.text(title, Math.max(margin.side + 230, page.page.width - margin.side - width), 34, { lineBreak: false });
  page
    .moveTo(margin.side, 50)
    .lineTo(page.page.width - margin.side, 50)
    .lineWidth(0.5)
    .strokeColor(ink.line)
    .stroke();
}

function drawFooter(page: Page, paper: Paper, numbers: string): void {
  const y = page.page.height - 46;
  page
    .moveTo(margin.side, y - 6)
    .lineTo(page.page.width - margin.side, y - 6)
    .lineWidth(0.5)
    .strokeColor(ink.line)
    .stroke();
  page.font("regular").fontSize(8).fillColor(ink.quiet);
  page.text(sealWords(paper), margin.side, y, { lineBreak: false });
  page.text(numbers, page.page.width - margin.side - page.widthOfString(numbers), y, { lineBreak: false });
  page.text(`${paper.issuedBy} · ${paper.issuedOn}`, margin.side, y + 12, { lineBreak: false });
}

function sealWords({ sealedBy = [] }: Paper): string {
  if (sealedBy.length === 0) return "本文件未加盖电子印章，以交易记录中的签名为准。";
  return `本文件已加盖电子印章：${sealedBy.join("、")}。`;
}

function drawSandboxMark(page: Page): void {
  const words = "沙箱 · 演练数据，不具法律效力 · SANDBOX";
  page.font("bold").fontSize(9).fillColor(ink.mark);
  const width = page.widthOfString(words) + 16;
  const x = (page.page.width - width) / 2;
  page.rect(x, 54, width, 16).lineWidth(0.8).strokeColor(ink.mark).stroke();
  page.text(words, x + 8, 56, { lineBreak: false });
}
