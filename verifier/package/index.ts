/** The proof of a published package that lies on a disk. Node only; a browser takes `verifyFolder` and a held folder. */
import { DiskFolder } from "./disk-folder.ts";
import { type PackageOptions, type PackageVerdict, verifyFolder } from "./verify.ts";

export type { PackageFacts, PackageOptions, PackageVerdict } from "./verify.ts";

/** Verifies a folder, or `suite-1` and `suite-2` below it. @throws only when the folder cannot be read. */
export function verifyPackage(root: string, options: PackageOptions = {}): PackageVerdict {
  return verifyFolder(() => new DiskFolder(root), options);
}
