/**
 * The making side of `egret-package/v1` (decisions §5): a folder whose manifest names every other file
 * with size and hash, signed by the platform key. It must be made last, when no file changes any more.
 */
import { p256 } from "@noble/curves/nist.js";
import { concat, hex } from "./bytes.ts";
import { jcs, sha256 } from "./jcs.ts";

export type PackageFile = { size: number; sha256: string };
export type PackageManifest = {
  format: "egret-package/v1";
  /** Every other file of the folder, by its path with `/`, without a leading `./`. */
  files: Record<string, PackageFile>;
  key: string;
  sig: string;
};

/** Signs the bytes with ECDSA P-256 over SHA-256 of the message, r ‖ s. The key keeper of the platform may be another process. */
export type PackageSigner = { key: string; sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array> };

/** The manifest of a folder without `manifest.json` itself. @throws RangeError for a path that would lead out of the folder. */
export async function makeManifest(files: Record<string, PackageFile>, signer: PackageSigner): Promise<PackageManifest> {
  for (const path of Object.keys(files)) if (!isPackagePath(path)) throw new RangeError(`not a package path: ${path}`);
  const unsigned = { format: "egret-package/v1" as const, files, key: signer.key };
  return { ...unsigned, sig: hex(await signer.sign(packageMessage(unsigned))) };
}

/** "egret/v1 package\n" ‖ H(JCS(manifest without sig)) */
export function packageMessage(unsigned: Omit<PackageManifest, "sig">): Uint8Array<ArrayBuffer> {
  return concat("egret/v1 package\n", sha256(jcs(unsigned)));
}

export function packageFile(bytes: Uint8Array): PackageFile {
  return { size: bytes.length, sha256: hex(sha256(bytes)) };
}

/** A signer that holds the secret itself (32 bytes). */
export function packageSigner(secret: Uint8Array): PackageSigner {
  return { key: hex(p256.getPublicKey(secret, true)), sign: (message) => p256.sign(message, secret, { lowS: false }) };
}

/** Relative, with `/`, no empty, `.` or `..` part, no backslash or control character, and not the manifest itself. */
export function isPackagePath(path: string): boolean {
  const isClean = (part: string) => part !== "" && part !== "." && part !== ".." && !/[\\\u0000-\u001f\u007f]/.test(part);
  return path !== "manifest.json" && path.split("/").every(isClean);
}
