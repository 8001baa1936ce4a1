/**
 * The one service that signs papers: notice, opening record, report, letter, certificate, contract. Each seal is an
 * incremental update of its own, so that the second party of a contract signs what the first has signed. The national
 * algorithms (SM2) have no place in a PDF signature that common readers check; they are not signed here.
 */
import { createHash } from "node:crypto";
import { detachedSignature, type Seal, type Stamper } from "./detached-signature.ts";
import { dictionaryOf, type ReadPdf, readPdf, referenceIn, update } from "./pdf-update.ts";

export interface Signing {
  readonly seals: readonly Seal[];
  /** Trade time, as an instant; written into the paper, and proven only by a stamp. */
  readonly at: number;
  /** Why it is signed, e.g. `合同双方盖章`. */
  readonly reason: string;
  readonly stamp?: Stamper;
}

/** Room for one signature with its chain and a stamp. */
const contentBytes = 16_384;
const rangePlace = "/ByteRange [0 0000000000 0000000000 0000000000]";

/** The paper with all seals on it, in their order. */
export async function signPaper(pdf: Uint8Array, { seals, at, reason, stamp }: Signing): Promise<Uint8Array> {
  let signed: Buffer = Buffer.from(pdf);
  for (const seal of seals) signed = await signOnce(signed, seal, { at, reason, stamp });
  return signed;
}

type Once = Pick<Signing, "at" | "reason"> & { stamp: Stamper | undefined };

async function signOnce(bytes: Buffer, seal: Seal, { at, reason, stamp }: Once): Promise<Buffer> {
  const pdf = readPdf(bytes);
  const [signature, field] = [pdf.size, pdf.size + 1];
  const page = referenceIn(dictionaryOf(pdf, referenceIn(dictionaryOf(pdf, pdf.root), "Pages")), "Kids");
  const objects = new Map([
    [signature, signatureDictionary(seal, at, reason)],
    [field, fieldDictionary(pdf, { signature, page })],
    [page, withItem(dictionaryOf(pdf, page), "Annots", field)],
    [pdf.root, withField(dictionaryOf(pdf, pdf.root), field)],
  ]);
  const prepared = update(pdf, objects);
  return fill(prepared.bytes, prepared.offsets.get(signature) ?? 0, (digest) => detachedSignature(digest, seal, stamp));
}

function signatureDictionary(seal: Seal, at: number, reason: string): string {
  const [day, clock] = new Date(at).toISOString().split("T") as [string, string];
  const time = `D:${day.replaceAll("-", "")}${clock.slice(0, 8).replaceAll(":", "")}Z`;
  return [
    "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached",
    rangePlace,
    `/Contents <${"0".repeat(2 * contentBytes)}>`,
    `/M (${time})`,
    `/Name ${textOf(seal.name)} /Reason ${textOf(reason)}`,
  ].join("\n");
}

/** UTF-16 with its mark, in hex: any Chinese name is safe inside a dictionary. */
function textOf(text: string): string {
  return `<feff${Buffer.from(text, "utf16le").swap16().toString("hex")}>`;
}

function fieldDictionary({ size }: ReadPdf, { signature, page }: { signature: number; page: number }): string {
  // No place on the paper: what is printed is the paper's own content, the signature is of the file.
  return `/Type /Annot /Subtype /Widget /FT /Sig /T (Seal${size}) /V ${signature} 0 R /P ${page} 0 R /Rect [0 0 0 0] /F 132`;
}

function withItem(dictionary: string, name: string, item: number): string {
  const list = new RegExp(`/${name}\\s*\\[([^\\]]*)\\]`);
  return list.test(dictionary) ? dictionary.replace(list, `/${name} [$1 ${item} 0 R]`) : `${dictionary}\n/${name} [${item} 0 R]`;
}

function withField(catalog: string, field: number): string {
  if (catalog.includes("/AcroForm")) return withItem(catalog, "Fields", field);
  return `${catalog}\n/AcroForm << /SigFlags 3 /Fields [${field} 0 R] >>`;
}

/** Writes the true range and the signature over everything but itself. */
async function fill(bytes: Buffer, from: number, sign: (digest: Uint8Array) => Promise<Uint8Array>): Promise<Buffer> {
  const open = bytes.indexOf("/Contents <", from, "latin1") + "/Contents ".length;
  const close = open + 2 * contentBytes + 2;
  const numbers = [open, close, bytes.length - close].map((number) => String(number).padStart(10, "0"));
  bytes.write(`/ByteRange [0 ${numbers.join(" ")}]`, bytes.indexOf(rangePlace, from, "latin1"), "latin1");
  const digest = createHash("sha256").update(bytes.subarray(0, open)).update(bytes.subarray(close)).digest();
  const signature = Buffer.from(await sign(digest)).toString("hex");
  if (signature.length > 2 * contentBytes) throw new RangeError("the signature needs more room than was kept for it");
  bytes.write(signature, open + 1, "latin1");
  return bytes;
}
