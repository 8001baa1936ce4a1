/**
 * Hashes of the platform where it has them: Node's own code is several times faster than a script's.
 * In a browser there is none that takes piece after piece, so the caller falls back to its own.
 */
import type { RunningHash } from "./group.ts";

type Crypto = typeof import("node:crypto");

const crypto: Crypto | undefined = globalThis.process?.getBuiltinModule?.("node:crypto");
const names = new Set(crypto?.getHashes() ?? []);

/** A running hash of Node, or undefined outside Node or when this build of it lacks the hash. */
export function findNativeHash(name: "sha256" | "sm3"): RunningHash | undefined {
  return names.has(name) ? crypto?.createHash(name) : undefined;
}
