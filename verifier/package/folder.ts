/**
 * A package as its proof reads it: files by path. Where they lie is not its business — a disk for the command
 * line, the memory of a browser for the verify page — so that both are proven by the same code.
 */
export interface Folder {
  /** Every file by its path with `/`, ascending. */
  readonly paths: readonly string[];
  has(path: string): boolean;
  /** Files directly or deeper below a folder such as `draw/`. */
  below(prefix: string): string[];
  read(path: string): Uint8Array;
  size(path: string): number;
  hash(path: string, algorithm?: "sha256" | "sm3"): string;
  /** A package inside this one. */
  inner(path: string): Folder;
}
