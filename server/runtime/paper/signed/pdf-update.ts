/**
 * An incremental update of a PDF (ISO 32000-1 §7.5.6): new and changed objects are written behind the file, with a
 * cross-reference table that points back. Reads what pdfkit and this file itself write: classic tables, plain objects.
 */
export type Offsets = ReadonlyMap<number, number>;

/** A file as its newest cross-reference table tells it. */
export interface ReadPdf {
  readonly bytes: Buffer;
  readonly offsets: Offsets;
  readonly size: number;
  readonly root: number;
  readonly trailer: string;
  readonly startxref: number;
}

/** @throws RangeError for a file that is not laid out so. */
export function readPdf(bytes: Buffer): ReadPdf {
  const startxref = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.subarray(-64).toString("latin1"))?.[1] ?? Number.NaN);
  const offsets = new Map<number, number>();
  let newest = "";
  for (let at: number | undefined = startxref; at !== undefined; ) {
    const { rows, trailer } = tableAt(bytes, at);
    newest ||= trailer;
    // The newest table decides: an older one only adds what it does not name.
    for (const [number, offset] of rows) if (!offsets.has(number)) offsets.set(number, offset);
    at = numberIn(trailer, "Prev");
  }
  const size = numberIn(newest, "Size");
  const root = numberIn(newest, "Root");
  if (size === undefined || root === undefined) throw new RangeError("the PDF names no catalog");
  return { bytes, offsets, size, root, trailer: newest, startxref };
}

function tableAt(bytes: Buffer, at: number): { rows: [number, number][]; trailer: string } {
  const end = bytes.indexOf("startxref", at, "latin1");
  const text = bytes.subarray(at, end).toString("latin1");
  const split = text.indexOf("trailer");
  if (!text.startsWith("xref") || split < 0) throw new RangeError("the PDF has no plain cross-reference table");
  const rows: [number, number][] = [];
  let next = 0;
  for (const line of text.slice(4, split).trim().split(/\r?\n/)) {
    const [, first, count] = /^(\d+) (\d+)\s*$/.exec(line) ?? [];
    if (first !== undefined && count !== undefined) next = Number(first);
    else {
      const [, offset, use] = /^(\d{10}) \d{5} ([nf])/.exec(line) ?? [];
      if (use === "n") rows.push([next, Number(offset)]);
      next += 1;
    }
  }
  return { rows, trailer: text.slice(split) };
}

function numberIn(text: string, name: string): number | undefined {
  const found = new RegExp(`/${name}\\s+(\\d+)`).exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The dictionary of an object, as text between `<<` and the last `>>`. */
export function dictionaryOf({ bytes, offsets }: ReadPdf, object: number): string {
  const at = offsets.get(object);
  const end = at === undefined ? -1 : bytes.indexOf("endobj", at, "latin1");
  const text = end < 0 ? "" : bytes.subarray(at, end).toString("latin1");
  const [from, to] = [text.indexOf("<<"), text.lastIndexOf(">>")];
  if (!text.startsWith(`${object} 0 obj`) || from < 0 || to < 0) throw new RangeError(`object ${object} is no dictionary`);
  return text.slice(from + 2, to).trim();
}

/** The object that a dictionary refers to by a name. */
export function referenceIn(dictionary: string, name: string): number {
  const found = new RegExp(`/${name}\\s*\\[?\\s*(\\d+) 0 R`).exec(dictionary)?.[1];
  if (found === undefined) throw new RangeError(`there is no reference ${name}`);
  return Number(found);
}

/** The file with the objects behind it, and where each of them begins. */
export function update(pdf: ReadPdf, objects: ReadonlyMap<number, string>): { bytes: Buffer; offsets: Offsets } {
  const parts: Buffer[] = [pdf.bytes, Buffer.from("\n")];
  let at = pdf.bytes.length + 1;
  const put = (text: string) => {
    const part = Buffer.from(text, "latin1");
    parts.push(part);
    at += part.length;
  };
  const offsets = new Map<number, number>();
  for (const [number, dictionary] of objects) {
    offsets.set(number, at);
    put(`${number} 0 obj\n<<\n${dictionary}\n>>\nendobj\n`);
  }
  const table = at;
  const rows = [...offsets]
    .sort(([a], [b]) => a - b)
    .map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, "0")} 00000 n \n`);
  const size = Math.max(pdf.size, ...[...objects.keys()].map((number) => number + 1));
  const kept = /\/Info\s+\d+ 0 R/.exec(pdf.trailer)?.[0] ?? "";
  const id = /\/ID\s*\[[^\]]*\]/.exec(pdf.trailer)?.[0] ?? "";
  put(`xref\n${rows.join("")}trailer\n<< /Size ${size} /Root ${pdf.root} 0 R ${kept} ${id} /Prev ${pdf.startxref} >>\n`);
  put(`startxref\n${table}\n%%EOF\n`);
  return { bytes: Buffer.concat(parts), offsets };
}
