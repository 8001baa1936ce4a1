/**
 * Sign-in by phone: a page shows a code with a nonce in it; a phone that is signed in already approves it after its
 * person has compared two digits on both screens. The page proves with a secret of its own that it is the one.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { hex } from "../../../formats/bytes.ts";
import type { Random } from "../../kernel/index.ts";
import type { Pool } from "../../runtime/database/index.ts";
import { giveChallenge } from "./challenges.ts";

const lifeMs = 120_000;
const purpose = "phone";

interface Asked {
  verifierHash: string;
  digits: string;
  origin: string;
  personId?: string;
}

const hashOf = (verifier: string) => createHash("sha256").update(verifier).digest("hex");

export async function askPhone(pool: Pool, wish: { origin: string; machineNow: number; random: Random }) {
  const verifier = hex(wish.random.bytes(32));
  const digits = String((Buffer.from(wish.random.bytes(4)).readUInt32BE() % 90) + 10);
  const data = { verifierHash: hashOf(verifier), digits, origin: wish.origin };
  const { id, endsMs } = await giveChallenge(pool, { purpose, data, lifeMs, ...wish });
  return { id, verifier, digits, endsMs, qrText: `${wish.origin}/phone#${id}` };
}

/** What the phone shows before its person approves. */
export async function askedOf(pool: Pool, id: string, machineNow: number): Promise<{ origin: string } | undefined> {
  const asked = await find(pool, id, machineNow);
  return asked && asked.personId === undefined ? { origin: asked.origin } : undefined;
}

/** @param digits as read on the other screen. A wrong pair ends the request: nobody guesses on. */
export async function approveByPhone(
  pool: Pool,
  wish: { id: string; digits: string; personId: string; machineNow: number },
): Promise<boolean> {
  const asked = await find(pool, wish.id, wish.machineNow);
  if (!asked || asked.personId !== undefined) return false;
  if (asked.digits !== wish.digits) {
    await pool.query("DELETE FROM identity.challenge WHERE id = $1", [wish.id]);
    return false;
  }
  const { rowCount } = await pool.query(
    "UPDATE identity.challenge SET data = data || jsonb_build_object('personId', $2::text) WHERE id = $1 AND NOT data ? 'personId'",
    [wish.id, wish.personId],
  );
  return Boolean(rowCount);
}

/** The page asks whether it was approved: once with success, then never again. */
export async function signInByPhone(
  pool: Pool,
  wish: { id: string; verifier: string; machineNow: number },
): Promise<{ personId: string } | "waiting" | undefined> {
  const asked = await find(pool, wish.id, wish.machineNow);
  if (!asked || !timingSafeEqual(Buffer.from(hashOf(wish.verifier)), Buffer.from(asked.verifierHash))) return undefined;
  if (asked.personId === undefined) return "waiting";
  const { rowCount } = await pool.query("DELETE FROM identity.challenge WHERE id = $1", [wish.id]);
  return rowCount ? { personId: asked.personId } : undefined;
}

async function find(pool: Pool, id: string, machineNow: number): Promise<Asked | undefined> {
  const { rows } = await pool.query<{ data: Asked }>(
    "SELECT data FROM identity.challenge WHERE id = $1 AND purpose = $2 AND ends_ms >= $3",
    [id, purpose, machineNow],
  );
  return rows[0]?.data;
}
