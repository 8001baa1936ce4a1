/** The proof of a published package. Node only: it reads a folder. */
export { type PackageFacts, type PackageOptions, type PackageVerdict, verifyPackage } from "./verify.ts";
