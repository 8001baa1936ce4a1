/** The second factor beside a password: codes of six digits by time (RFC 6238, HMAC-SHA-1, steps of 30 s), each good once. */
import { createHmac, timingSafeEqual } from "node:crypto";

const stepMs = 30_000;

export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac[19] ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The step whose code this is, one step early or late included; undefined when it is none, or was used already. */
export function stepOfCode(secret: Uint8Array, code: string, at: { machineNow: number; lastStep: number }): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const now = Math.floor(at.machineNow / stepMs);
  return [now - 1, now, now + 1].find(
    (step) => step > at.lastStep && timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code)),
  );
}

/** RFC 4648 base 32, as authenticator apps take it. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}
