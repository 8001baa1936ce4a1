/**
 * The P-256 arithmetic of recovery (draw-v1 §3.5): points, interpolation at 0, the members' proofs,
 * and opening a sealed commit. Public values only, so that speed goes before constant time.
 */
import { gcm } from "@noble/ciphers/aes.js";
import { p256 } from "@noble/curves/nist.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 as noble256 } from "@noble/hashes/sha2.js";
import { concat, fromHex, hex, u8, u32 } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { Commit, Partial } from "./record.ts";

type Point = InstanceType<typeof p256.Point>;
const n = p256.Point.Fn.ORDER;

function read(text: string): Point | undefined {
  try {
    const point = p256.Point.fromHex(text);
    point.assertValidity();
    return point;
  } catch {
    return undefined;
  }
}

export function isPoint(text: string): boolean {
  return read(text) !== undefined;
}

/** The value at 0 of the polynomial through the members' points, compressed; undefined for infinity or bad points. */
export function groupKeyOf(rows: readonly (readonly [member: number, point: string])[]): string | undefined {
  let sum = p256.Point.ZERO;
  for (const [member, text] of rows) {
    const point = read(text);
    if (point === undefined) return undefined;
    sum = sum.add(
      point.multiplyUnsafe(
        weight(
          member,
          rows.map(([other]) => other),
        ),
      ),
    );
  }
  return sum.is0() ? undefined : sum.toHex(true);
}

/** λ_j = Π m/(m−j) mod n, as one fraction. */
function weight(member: number, members: readonly number[]): bigint {
  let numerator = 1n;
  let denominator = 1n;
  for (const other of members) {
    if (other === member) continue;
    numerator = (numerator * BigInt(other)) % n;
    denominator = (denominator * (n + BigInt(other - member))) % n;
  }
  return (numerator * power(denominator, n - 2n)) % n;
}

/** Fermat: the inverse of a modulo the prime n is a^(n−2). */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base % n, left = exponent; left > 0n; square = (square * square) % n, left >>= 1n) {
    if (left & 1n) result = (result * square) % n;
  }
  return result;
}

/** H("draw/v1 recover\n" ‖ H_plan ‖ u32(i)) is the context of a proof, the unhashed text the info of the key. */
function info(planHash: Uint8Array, i: number): Uint8Array {
  return concat("draw/v1 recover\n", planHash, u32(i));
}

/** The DLEQ proof of member j that D = x_j·R for Y_j = x_j·G. */
export function partialHolds(planHash: Uint8Array, commit: Commit, partial: Partial, memberKey: string): boolean {
  const [Y, R, D] = [read(memberKey), read(commit.sealed?.R ?? ""), read(partial.D)];
  const [c, z] = [BigInt(`0x${partial.c}`), BigInt(`0x${partial.z}`)];
  if (Y === undefined || R === undefined || D === undefined || c >= n || z >= n) return false;
  const A = p256.Point.BASE.multiplyUnsafe(z).add(Y.multiplyUnsafe(c).negate());
  const B = R.multiplyUnsafe(z).add(D.multiplyUnsafe(c).negate());
  if (A.is0() || B.is0()) return false;
  const points = [Y, R, D, A, B].map((point) => point.toBytes(true));
  const challenge = sha256("seal/v1 dleq\n", sha256(info(planHash, partial.i)), u8(partial.member), ...points);
  return BigInt(`0x${hex(challenge)}`) % n === c;
}

/** s_i from a sealed commit and the combined point, or undefined: rubbish was sealed (BAD_RECOVERY). */
export function openSealed(planHash: Uint8Array, commit: Commit, combined: string): Uint8Array | undefined {
  const { R, ct } = commit.sealed ?? { R: "", ct: "" };
  const key = hkdf(noble256, fromHex(combined), fromHex(R), info(planHash, commit.i), 32);
  const additional = concat(planHash, u32(commit.i), fromHex(commit.c));
  try {
    const plain = gcm(key, new Uint8Array(12), additional).decrypt(fromHex(ct));
    return commitOpens(planHash, commit, plain) ? plain.slice(0, 32) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether s ‖ rho opens the commit's c. */
export function commitOpens(planHash: Uint8Array, commit: Pick<Commit, "i" | "c">, secrets: Uint8Array): boolean {
  return hex(sha256("draw/v1 commit\n", planHash, u32(commit.i), secrets)) === commit.c;
}
