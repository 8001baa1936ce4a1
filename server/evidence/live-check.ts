/**
 * The running house held against what it cannot take back: record, log and tiles from position 0, the head in the
 * key folder, and the heads that the witnesses keep for themselves. What `verify -- --live` prints and the standing
 * self-check acts on. It finds whatever a superuser of the database changed up to the last witnessed head; what is
 * younger is covered by receipts in other hands. It changes nothing.
 */
import { hex } from "../../formats/bytes.ts";
import { judgeHead, logIdOf, readNote, type VerifierKey } from "../../formats/evidence/index.ts";
import { checkRecord, type Queryable } from "../record/index.ts";
import { auditLog } from "./log/audit.ts";
import type { SignedHead } from "./log/log-keys.ts";
import type { TileFolder } from "./log/tile-folder.ts";
import type { WitnessAddress } from "./witnessing/ask-witness.ts";

export interface LiveParts {
  db: Queryable;
  /** From the key folder. */
  head: SignedHead | undefined;
  tiles: TileFolder;
  logKey: VerifierKey;
  witnesses: { addresses: readonly WitnessAddress[]; k: number } | undefined;
}

/** What a witness holds for itself, by its own door. */
export interface HeldHead {
  name: string;
  /** Undefined when it holds nothing, or nothing that our key signed. */
  head: { size: number; root: string } | undefined;
}

export interface LiveCheck {
  events: number;
  leaves: number;
  witnesses: readonly HeldHead[];
  /** Up to here k witnesses hold a head; 0 for none. */
  witnessed: number;
  fault: { position: number; reason: string } | null;
}

const answerMsMax = 5_000;

export async function checkLive({ db, head, tiles, logKey, witnesses }: LiveParts): Promise<LiveCheck> {
  const held = await Promise.all((witnesses?.addresses ?? []).map((witness) => heldBy(witness, logKey)));
  const record = await checkRecord(db);
  const log = await auditLog({ db, head, tiles, witnessed: held.flatMap((one) => one.head ?? []) });
  const sizes = held.map((one) => one.head?.size ?? 0).sort((a, b) => b - a);
  return {
    events: record.events,
    leaves: log.leaves,
    witnesses: held,
    witnessed: witnesses ? (sizes[witnesses.k - 1] ?? 0) : 0,
    fault: record.fault ?? log.fault,
  };
}

/** A silent witness says nothing against us, and nothing for us. */
async function heldBy({ key: { name }, url }: WitnessAddress, logKey: VerifierKey): Promise<HeldHead> {
  try {
    const answer = await fetch(`${url}/heads/${logIdOf(logKey.name)}`, { redirect: "error", signal: AbortSignal.timeout(answerMsMax) });
    const text = answer.ok ? await answer.text() : "";
    const note = readNote(text);
    const isOurs = note !== undefined && judgeHead(text, { origin: logKey.name, logKeys: [logKey] }).ok;
    return { name, head: isOurs ? { size: note.size, root: hex(note.root) } : undefined };
  } catch {
    return { name, head: undefined };
  }
}
