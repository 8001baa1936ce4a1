/**
 * Checkpoints as signed notes (evidence-v1 §4; C2SP tlog-checkpoint, tlog-cosignature): writing the
 * body, the log's line and a witness's line, and reading them back. Must never accept a second
 * writing of the same note: what is signed has one text.
 */
import { base64, concat, equalBytes, fromBase64, u64, utf8 } from "../bytes.ts";
import { publicKeyOf, sign, signatureIsValid } from "../draw/ed25519.ts";
import { isKeyName, keyIdOf, keyType, type VerifierKey } from "./verifier-key.ts";

export type TreeHead = { origin: string; size: number; root: Uint8Array };
export type SignatureLine = { name: string; keyId: Uint8Array; payload: Uint8Array };
export type Note = TreeHead & { body: string; lines: SignatureLine[] };

/** A key that can sign: its name in notes and its 32-byte Ed25519 secret. */
export type NoteSigner = { name: string; secret: Uint8Array };

const linesMax = 16;
const timeMax = 2n ** 63n;

/** `origin\nsize\nb64(root)\n` */
export function checkpointBody({ origin, size, root }: TreeHead): string {
  if (!isKeyName(origin) || !Number.isSafeInteger(size) || size < 1 || root.length !== 32)
    throw new RangeError("not a tree head that can be signed");
  return `${origin}\n${size}\n${base64(root)}\n`;
}

/** The note with the log's own line, to which witnesses' lines are added at the end. */
export function signCheckpoint(head: TreeHead, secret: Uint8Array): string {
  const body = checkpointBody(head);
  const key = { name: head.origin, type: keyType.log, publicKey: publicKeyOf(secret) };
  return `${body}\n${lineText(key, sign([utf8(body)], secret))}`;
}

/** A witness's line over the body at POSIX second t. Whether it may sign is the witness's own matter. */
export function cosignatureLine(body: string, witness: NoteSigner, t: number): string {
  if (!Number.isSafeInteger(t) || t < 1) throw new RangeError("a cosignature needs a time");
  const key = { name: witness.name, type: keyType.witness, publicKey: publicKeyOf(witness.secret) };
  return lineText(key, concat(u64(t), sign([cosignedBytes(body, BigInt(t))], witness.secret)));
}

function lineText(key: VerifierKey, payload: Uint8Array): string {
  return `— ${key.name} ${base64(concat(keyIdOf(key), payload))}\n`;
}

function cosignedBytes(body: string, t: bigint): Uint8Array {
  return utf8(`cosignature/v1\ntime ${t}\n${body}`);
}

/** The note, or undefined when its syntax is not exactly that of evidence-v1 §4. */
export function readNote(text: string): Note | undefined {
  if (!text.endsWith("\n") || /[\x00-\x09\x0b-\x1f]/.test(text)) return undefined;
  const [origin = "", size = "", root = "", blank, ...signatures] = text.slice(0, -1).split("\n");
  if (!isKeyName(origin) || !/^[1-9][0-9]*$/.test(size) || !Number.isSafeInteger(Number(size)) || blank !== "") return undefined;
  const rootBytes = fromCanonical(root);
  const lines = signatures.map(readSignatureLine);
  if (rootBytes?.length !== 32 || lines.length < 1 || lines.length > linesMax || !lines.every((line) => line !== undefined))
    return undefined;
  return { origin, size: Number(size), root: rootBytes, body: `${origin}\n${size}\n${root}\n`, lines };
}

/** One signature line without its newline, or undefined. */
export function readSignatureLine(line: string): SignatureLine | undefined {
  const [, name = "", encoded = ""] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = fromCanonical(encoded);
  if (!isKeyName(name) || bytes === undefined || bytes.length < 4) return undefined;
  return { name, keyId: bytes.slice(0, 4), payload: bytes.slice(4) };
}

/** Whether a line claims to be of this key: then it must verify. */
export function lineIsOf({ name, keyId }: SignatureLine, key: VerifierKey): boolean {
  return name === key.name && equalBytes(keyId, keyIdOf(key));
}

export function logLineHolds(body: string, line: SignatureLine, key: VerifierKey): boolean {
  return line.payload.length === 64 && signatureIsValid(line.payload, [utf8(body)], key.publicKey);
}

/** The POSIX second of a witness's line that verifies, or undefined. */
export function cosignatureTime(body: string, { payload }: SignatureLine, key: VerifierKey): bigint | undefined {
  if (payload.length !== 72) return undefined;
  const t = new DataView(payload.buffer, payload.byteOffset).getBigUint64(0);
  if (t < 1n || t >= timeMax) return undefined;
  return signatureIsValid(payload.subarray(8), [cosignedBytes(body, t)], key.publicKey) ? t : undefined;
}

function fromCanonical(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text);
  } catch {
    return undefined; // one note has one text: base64 in another writing is no note
  }
}
