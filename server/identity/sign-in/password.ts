/**
 * A password never stands alone: it comes with a code of a second factor, and staff and experts have none at all
 * (decisions §7). Unknown account, wrong password and wrong code are one answer that takes one time.
 */
import { createCipheriv, createDecipheriv, scrypt, timingSafeEqual } from "node:crypto";
import { type Instant, instantText, type Random, type Refusal, refuse } from "../../kernel/index.ts";
import type { Pool } from "../../runtime/database/index.ts";
import type { Role } from "../role.ts";
import { isWeakPassword } from "./common-passwords.ts";
import { countFailure, forgetFailures, waitFor } from "./failures.ts";
import { base32, stepOfCode } from "./one-time-code.ts";

const allowed: readonly Role[] = ["buyer", "agent", "bidder", "guarantor"];

export interface PasswordTry {
  login: string;
  password: string;
  code: string;
  /** What tells devices apart: the address, as the edge knows it. */
  device: string;
  machineNow: number;
}

/** @returns the secret of the second factor, once, for the person's authenticator. */
export async function setPassword(
  pool: Pool,
  wish: { personId: string; login: string; password: string; now: Instant; random: Random },
): Promise<Refusal | { secret: string }> {
  const { personId, login, password, random } = wish;
  const { rows } = await pool.query<{ role: Role }>(
    "SELECT role FROM identity.membership WHERE person_id = $1 AND (valid_to IS NULL OR valid_to > $2)",
    [personId, instantText(wish.now)],
  );
  if (rows.length === 0 || rows.some(({ role }) => !allowed.includes(role))) {
    return refuse("auth.no-password", {
      message: "工作人员与评标专家不使用口令，请用证书或通行密钥登录。",
      messageEn: "Staff and experts have no password; use a certificate or a passkey.",
      data: {},
    });
  }
  if (isWeakPassword(password, login)) {
    return refuse("auth.password-weak", {
      message: "口令太弱：至少十二位，且不得由常用口令或登录名构成。",
      messageEn: "The password is too weak: twelve characters or more, not made of a common one or of the login.",
      data: {},
    });
  }
  const salt = random.bytes(16);
  const secret = random.bytes(20);
  const { rowCount } = await pool
    .query(
      `INSERT INTO identity.password (person_id, login, salt, hash, second) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (person_id) DO UPDATE SET login = $2, salt = $3, hash = $4, second = $5, last_step = 0
     WHERE NOT EXISTS (SELECT 1 FROM identity.password p WHERE p.login = $2 AND p.person_id <> $1)`,
      [personId, login, salt, await hashOf(password, salt), await sealSecond(pool, personId, secret, random)],
    )
    .catch((error: { code?: string }) => (error.code === "23505" ? { rowCount: 0 } : Promise.reject(error)));
  if (!rowCount) return refuse("auth.login-taken", { message: "登录名已被使用。", messageEn: "This login is taken.", data: {} });
  return { secret: base32(secret) };
}

/** The person, or how long to wait, or nothing. */
export async function signInByPassword(pool: Pool, attempt: PasswordTry): Promise<{ personId: string } | { waitMs: number } | undefined> {
  const { login, password, code, device, machineNow } = attempt;
  const keys = [`login:${login}`, `device:${device}`];
  const waitMs = await waitFor(pool, keys, machineNow);
  if (waitMs > 0) return { waitMs };
  const { rows } = await pool.query<{ person_id: string; salt: Buffer; hash: Buffer; second: Buffer; last_step: string; key: Buffer }>(
    "SELECT p.person_id, p.salt, p.hash, p.second, p.last_step, k.key FROM identity.password p JOIN identity.vault_key k USING (person_id) WHERE p.login = $1",
    [login],
  );
  const row = rows[0];
  // An unknown login costs the same work as a known one.
  const hash = await hashOf(password, row?.salt ?? Buffer.alloc(16));
  const isPassword = timingSafeEqual(hash, row?.hash ?? Buffer.alloc(32));
  const step = row && stepOfCode(openSecond(row.second, row.key), code, { machineNow, lastStep: Number(row.last_step) });
  if (!row || !isPassword || step === undefined || !(await spendStep(pool, row.person_id, step))) {
    await countFailure(pool, keys, machineNow);
    return undefined;
  }
  await forgetFailures(pool, `login:${login}`);
  return { personId: row.person_id };
}

/** A code is good once, also for two who come at the same time. */
async function spendStep(pool: Pool, personId: string, step: number): Promise<boolean> {
  const { rowCount } = await pool.query("UPDATE identity.password SET last_step = $2 WHERE person_id = $1 AND last_step < $2", [
    personId,
    step,
  ]);
  return Boolean(rowCount);
}

function hashOf(password: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password.normalize("NFKC"), salt, 32, { N: 32_768, r: 8, p: 1, maxmem: 64 << 20 }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}

async function sealSecond(pool: Pool, personId: string, secret: Uint8Array, random: Random): Promise<Buffer> {
  const { rows } = await pool.query<{ key: Buffer }>("SELECT key FROM identity.vault_key WHERE person_id = $1", [personId]);
  if (!rows[0]) throw new Error(`${personId} has no vault key`);
  const nonce = random.bytes(12);
  const cipher = createCipheriv("aes-256-gcm", rows[0].key, nonce).setAAD(Buffer.from("egret/v1 second factor"));
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
}

function openSecond(sealed: Buffer, key: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12)).setAAD(Buffer.from("egret/v1 second factor"));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}
