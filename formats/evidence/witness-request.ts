/**
 * How a log asks a witness to cosign (C2SP tlog-witness, `POST /add-checkpoint`): the size that the
 * witness should have, the proof from there, and the note. Size 0 is the first time, without a proof.
 */
import { base64, fromBase64, fromHex, hex } from "../bytes.ts";

export type WitnessRequest = { old: number; hashes: string[]; note: string };

const hashesMax = 63;

export function witnessRequestText({ old, hashes, note }: WitnessRequest): string {
  return `old ${old}\n${hashes.map((hash) => `${base64(fromHex(hash))}\n`).join("")}\n${note}`;
}

/** The request, or undefined when it is malformed. What the note holds is judged elsewhere. */
export function readWitnessRequest(text: string): WitnessRequest | undefined {
  const blank = text.indexOf("\n\n");
  if (blank < 0) return undefined;
  const [first = "", ...lines] = text.slice(0, blank).split("\n");
  const digits = /^old (0|[1-9][0-9]*)$/.exec(first)?.[1];
  const hashes = lines.map(hashOf);
  if (digits === undefined || !Number.isSafeInteger(Number(digits)) || hashes.length > hashesMax) return undefined;
  if (!hashes.every((hash) => hash !== undefined)) return undefined;
  return { old: Number(digits), hashes, note: text.slice(blank + 2) };
}

function hashOf(line: string): string | undefined {
  try {
    const bytes = fromBase64(line);
    return bytes.length === 32 ? hex(bytes) : undefined;
  } catch {
    return undefined; // not canonical base64
  }
}
