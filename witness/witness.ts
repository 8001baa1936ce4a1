/**
 * A witness of an evidence log: it signs a head only when it extends the last one that it signed
 * (evidence-v1 §4, §10), so that the log cannot show two histories to two readers. It sees sizes and
 * roots and nothing else. It must never sign for a log that it does not know, a smaller size, a second
 * root for one size, or with the log's own key; what it refuses as another history it keeps, with both notes.
 */
import { equalBytes, fromHex, hex } from "../formats/bytes.ts";
import { publicKeyOf } from "../formats/draw/ed25519.ts";
import {
  consistencyHolds,
  cosignatureLine,
  judgeHead,
  type KnownKeys,
  keyType,
  type Note,
  type NoteSigner,
  readNote,
  readWitnessRequest,
  type VerifierKey,
  type WitnessRequest,
} from "../formats/evidence/index.ts";
import type { Alarm, Memory, Remembered } from "./memory.ts";

/** Status codes as C2SP tlog-witness gives them their meaning. */
export type Answer =
  | { status: 200; line: string }
  /** The log's idea of what we hold is wrong; ours is `size`. */
  | { status: 409; size: number }
  | { status: 400 | 403 | 404 | 422 | 503; why: string };

export interface WitnessOptions {
  signer: NoteSigner;
  logs: readonly Pick<KnownKeys, "origin" | "logKeys">[];
  memory: Memory;
  /** POSIX seconds of trade time. */
  now: () => number;
}

export class Witness {
  readonly #options: WitnessOptions;
  readonly #heads: Map<string, Remembered>;

  /** @throws when the witness would sign with a log's own key, or its memory is gone. */
  constructor(options: WitnessOptions) {
    const own = publicKeyOf(options.signer.secret);
    if (options.logs.some(({ logKeys }) => logKeys.some(({ publicKey }) => equalBytes(publicKey, own))))
      throw new Error("a log is not its own witness");
    this.#options = options;
    this.#heads = new Map(options.logs.map(({ origin }) => [origin, options.memory.recall(origin)]));
  }

  get key(): VerifierKey {
    const { name, secret } = this.#options.signer;
    return { name, type: keyType.witness, publicKey: publicKeyOf(secret) };
  }

  /** The last head signed for each log. */
  get heads(): ReadonlyMap<string, Readonly<Remembered>> {
    return this.#heads;
  }

  /** Judges one request from first to last without giving way, so that two requests never meet between check and memory. */
  answer(text: string): Answer {
    const request = readWitnessRequest(text);
    const note = request && readNote(request.note);
    if (!request || !note || request.old > note.size) return { status: 400, why: "malformed request" };
    const log = this.#options.logs.find(({ origin }) => origin === note.origin);
    const kept = this.#heads.get(note.origin);
    if (!log || !kept) return { status: 404, why: "unknown log" };
    if (!judgeHead(request.note, log).ok) return { status: 403, why: "no signature of the log's key" };
    return this.#consider(request, note, kept);
  }

  #consider(request: WitnessRequest, note: Note, kept: Remembered): Answer {
    if (note.size < kept.size) return this.#refuse("shrunk", request, { note, kept }, 409);
    if (note.size === kept.size && hex(note.root) !== kept.root) return this.#refuse("fork", request, { note, kept }, 409);
    if (request.old !== kept.size) return { status: 409, size: kept.size };
    if (!extendsKept(request, note, kept)) return this.#refuse("unproven", request, { note, kept }, 422);
    const now = this.#options.now();
    if (now < Math.max(1, kept.signedAt)) return { status: 503, why: "the witness's clock runs behind its own last signature" };
    return this.#sign(request, note, now);
  }

  #sign(request: WitnessRequest, note: Note, now: number): Answer {
    const line = cosignatureLine(note.body, this.#options.signer, now);
    const head = { size: note.size, root: hex(note.root), signedAt: now, note: request.note };
    // First the disk, then the answer: after a crash we know what we may have signed.
    this.#options.memory.remember(note.origin, head);
    this.#heads.set(note.origin, head);
    return { status: 200, line };
  }

  #refuse(
    kind: Alarm["kind"],
    { note: offered }: WitnessRequest,
    { note, kept }: { note: Note; kept: Remembered },
    status: 409 | 422,
  ): Answer {
    this.#options.memory.raise({ kind, origin: note.origin, at: this.#options.now(), kept, offered });
    return status === 409 ? { status, size: kept.size } : { status, why: "the proof does not lead from what this witness signed" };
  }
}

/** The first head needs no proof; the same head again needs an empty one. */
function extendsKept({ hashes }: WitnessRequest, note: Note, kept: Remembered): boolean {
  if (kept.size === 0) return hashes.length === 0;
  return consistencyHolds({ size1: kept.size, size2: note.size, hashes }, fromHex(kept.root), note.root);
}
