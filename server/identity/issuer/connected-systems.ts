/**
 * Which systems may use our sign-in: data of the record. Each admission, change or removal is proposed by one person and
 * released by another, and counts from then on (trading-system-access.md §1; roles.md §3, four eyes).
 */
import { type Static, Type } from "@sinclair/typebox";
import type { Json } from "../../../formats/jcs.ts";
import { type Refusal, refuse } from "../../kernel/index.ts";
import type { EventData, View } from "../../record/index.ts";
import type { Queryable, Transaction } from "../../runtime/database/index.ts";

/** A connected system, as two persons admitted it. */
export interface ConnectedSystem {
  systemCode: string;
  redirectUris: readonly string[];
  backchannelLogoutUri: string;
  /** P-256 public keys (JWK) with which the system signs for itself. */
  keys: readonly Record<string, unknown>[];
}

const address = (title: string) =>
  Type.String({ title, pattern: "^https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/[A-Za-z0-9._/-]*$", maxLength: 256 });
const coordinate = Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" });
const key = Type.Object(
  {
    kty: Type.Literal("EC"),
    crv: Type.Literal("P-256"),
    x: coordinate,
    y: coordinate,
    kid: Type.String({ minLength: 1, maxLength: 64 }),
    alg: Type.Optional(Type.Literal("ES256")),
    use: Type.Optional(Type.Literal("sig")),
  },
  { additionalProperties: false, title: "公钥（JWK）" },
);
const systemSchema = Type.Object(
  {
    redirectUris: Type.Array(address("回调地址"), { title: "回调地址", minItems: 1, maxItems: 8 }),
    backchannelLogoutUri: address("退出通知地址"),
    keys: Type.Array(key, { title: "系统公钥", minItems: 1, maxItems: 4 }),
  },
  { additionalProperties: false, title: "系统" },
);

export const systemProposalSchema = Type.Object(
  {
    systemCode: Type.String({ title: "系统代码", pattern: "^[a-z][a-z0-9-]{1,31}$" }),
    /** Null takes the system off. */
    system: Type.Union([systemSchema, Type.Null()], { title: "系统（空为停用）" }),
    reason: Type.String({ title: "事由", minLength: 2, maxLength: 400 }),
  },
  { additionalProperties: false },
);

export const systemReleaseSchema = Type.Object({ version: Type.Integer({ title: "版本", minimum: 1 }) }, { additionalProperties: false });

const stream = "connected-systems";

interface Changing {
  tx: Transaction;
  actor: { personId: string };
  platform: { readonly sandbox: boolean };
  append(stream: string, type: string, data: EventData): Promise<unknown>;
}

export async function proposeSystem(context: Changing, data: Static<typeof systemProposalSchema>): Promise<Refusal | { version: number }> {
  const open = [...(data.system?.redirectUris ?? []), data.system?.backchannelLogoutUri ?? ""].filter((uri) => uri.startsWith("http:"));
  if (open.length > 0 && !context.platform.sandbox) {
    return refuse("system.not-https", {
      message: "接入系统的地址须使用 https。",
      messageEn: "The addresses of a connected system use https.",
      data: { addresses: open },
    });
  }
  const { rows } = await context.tx.query<{ last: number | null }>("SELECT max(version) AS last FROM identity.connected_system");
  const version = (rows[0]?.last ?? 0) + 1;
  await context.append(stream, "sys.proposed", {
    version,
    systemCode: data.systemCode,
    system: data.system as Json,
    reason: data.reason,
    by: context.actor.personId,
  });
  return { version };
}

/** The second person. Only the newest proposal can be released: what it replaces has lapsed. */
export async function releaseSystem(
  context: Changing,
  { version }: Static<typeof systemReleaseSchema>,
): Promise<Refusal | { version: number; systemCode: string }> {
  const { rows } = await context.tx.query<{ version: number; system_code: string; proposed_by: string; released_by: string | null }>(
    "SELECT version, system_code, proposed_by, released_by FROM identity.connected_system ORDER BY version DESC LIMIT 1",
  );
  const last = rows[0];
  if (!last || last.version !== version || last.released_by !== null) {
    return refuse("system.no-proposal", {
      message: "没有等待复核的这一版本。",
      messageEn: "No proposal of this version waits for release.",
      data: { version },
    });
  }
  if (last.proposed_by === context.actor.personId) {
    return refuse("system.second-person", {
      message: "接入系统的变更须由提出人以外的另一人复核。",
      messageEn: "A change of the connected systems is released by another person than the one who proposed it.",
      data: { version },
      whatToDo: "请由另一名有权人员复核。",
    });
  }
  await context.append(stream, "sys.released", { version, by: context.actor.personId });
  return { version, systemCode: last.system_code };
}

/** The systems that may use our sign-in now. */
export async function connectedSystems(db: Queryable): Promise<readonly ConnectedSystem[]> {
  const { rows } = await (db as Transaction).query<{ system_code: string; system: Omit<ConnectedSystem, "systemCode"> | null }>(
    `SELECT DISTINCT ON (system_code) system_code, system FROM identity.connected_system
     WHERE released_by IS NOT NULL ORDER BY system_code, version DESC`,
  );
  return rows.flatMap(({ system_code: systemCode, system }) => (system ? [{ ...system, systemCode }] : []));
}

export const connectedSystemsView: View = {
  name: "identity.connected-systems",
  tables: ["identity.connected_system"],
  on: {
    "sys.proposed": async (tx, { data }) => {
      await tx.query("INSERT INTO identity.connected_system (version, system_code, system, proposed_by) VALUES ($1, $2, $3, $4)", [
        data.version,
        data.systemCode,
        data.system === null ? null : JSON.stringify(data.system),
        data.by,
      ]);
    },
    "sys.released": async (tx, { data }) => {
      await tx.query("UPDATE identity.connected_system SET released_by = $2 WHERE version = $1", [data.version, data.by]);
    },
  },
};
