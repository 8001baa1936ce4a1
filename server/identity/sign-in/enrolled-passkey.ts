/**
 * A passkey that the registrar enrolled signs acts, and is its person's way in as well: whoever has no certificate could
 * not register one by themselves, because that takes a strong sign-in.
 */
import { p256 } from "@noble/curves/nist.js";
import type { Transaction } from "../../runtime/database/index.ts";

export async function admitPasskey(
  tx: Transaction,
  personId: string,
  { serial, publicKey, now }: { serial: string; publicKey: string; now: number },
): Promise<void> {
  await tx.query(
    "INSERT INTO identity.passkey (id, person_id, public_key, counter, label, created_ms) VALUES ($1, $2, $3, 0, $4, $5) ON CONFLICT DO NOTHING",
    [serial, personId, coseKeyOf(publicKey), "登记处登记的通行密钥", now],
  );
}

/** {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} (RFC 9052 §7). */
function coseKeyOf(publicKey: string): Buffer {
  const point = p256.Point.fromHex(publicKey).toBytes(false);
  const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
  return Buffer.concat([head, point.subarray(1, 33), Buffer.from([0x22, 0x58, 0x20]), point.subarray(33)]);
}
