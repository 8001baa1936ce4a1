/** A package that is held in memory, as a browser has it after files were dropped. Uses no Node module. */
import { hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import { sm3 } from "../seal/index.ts";
import type { Folder } from "./folder.ts";
import { demand } from "./refused.ts";

export class HeldFolder implements Folder {
  readonly paths: readonly string[];
  readonly #files: ReadonlyMap<string, Uint8Array>;

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.#files = files;
    this.paths = [...files.keys()].sort();
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  below(prefix: string): string[] {
    return this.paths.filter((path) => path.startsWith(prefix));
  }

  read(path: string): Uint8Array {
    const bytes = this.#files.get(path);
    demand(bytes !== undefined, "E_PACKAGE", path, "the file is missing");
    return bytes;
  }

  size(path: string): number {
    return this.read(path).length;
  }

  hash(path: string, algorithm: "sha256" | "sm3" = "sha256"): string {
    return hex(algorithm === "sm3" ? sm3(this.read(path)) : sha256(this.read(path)));
  }

  inner(path: string): HeldFolder {
    const below = this.below(`${path}/`);
    return new HeldFolder(new Map(below.map((name) => [name.slice(path.length + 1), this.read(name)])));
  }
}
