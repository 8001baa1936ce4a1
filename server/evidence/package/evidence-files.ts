/**
 * The evidence of a trade in its package: `evidence/policy.json` and `evidence/NNN.bundle.json`, every
 * disclosed event of the trade under one witnessed head. The policy lies there so that the folder is whole;
 * a reader who trusts nobody takes it from elsewhere (evidence-v1 §5).
 */
import type { Pool } from "../../runtime/database/index.ts";
import { openingOf } from "../../trade/opening/index.ts";
import { type Platform, sealedPositions } from "../../trade/transaction/index.ts";
import type { Evidence } from "../evidence.ts";
import type { Level } from "./record-lines.ts";

interface EvidenceFilesWish {
  pool: Pool;
  platform: Platform;
  evidence: Evidence;
  lotId: string;
  level: Level;
  /** Positions of the events that the package shows. */
  shown: readonly number[];
}

/** Files by path; none where no witness is configured. */
export async function evidenceFiles({ evidence, shown, ...trade }: EvidenceFilesWish): Promise<Map<string, object>> {
  const policy = evidence.policy();
  if (!policy) return new Map();
  await evidence.settle();
  const positions = [...shown, ...(await positionsOfSealedActs(trade)), ...(await positionsOfFillerKeys(trade))];
  const bundles = await evidence.bundles({ positions, discloses: () => true, namesActor: () => true });
  const numbered = bundles.map((bundle, i) => [`evidence/${String(i + 1).padStart(3, "0")}.bundle.json`, bundle] as const);
  return new Map<string, object>([["evidence/policy.json", policy], ...numbered]);
}

/** "A public package holds no sealed items" (decisions §5); before the gate nobody's are disclosed to anybody. */
async function positionsOfSealedActs({ pool, platform, lotId, level }: Omit<EvidenceFilesWish, "evidence" | "shown">): Promise<number[]> {
  const opening = level === "audit" ? await openingOf(pool, lotId) : undefined;
  return opening?.closed ? sealedPositions(pool, platform, lotId) : [];
}

/** With these everybody recomputes which blinded entries of the trade's days were fillers (ADR 0032). */
async function positionsOfFillerKeys({ pool, lotId }: Pick<EvidenceFilesWish, "pool" | "lotId">): Promise<number[]> {
  const { rows } = await pool.query<{ position: string }>(
    `SELECT p.position FROM evidence.filler_day d JOIN record.event e ON e.stream = 'fillers/' || d.day JOIN record.position p ON p.event_id = e.id
     WHERE d.is_disclosed AND d.day >= (SELECT left(min(event::json ->> 'at'), 10) FROM record.event WHERE stream = $1)`,
    [lotId],
  );
  return rows.map(({ position }) => Number(position));
}
