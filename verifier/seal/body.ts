/** A body against its header and root, and the container inside (seal-v1 §5, §8 step 10). */
import { concat, equalBytes, fromHex, hex, u8, u32 } from "../../formats/bytes.ts";
import { jcs } from "../../formats/jcs.ts";
import { readIJson } from "../i-json.ts";
import { closed, hasRepetition, hexOf, integer, list, oneOf, text } from "../shapes.ts";
import { type Algorithms, leafOf, merkleRoot } from "./algorithms.ts";
import { chunksOf, headerHashOf } from "./header.ts";
import { type Bid, type FileRow, type Header, isFileName } from "./record.ts";

const chunkSize = 1048576;
const manifestShape = closed({
  v: oneOf(1),
  files: list(closed({ name: text(1, 255), size: integer(0), hash: hexOf(32) }), 1, 10000),
});

export type BodyCode = "E_SIZE" | "E_ROOT" | "E_CHUNK" | "E_MANIFEST";

/** The files of a body, or the first code of what is wrong with it. */
export function readBody(algorithms: Algorithms, bid: Bid, dek: Uint8Array, body: Uint8Array): { files: FileRow[] } | { code: BodyCode } {
  if (body.length !== bid.cipherSize) return { code: "E_SIZE" };
  const step = chunkSize + algorithms.tag;
  const chunks = Array.from({ length: chunksOf(bid.header.size) }, (_, i) => body.subarray(i * step, (i + 1) * step));
  const root = merkleRoot(
    algorithms,
    chunks.map((chunk) => leafOf(algorithms, chunk)),
  );
  if (hex(root) !== bid.root) return { code: "E_ROOT" };
  const aad = headerHashOf(algorithms, bid.header);
  const plain = new Uint8Array(bid.header.size);
  for (const [i, data] of chunks.entries()) {
    const opened = algorithms.open({ key: dek, nonce: nonceOf(bid.header, i), aad, data });
    if (opened === undefined) return { code: "E_CHUNK" };
    plain.set(opened, i * chunkSize);
  }
  const files = readContainer(algorithms, plain);
  return files === undefined ? { code: "E_MANIFEST" } : { files };
}

export function nonceOf(header: Pick<Header, "prefix" | "size">, index: number): Uint8Array {
  return concat(fromHex(header.prefix), u32(index), u8(index === chunksOf(header.size) - 1 ? 1 : 0));
}

/** u32(len m) ‖ m ‖ files: canonical manifest, lawful names, lengths that add up, hashes that fit. */
export function readContainer(algorithms: Algorithms, plain: Uint8Array): FileRow[] | undefined {
  if (plain.length < 4) return undefined;
  const end = 4 + new DataView(plain.buffer, plain.byteOffset).getUint32(0);
  if (end > plain.length) return undefined;
  const written = plain.subarray(4, end);
  const manifest = readIJson(written);
  if (!manifestShape(manifest) || !equalBytes(jcs(manifest), written)) return undefined;
  const { files } = manifest as unknown as { files: FileRow[] };
  if (hasRepetition(files.map(({ name }) => name)) || !files.every(({ name }) => isFileName(name))) return undefined;
  if (files.reduce((sum, { size }) => sum + size, end) !== plain.length) return undefined;
  let at = end;
  for (const { size, hash } of files) {
    if (hex(algorithms.hash(plain.subarray(at, at + size))) !== hash) return undefined;
    at += size;
  }
  return files;
}
