/**
 * archive/ as BagIt 1.0 (RFC 8493): declaration, payload manifest, tag manifest, payload under data/.
 * Stricter than the standard: every payload and every tag file must be listed. A breach is E_BAG.
 */
import { fromUtf8 } from "../../formats/bytes.ts";
import type { Folder } from "./folder.ts";
import { demand } from "./refused.ts";

const declaration = /^BagIt-Version: 1\.0\r?\nTag-File-Character-Encoding: UTF-8\r?\n?$/;

/** Checks each bag under `archive/` (the archive itself, or one per phase) and says how many there are. */
export function checkArchive(folder: Folder): number {
  const files = folder.below("archive/");
  if (files.length === 0) return 0;
  const bags = files.includes("archive/bagit.txt")
    ? ["archive/"]
    : [...new Set(files.map((path) => `${path.split("/").slice(0, 2).join("/")}/`))];
  for (const bag of bags) checkBag(folder, bag);
  return bags.length;
}

function checkBag(folder: Folder, bag: string): void {
  const files = folder.below(bag).map((path) => path.slice(bag.length));
  const named = (name: string) => {
    demand(files.includes(name), "E_BAG", bag + name, "the bag has no such file");
    return readText(folder, bag + name);
  };
  demand(declaration.test(named("bagit.txt")), "E_BAG", `${bag}bagit.txt`, "not a BagIt 1.0 declaration in UTF-8");
  named("manifest-sha256.txt");
  named("tagmanifest-sha256.txt");
  const payload = files.filter((path) => path.startsWith("data/"));
  const tags = files.filter((path) => !path.startsWith("data/") && !/^tagmanifest-[a-z0-9]+\.txt$/.test(path));
  for (const path of files) {
    const manifest = /^(tag)?manifest-(sha256|sm3)\.txt$/.exec(path);
    if (manifest === null) continue;
    const algorithm = manifest[2] as "sha256" | "sm3";
    checkListing(folder, bag, { path, algorithm, covers: manifest[1] === "tag" ? tags : payload });
  }
  if (files.includes("bag-info.txt")) checkOxum(folder, bag, payload);
}

type Listing = { path: string; algorithm: "sha256" | "sm3"; covers: readonly string[] };

function checkListing(folder: Folder, bag: string, { path, algorithm, covers }: Listing): void {
  const where = bag + path;
  const listed = new Map<string, string>();
  for (const line of readText(folder, where).split(/\r?\n/)) {
    if (line === "") continue;
    const [, digest, name] = /^([0-9a-fA-F]{64})[ \t]+(\S.*)$/.exec(line) ?? [];
    demand(digest !== undefined && name !== undefined, "E_BAG", where, "a line is not a checksum and a path");
    const decoded = name
      .replace(/%0[aA]/g, "\n")
      .replace(/%0[dD]/g, "\r")
      .replace(/%25/g, "%");
    demand(!listed.has(decoded), "E_BAG", where, `${decoded} stands twice`);
    listed.set(decoded, digest.toLowerCase());
  }
  for (const name of covers) demand(listed.has(name), "E_BAG", bag + name, `${path} does not list this file`);
  for (const [name, digest] of listed) {
    demand(covers.includes(name), "E_BAG", bag + name, `${path} lists a file that is not there`);
    demand(folder.hash(bag + name, algorithm) === digest, "E_BAG", bag + name, `the file differs from ${path}`);
  }
}

/** Payload-Oxum, where given, counts bytes and files of the payload. */
function checkOxum(folder: Folder, bag: string, payload: readonly string[]): void {
  const stated = /^Payload-Oxum:[ \t]*([0-9]+\.[0-9]+)[ \t]*$/im.exec(readText(folder, `${bag}bag-info.txt`))?.[1];
  const bytes = payload.reduce((sum, path) => sum + folder.size(bag + path), 0);
  demand(
    stated === undefined || stated === `${bytes}.${payload.length}`,
    "E_BAG",
    `${bag}bag-info.txt`,
    "Payload-Oxum does not count the payload",
  );
}

function readText(folder: Folder, path: string): string {
  try {
    return fromUtf8(folder.read(path));
  } catch {
    demand(false, "E_BAG", path, "the file is not UTF-8");
  }
}
