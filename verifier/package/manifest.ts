/**
 * manifest.json of `egret-package/v1`: it lists every other file with size and hash, and is signed.
 * An unlisted, missing or changed file is E_PACKAGE; a signature that does not hold, or a key that the
 * reader does not trust, is E_MANIFEST_SIG.
 */
import { p256 } from "@noble/curves/nist.js";
import { concat, fromHex } from "../../formats/bytes.ts";
import { jcs, sha256 } from "../../formats/jcs.ts";
import { readIJson, type Value } from "../i-json.ts";
import { closed, hexOf, integer, isObject, oneOf, type Shape } from "../shapes.ts";
import type { Folder } from "./folder.ts";
import { demand } from "./refused.ts";

export type Manifest = { files: Record<string, { size: number; sha256: string }>; key: string; sig: string };

const name = "manifest.json";
const file = closed({ size: integer(0), sha256: hexOf(32) });
const files: Shape = (value) => isObject(value) && Object.entries(value).every(([path, entry]) => isInside(path) && file(entry));
const shape = closed({ format: oneOf("egret-package/v1"), files, key: hexOf(33), sig: hexOf(64) });

/** The manifest, once it and all files of the folder have been found whole. */
export function checkManifest(folder: Folder, trustedKeys: readonly string[] | undefined): Manifest {
  demand(folder.has(name), "E_PACKAGE", name, "the folder has no manifest");
  const value = readIJson(folder.read(name));
  demand(value !== undefined && shape(value), "E_PACKAGE", name, "the manifest is not an egret-package/v1");
  const manifest = value as unknown as Manifest;
  demand(signatureHolds(value, manifest), "E_MANIFEST_SIG", name, "the signature of the manifest does not hold");
  const isTrusted = trustedKeys === undefined || trustedKeys.includes(manifest.key);
  demand(isTrusted, "E_MANIFEST_SIG", name, "the manifest is signed by a key that is not in the trust file");
  checkFiles(folder, manifest);
  return manifest;
}

function signatureHolds(value: Value, { key, sig }: Manifest): boolean {
  const { sig: _, ...unsigned } = value as { [name: string]: Value };
  try {
    return p256.verify(fromHex(sig), concat("egret/v1 package\n", sha256(jcs(unsigned))), fromHex(key), { lowS: false });
  } catch {
    return false; // the key is no point of the curve
  }
}

function checkFiles(folder: Folder, { files: listed }: Manifest): void {
  for (const path of folder.paths) {
    demand(path === name || Object.hasOwn(listed, path), "E_PACKAGE", path, "the manifest does not list this file");
  }
  for (const [path, { size, sha256: expected }] of Object.entries(listed)) {
    demand(folder.has(path), "E_PACKAGE", path, "the file is missing");
    demand(folder.size(path) === size, "E_PACKAGE", path, "the file has another size than the manifest says");
    demand(folder.hash(path) === expected, "E_PACKAGE", path, "the file has been changed");
  }
}

function isInside(path: string): boolean {
  return (
    path !== name && path.split("/").every((part) => part !== "" && part !== "." && part !== ".." && !/[\\\u0000-\u001f\u007f]/.test(part))
  );
}
