/**
 * A BagIt 1.0 bag (RFC 8493) in memory: payload under `data/`, a manifest over it, tag files, and a tag
 * manifest whose digest stands for every byte. It knows nothing of trades.
 */
import { hex } from "../../../formats/bytes.ts";
import { sha256 } from "../../../formats/jcs.ts";

export interface BagFile {
  path: string;
  bytes: Uint8Array;
}

export interface BagWish {
  /** Files of the payload, by their path below `data/`. */
  payload: readonly BagFile[];
  /** Lines of `bag-info.txt`, in this order. */
  info: readonly (readonly [label: string, value: string])[];
}

/** All files of the bag, sorted by path, and its root: the digest of the tag manifest. @throws RangeError for a path that leads out, or stands twice. */
export function makeBag({ payload, info }: BagWish): { files: BagFile[]; root: string } {
  const data = payload.map(({ path, bytes }) => ({ path: `data/${path}`, bytes })).sort(byPath);
  for (const [index, { path }] of data.entries()) {
    if (!/^data(?:\/[\p{L}\p{N}_.()-]+)+$/u.test(path) || path.split("/").includes("..") || data[index - 1]?.path === path)
      throw new RangeError(`not a payload path: ${path}`);
  }
  const octets = data.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const tags = [
    text(
      "bag-info.txt",
      [...info, ["Payload-Oxum", `${octets}.${data.length}`]].map(([label, value]) => `${label}: ${value}`),
    ),
    text("bagit.txt", ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"]),
    text("manifest-sha256.txt", data.map(lineOf)),
  ];
  const tagManifest = text("tagmanifest-sha256.txt", tags.map(lineOf));
  return { files: [...data, ...tags, tagManifest].sort(byPath), root: hex(sha256(tagManifest.bytes)) };
}

function lineOf({ path, bytes }: BagFile): string {
  return `${hex(sha256(bytes))}  ${path}`;
}

function text(path: string, lines: readonly string[]): BagFile {
  return { path, bytes: new TextEncoder().encode(`${lines.join("\n")}\n`) };
}

function byPath(a: BagFile, b: BagFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
