/**
 * The plaintext of a bid (seal-v1 §5): u32(len m) ‖ m ‖ files, m the list of names, sizes and hashes.
 * Its size follows from names and sizes alone, so a header can be made before any file is read.
 */
import { concat, fromUtf8, hex, u32, utf8 } from "../bytes.ts";
import { jcs, jcsText } from "../jcs.ts";
import type { Bytes, RunningHash, Suite } from "./group.ts";
import { type SealedFile, SIZE_MAX, textFits } from "./schemas.ts";

const FILES_MAX = 10000;
/** 10,000 rows with the longest names, every byte of them escaped, stay below this. */
const MANIFEST_MAX = 2 ** 25;

export interface NamedSize {
  name: string;
  size: number;
}

/** True when the names may stand in one bid: 1..10000, pairwise different, no path, no control character. */
export function filesAreLawful(files: readonly NamedSize[]): boolean {
  const names = new Set(files.map((file) => file.name));
  if (files.length < 1 || files.length > FILES_MAX || names.size !== files.length) return false;
  return files.every(({ name, size }) => isLawfulName(name) && Number.isSafeInteger(size) && size >= 0 && size <= SIZE_MAX);
}

/** Length in bytes of u32(len m) ‖ m. */
export function manifestLength(files: readonly NamedSize[]): number {
  const hash = "0".repeat(64);
  return manifestBytes(files.map(({ name, size }) => ({ name, size, hash }))).length;
}

/** u32(len m) ‖ m. */
export function manifestBytes(files: readonly SealedFile[]): Bytes {
  const manifest = jcs({ v: 1, files });
  return concat(u32(manifest.length), manifest);
}

/** Size of the whole plaintext. @throws RangeError when the files may not stand in one bid. */
export function containerSize(files: readonly NamedSize[]): number {
  if (!filesAreLawful(files)) throw new RangeError("the files of a bid need 1..10000 plain, different names");
  const size = files.reduce((sum, file) => sum + file.size, manifestLength(files));
  if (size > SIZE_MAX) throw new RangeError("a bid has at most 2^40 bytes");
  return size;
}

/** Checks a container while its plaintext passes by in order; keeps the manifest only. */
export class ContainerCheck {
  private readonly suite: Suite;
  private head = new Uint8Array(0);
  private files: SealedFile[] | undefined;
  private failed = false;
  private current = -1;
  private left = 0;
  private hash: RunningHash | undefined;

  constructor(suite: Suite) {
    this.suite = suite;
  }

  push(plaintext: Uint8Array): void {
    if (this.failed) return;
    if (this.files === undefined) {
      this.head = concat(this.head, plaintext);
      this.readManifest();
    } else {
      this.pass(plaintext);
    }
  }

  /** The files when all rules hold at the end of the plaintext, else undefined (E_MANIFEST). */
  end(): SealedFile[] | undefined {
    return this.failed || this.files === undefined || this.current !== this.files.length ? undefined : this.files;
  }

  private readManifest(): void {
    if (this.head.length < 4) return;
    const length = new DataView(this.head.buffer).getUint32(0);
    if (length > MANIFEST_MAX) this.failed = true;
    if (this.failed || this.head.length < 4 + length) return;
    this.files = parseManifest(this.head.subarray(4, 4 + length));
    if (this.files === undefined) this.failed = true;
    else {
      const rest = this.head.subarray(4 + length);
      this.head = new Uint8Array(0);
      this.next();
      this.pass(rest);
    }
  }

  private pass(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && !this.failed) {
      if (this.hash === undefined) this.failed = true;
      else {
        const piece = bytes.subarray(at, at + this.left);
        this.hash.update(piece);
        at += piece.length;
        this.left -= piece.length;
        if (this.left === 0) this.next();
      }
    }
  }

  /** Closes the current file and begins the next one that is not empty. */
  private next(): void {
    const files = this.files!;
    do {
      if (this.hash !== undefined && hex(this.hash.digest()) !== files[this.current]!.hash) this.failed = true;
      this.current++;
      this.left = files[this.current]?.size ?? 0;
      this.hash = this.current < files.length ? this.suite.newHash() : undefined;
    } while (this.left === 0 && this.current < files.length);
  }
}

/** The rows of a manifest, or undefined when it is not the canonical text of a lawful one. */
export function parseManifest(bytes: Uint8Array): SealedFile[] | undefined {
  try {
    const text = fromUtf8(bytes);
    const { files } = JSON.parse(text) as { files: SealedFile[] };
    const rows = files.map(({ name, size, hash }) => ({ name, size, hash }));
    // The canonical text of exactly these members equals the text, so the shape is closed and in one form.
    const isCanonical = utf8(jcsText({ v: 1, files: rows })).length === bytes.length && jcsText({ v: 1, files: rows }) === text;
    const areHashes = rows.every((row) => typeof row.hash === "string" && /^[0-9a-f]{64}$/.test(row.hash));
    return isCanonical && areHashes && filesAreLawful(rows) ? rows : undefined;
  } catch {
    return undefined;
  }
}

function isLawfulName(name: unknown): boolean {
  return textFits(name, 255) && !/[/\\\u0000-\u001f\u007f]/.test(name) && name !== "." && name !== "..";
}
