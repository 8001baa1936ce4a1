/**
 * Reads a ZIP archive in memory (APPNOTE.TXT 4.3): stored and deflated members, nothing encrypted, no ZIP64.
 * The central directory decides, never the local headers; a member that unpacks to more than it says is refused.
 */
const mostBytes = 1024 ** 3;

/** A ZIP that cannot be read; the page says so in its own words. */
export class ZipFault extends Error {}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** Every file by its path. @throws ZipFault */
export async function unzip(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let total = 0;
  for (const member of membersOf(bytes)) {
    if (member.path.endsWith("/")) continue;
    total += member.size;
    if (total > mostBytes) throw new ZipFault("the archive unpacks to more than this page can hold");
    if (files.has(member.path)) throw new ZipFault(`${member.path} stands twice`);
    files.set(member.path, await unpack(bytes, member));
  }
  return files;
}

type Member = { path: string; method: number; packed: number; size: number; at: number };

function* membersOf(bytes: Uint8Array): Generator<Member> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 22 - 65_536 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw new ZipFault("no end of a central directory");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let k = 0; k < count; k++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw new ZipFault("the central directory is broken");
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [number, number, number];
    if (view.getUint16(at + 8, true) & 1) throw new ZipFault("a member is encrypted");
    yield {
      path: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    at += 46 + name + extra + comment;
  }
}

async function unpack(bytes: Uint8Array, { path, method, packed, size, at }: Member): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + 30 > bytes.length) throw new ZipFault(`${path} lies outside the archive`);
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const data = bytes.slice(start, start + packed);
  if (data.length !== packed) throw new ZipFault(`${path} is cut off`);
  if (method === 0) return data;
  if (method !== 8) throw new ZipFault(`${path} is packed in a way that this page does not know`);
  return inflate(data, size, path);
}

async function inflate(data: Uint8Array<ArrayBuffer>, size: number, path: string): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  let length = 0;
  try {
    for await (const piece of new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw"))) {
      if (length + piece.length > size) throw new ZipFault(`${path} unpacks to more than it says`);
      out.set(piece, length);
      length += piece.length;
    }
  } catch (fault) {
    throw fault instanceof ZipFault ? fault : new ZipFault(`${path} does not unpack`);
  }
  if (length !== size) throw new ZipFault(`${path} unpacks to less than it says`);
  return out;
}
