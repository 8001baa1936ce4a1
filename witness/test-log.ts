/** Test fixture: a log that can be honest, forked or shrunk at will. */
import { hex, utf8 } from "../formats/bytes.ts";
import { publicKeyOf } from "../formats/draw/ed25519.ts";
import {
  Frontier,
  type Hash,
  type KnownKeys,
  keyType,
  leafHash,
  makePolicy,
  proveConsistency,
  signCheckpoint,
  type VerifierKey,
  witnessRequestText,
} from "../formats/evidence/index.ts";
import { sha256 } from "../formats/jcs.ts";

export const origin = "log.example/test";
const secret = sha256("test log's secret");
export const logSecret = secret;
export const logKey: VerifierKey = { name: origin, type: keyType.log, publicKey: publicKeyOf(secret) };

/** The policy a witness is started with; its own key need not stand in it. */
export function policyWith(witnesses: VerifierKey[]): ReturnType<typeof makePolicy> {
  const keys: KnownKeys = { origin, logKeys: [logKey], witnesses, k: 1 };
  return makePolicy(keys, null);
}

export class TestLog {
  readonly #nodes = new Map<string, Hash>();
  readonly #tree = new Frontier();
  readonly #notes = new Map<number, string>();
  readonly #branch: string;

  /** Logs of different branches agree on the first `common` leaves. */
  constructor(size: number, branch = "", common = 0) {
    this.#branch = branch;
    for (let i = 0; i < size; i++) this.#grow(i < common ? "" : branch);
  }

  grow(leaves = 1): this {
    for (let i = 0; i < leaves; i++) this.#grow(this.#branch);
    return this;
  }

  note(size = this.#tree.size, by = secret): string {
    return (by === secret && this.#notes.get(size)) || this.#sign(by);
  }

  /** The request to go from `old` to the newest head. */
  async request(old: number, by = secret): Promise<string> {
    const nodes = (level: number, index: number) => this.#nodes.get(`${level}/${index}`) as Hash;
    const size = this.#tree.size;
    const hashes = old === 0 || old > size ? [] : (await proveConsistency(nodes, old, size)).hashes;
    return witnessRequestText({ old, hashes, note: this.note(size, by) });
  }

  get size(): number {
    return this.#tree.size;
  }

  get root(): string {
    return hex(this.#tree.root());
  }

  #grow(branch: string): void {
    this.#tree.append(leafHash(utf8(`leaf ${this.#tree.size} ${branch}`)), (level, index, hash) =>
      this.#nodes.set(`${level}/${index}`, hash),
    );
    this.#notes.set(this.#tree.size, this.#sign(secret));
  }

  #sign(by: Uint8Array): string {
    return signCheckpoint({ origin, size: this.#tree.size, root: this.#tree.root() }, by);
  }
}
