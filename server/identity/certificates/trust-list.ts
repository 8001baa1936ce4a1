/**
 * The trust list: which authorities are recognised, for which uses, from when. It is data of the record: each
 * version is proposed by one person and released by another, from a future or present instant on; a signature
 * is judged by the version in force when it was made (证书互认; security.md §10).
 */
import { type Static, Type } from "@sinclair/typebox";
import { type Instant, instantText, type Refusal, refuse } from "../../kernel/index.ts";
import type { EventData, View } from "../../record/index.ts";
import type { Queryable, Transaction } from "../../runtime/database/index.ts";
import type { TrustRow } from "./certificate-status.ts";

const base64Der = Type.String({ title: "证书（DER，Base64）", minLength: 64, maxLength: 8192, pattern: "^[A-Za-z0-9+/]+=*$" });

export const trustRowSchema = Type.Object(
  {
    caId: Type.String({ title: "认证机构代码", pattern: "^[a-z][a-z0-9-]{1,31}$" }),
    rootDer: base64Der,
    issuingDer: Type.Array(base64Der, { title: "签发证书", minItems: 1, maxItems: 8 }),
    crlUrl: Type.String({ title: "吊销列表地址", pattern: "^https?://[a-z0-9.-]+(?::[0-9]+)?/[A-Za-z0-9._/-]*$", maxLength: 256 }),
    ocspUrl: Type.Optional(
      Type.String({ title: "状态查询地址", pattern: "^https?://[a-z0-9.-]+(?::[0-9]+)?/[A-Za-z0-9._/-]*$", maxLength: 256 }),
    ),
    uses: Type.Array(Type.Union([Type.Literal("sign"), Type.Literal("seal")]), { title: "用途", minItems: 1, maxItems: 2 }),
  },
  { additionalProperties: false, title: "认证机构" },
);

export const trustProposalSchema = Type.Object(
  {
    rows: Type.Array(trustRowSchema, { title: "信任列表", minItems: 1, maxItems: 64 }),
    reason: Type.String({ title: "变更理由", minLength: 2, maxLength: 400 }),
    effectiveFrom: Type.String({ title: "生效时间", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$" }),
  },
  { additionalProperties: false },
);

export const trustReleaseSchema = Type.Object({ version: Type.Integer({ title: "版本", minimum: 1 }) }, { additionalProperties: false });

export const trustStream = "trust-list";

interface Changing {
  tx: Transaction;
  now: Instant;
  actor: { personId: string };
  append(stream: string, type: string, data: EventData): Promise<unknown>;
}

/** First version, by the operators who found the platform. */
export async function foundTrustList(context: Omit<Changing, "actor">, rows: readonly TrustRow[]): Promise<void> {
  await context.append(trustStream, "trl.founded", { version: 1, rows: rows.map(plain), effectiveFrom: instantText(context.now) });
}

export async function proposeTrustList(
  context: Changing,
  data: Static<typeof trustProposalSchema>,
): Promise<Refusal | { version: number }> {
  if (data.effectiveFrom < instantText(context.now)) {
    return refuse("trust.not-backwards", {
      message: "信任列表不能追溯生效。",
      messageEn: "A trust list never takes effect in the past.",
      data: { effectiveFrom: data.effectiveFrom },
    });
  }
  const { rows } = await context.tx.query<{ last: number | null }>("SELECT max(version) AS last FROM identity.trust_list");
  const version = (rows[0]?.last ?? 0) + 1;
  await context.append(trustStream, "trl.proposed", {
    version,
    rows: data.rows.map(plain),
    reason: data.reason,
    effectiveFrom: data.effectiveFrom,
    by: context.actor.personId,
  });
  return { version };
}

/** The second person. A proposal whose instant has passed meanwhile takes effect at its release. */
export async function releaseTrustList(
  context: Changing,
  { version }: Static<typeof trustReleaseSchema>,
): Promise<Refusal | { version: number; effectiveFrom: string }> {
  const { rows } = await context.tx.query<{ version: number; proposed_by: string; effective_from: string; released_by: string | null }>(
    "SELECT version, proposed_by, effective_from, released_by FROM identity.trust_list ORDER BY version DESC LIMIT 1",
  );
  const last = rows[0];
  if (!last || last.version !== version || last.released_by !== null) {
    return refuse("trust.no-proposal", {
      message: "没有等待复核的这一版本。",
      messageEn: "No proposal of this version waits for release.",
      data: { version },
    });
  }
  if (last.proposed_by === context.actor.personId) {
    return refuse("trust.second-person", {
      message: "信任列表的变更须由提出人以外的另一人复核。",
      messageEn: "A change of the trust list is released by another person than the one who proposed it.",
      data: { version },
      whatToDo: "请由另一名有权人员复核。",
    });
  }
  const now = instantText(context.now);
  // biome-ignore lint/complexity/useMathMinMax: instants on the wire are text.
  const effectiveFrom = last.effective_from > now ? last.effective_from : now;
  await context.append(trustStream, "trl.released", { version, by: context.actor.personId, effectiveFrom });
  return { version, effectiveFrom };
}

export async function hasTrustList(db: Queryable): Promise<boolean> {
  const { rows } = await (db as Transaction).query("SELECT 1 FROM identity.trust_list WHERE released_by IS NOT NULL LIMIT 1");
  return rows.length > 0;
}

/** The rows in force at an instant; none when no version was released by then. */
export async function trustRowsAt(db: Queryable, at: string): Promise<readonly TrustRow[]> {
  const { rows } = await (db as Transaction).query<{ rows: TrustRow[] }>(
    "SELECT rows FROM identity.trust_list WHERE released_by IS NOT NULL AND effective_from <= $1 ORDER BY version DESC LIMIT 1",
    [at],
  );
  return rows[0]?.rows ?? [];
}

function plain({ caId, rootDer, issuingDer, crlUrl, ocspUrl, uses }: TrustRow) {
  return { caId, rootDer, issuingDer: [...issuingDer], crlUrl, ...(ocspUrl === undefined ? {} : { ocspUrl }), uses: [...uses] };
}

export const trustListView: View = {
  name: "identity.trust-list",
  tables: ["identity.trust_list"],
  on: {
    "trl.founded": async (tx, { data }) => {
      await tx.query(
        "INSERT INTO identity.trust_list (version, rows, proposed_by, released_by, effective_from) VALUES ($1, $2, 'founding', 'founding', $3)",
        [data.version, JSON.stringify(data.rows), data.effectiveFrom],
      );
    },
    "trl.proposed": async (tx, { data }) => {
      await tx.query("INSERT INTO identity.trust_list (version, rows, proposed_by, effective_from) VALUES ($1, $2, $3, $4)", [
        data.version,
        JSON.stringify(data.rows),
        data.by,
        data.effectiveFrom,
      ]);
    },
    "trl.released": async (tx, { data }) => {
      await tx.query("UPDATE identity.trust_list SET released_by = $2, effective_from = $3 WHERE version = $1", [
        data.version,
        data.by,
        data.effectiveFrom,
      ]);
    },
  },
};
