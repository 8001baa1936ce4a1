/**
 * One question to one witness (C2SP tlog-witness): here is the head, here is the proof from what you
 * hold. Its line is believed only when its signature holds under the key that was configured for it.
 * Must never take a refusal for an outage: a witness that refuses may have seen another history.
 */
import {
  type ConsistencyProof,
  cosignatureTime,
  lineIsOf,
  readNote,
  readSignatureLine,
  type VerifierKey,
  witnessRequestText,
} from "../../../formats/evidence/index.ts";

/** Where a witness listens and what its key is. */
export interface WitnessAddress {
  key: VerifierKey;
  url: string;
}

export type WitnessAnswer =
  | { how: "cosigned"; line: string; signedAt: number }
  /** The witness holds another size than we thought. */
  | { how: "elsewhere"; size: number }
  | { how: "refused"; status: number; why: string }
  | { how: "silent"; why: string };

export interface WitnessQuestion {
  old: number;
  /** Undefined when the witness has nothing yet. */
  proof: ConsistencyProof | undefined;
  note: string;
}

const answerMsMax = 5_000;
const refusals = [400, 403, 404, 422];

export async function askWitness({ key, url }: WitnessAddress, { old, proof, note }: WitnessQuestion): Promise<WitnessAnswer> {
  const body = witnessRequestText({ old, hashes: proof?.hashes ?? [], note });
  try {
    const signal = AbortSignal.timeout(answerMsMax);
    const answer = await fetch(`${url}/add-checkpoint`, { method: "POST", body, redirect: "error", signal });
    const text = await answer.text();
    if (answer.status === 200) return readLine(text, note, key);
    if (answer.status === 409 && /^[0-9]+\n?$/.test(text)) return { how: "elsewhere", size: Number(text) };
    return refusals.includes(answer.status)
      ? { how: "refused", status: answer.status, why: text.trim() }
      : { how: "silent", why: `status ${answer.status}` };
  } catch (error) {
    return { how: "silent", why: error instanceof Error ? error.message : String(error) };
  }
}

/** How many alarms a witness keeps by its own door; undefined when it does not answer. */
export async function countAlarms({ url }: WitnessAddress): Promise<number | undefined> {
  try {
    const answer = await fetch(`${url}/status`, { redirect: "error", signal: AbortSignal.timeout(answerMsMax) });
    const { alarms } = (await answer.json()) as { alarms: unknown };
    return Number.isSafeInteger(alarms) ? (alarms as number) : undefined;
  } catch {
    return undefined;
  }
}

function readLine(text: string, note: string, key: VerifierKey): WitnessAnswer {
  const body = readNote(note)?.body ?? "";
  const line = text.endsWith("\n") ? readSignatureLine(text.slice(0, -1)) : undefined;
  const t = line && lineIsOf(line, key) ? cosignatureTime(body, line, key) : undefined;
  if (t === undefined) return { how: "refused", status: 200, why: "the line does not hold under the witness's key" };
  return { how: "cosigned", line: text, signedAt: Number(t) };
}
