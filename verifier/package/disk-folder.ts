/**
 * A package as it lies on a disk. Reads only, follows no link, and takes nothing but plain files and
 * folders: whatever else lies there is refused, because a manifest cannot vouch for it.
 */
import { createHash } from "node:crypto";
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Folder } from "./folder.ts";
import { demand } from "./refused.ts";

export class DiskFolder implements Folder {
  readonly root: string;
  readonly paths: readonly string[];

  constructor(root: string) {
    this.root = root;
    this.paths = [...filesBelow(root, "")].sort();
  }

  has(path: string): boolean {
    return this.paths.includes(path);
  }

  below(prefix: string): string[] {
    return this.paths.filter((path) => path.startsWith(prefix));
  }

  read(path: string): Uint8Array {
    return readFileSync(join(this.root, path));
  }

  size(path: string): number {
    return lstatSync(join(this.root, path)).size;
  }

  /** The hash of a file in 1 MiB steps: bodies of bids may be larger than memory allows. */
  hash(path: string, algorithm: "sha256" | "sm3" = "sha256"): string {
    const hash = createHash(algorithm);
    const file = openSync(join(this.root, path), "r");
    const piece = new Uint8Array(1024 * 1024);
    try {
      for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) hash.update(piece.subarray(0, length));
    } finally {
      closeSync(file);
    }
    return hash.digest("hex");
  }

  inner(path: string): DiskFolder {
    return new DiskFolder(join(this.root, path));
  }
}

function* filesBelow(root: string, prefix: string): Generator<string> {
  for (const entry of readdirSync(join(root, prefix), { withFileTypes: true })) {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) {
      yield* filesBelow(root, path);
      continue;
    }
    demand(entry.isFile(), "E_PACKAGE", path, "neither a plain file nor a folder");
    yield path;
  }
}
