/**
 * A checkpoint note, read and judged (evidence-v1 §4; §9 steps 4 to 8). The parser walks lines with its
 * own rules and shares nothing with the log that wrote them.
 */
import { hex, utf8 } from "../../formats/bytes.ts";
import { signatureHolds } from "../draw/ed25519.ts";
import { demand } from "./codes.ts";
import { canonicalBase64, isName, type Key, type Policy } from "./policy.ts";

export type Head = { size: number; root: string };
type Line = { name: string; id: string; payload: Uint8Array };
type Note = Head & { origin: string; body: string; lines: Line[] };

/** Steps 4 to 6: syntax, origin, the log's own signature. @throws Refused */
export function judgeHead(text: string, policy: Policy): Note {
  const note = parse(text);
  demand(note !== undefined, "E_CHECKPOINT");
  demand(note.origin === policy.origin, "E_ORIGIN");
  const verdicts = knownLines(note, policy.logKeys).map(([line, key]) => {
    return line.payload.length === 64 && signatureHolds(hex(line.payload), utf8(note.body), key.publicKey);
  });
  demand(verdicts.length > 0 && !verdicts.includes(false), "E_LOG_SIG");
  return note;
}

/** Steps 7 and 8: who cosigned, and when. @throws Refused E_COSIGNATURE or E_QUORUM */
export function judgeCosignatures(note: Note, policy: Policy): { cosigners: string[]; times: bigint[] } {
  const names = new Set<string>();
  const times: bigint[] = [];
  for (const [line, key] of knownLines(note, policy.witnesses)) {
    const t = cosignedAt(note.body, line, key);
    demand(t !== undefined, "E_COSIGNATURE");
    names.add(key.name);
    times.push(t);
  }
  demand(names.size >= policy.k, "E_QUORUM");
  return { cosigners: [...names].sort(), times };
}

/** A line whose (name, key ID) is in the policy must verify; any other is ignored. */
function knownLines(note: Note, keys: readonly Key[]): [Line, Key][] {
  return note.lines.flatMap((line) =>
    keys.filter(({ name, id }) => name === line.name && id === line.id).map((key): [Line, Key] => [line, key]),
  );
}

function cosignedAt(body: string, { payload }: Line, key: Key): bigint | undefined {
  if (payload.length !== 72) return undefined;
  const t = BigInt(`0x${hex(payload.subarray(0, 8))}`);
  if (t < 1n || t >= 1n << 63n) return undefined;
  const signed = utf8(`cosignature/v1\ntime ${t}\n${body}`);
  return signatureHolds(hex(payload.subarray(8)), signed, key.publicKey) ? t : undefined;
}

function parse(text: string): Note | undefined {
  if (![...text].every((char) => char === "\n" || char >= " ")) return undefined;
  const rows = text.split("\n");
  // Three body lines, an empty one, 1 to 16 signatures, and nothing after the last newline.
  if (rows.pop() !== "" || rows.length < 5 || rows.length > 20 || rows[3] !== "") return undefined;
  const [origin = "", digits = "", rootText = ""] = rows;
  const size = Number(digits);
  const root = canonicalBase64(rootText);
  if (!isName(origin) || String(size) !== digits || !Number.isSafeInteger(size) || size < 1 || root?.length !== 32) return undefined;
  const lines = rows.slice(4).map(parseLine);
  if (!lines.every((line) => line !== undefined)) return undefined;
  return { origin, size, root: hex(root), body: `${rows.slice(0, 3).join("\n")}\n`, lines };
}

function parseLine(row: string): Line | undefined {
  const [dash, name, encoded, ...more] = row.split(" ");
  if (dash !== "\u2014" || name === undefined || encoded === undefined || more.length > 0 || !isName(name)) return undefined;
  const bytes = canonicalBase64(encoded);
  if (bytes === undefined || bytes.length < 4) return undefined;
  return { name, id: hex(bytes.subarray(0, 4)), payload: bytes.subarray(4) };
}
