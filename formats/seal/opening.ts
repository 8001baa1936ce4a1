/**
 * The opening of sealed bids (seal-v1 §7): freeze, keys, partials, and reading what came out.
 * A Kb is taken only after the freeze and before keysFrozen, a partial only after keysFrozen and only for a bid
 * whose Kb is present; the caller holds the clock and the order. Nothing here releases a plaintext byte before
 * kc, root, every chunk and the container are checked.
 */
import { concat, fromHex, hex, lp, u32, utf8 } from "../bytes.ts";
import { jcs } from "../jcs.ts";
import { chunkNonce, leafOf } from "./body.ts";
import { ContainerCheck, manifestLength } from "./container.ts";
import { chunkCount, cipherSizeOf, contextOf, headerHash } from "./digest.ts";
import {
  type BulkKey,
  type Bytes,
  findPoint,
  messageIsSigned,
  pointOf,
  type Random,
  secretScalar,
  signMessage,
  ZERO_NONCE,
} from "./group.ts";
import { committeeKeyOf, kbMatches, keyCommitment, wrappingKeyOf } from "./header.ts";
import { leafHash, MerkleRoot, merkleRoot } from "./merkle.ts";
import { combinePartials, dleqHolds, firstPartials, type Proof, proveDleq } from "./proofs.ts";
import { CHUNK, type MissingKey, type SealCeremony, type SealedFile, type SealHeader, type SealPart, type SealPartial } from "./schemas.ts";
import { suiteOf } from "./suite.ts";

/** Which opening: the lot and the envelope, in which suite. */
export interface OpeningPlace {
  suite: 1 | 2;
  tenderId: string;
  lotId: string;
  part: SealPart;
}

/** Ciphertext that can be read at any place: pieces of the pool, a file, or bytes. */
export interface CipherSource {
  size: number;
  read(start: number, end: number): Promise<Bytes> | Bytes;
}

/** A member's contribution to one bid, before it is logged. */
export type PartialProof = Omit<SealPartial, "log">;

export type BodyCode = "E_SIZE" | "E_ROOT" | "E_CHUNK" | "E_MANIFEST";

/** Live bids ascending, the root over them, and what the platform signs, for a signer that keeps its key to itself. */
export function freezeToSign(place: OpeningPlace, liveDigests: readonly string[]): { digests: string[]; listRoot: string; message: Bytes } {
  const digests = [...liveDigests].sort();
  const listRoot = listRootOf(place.suite, digests);
  return { digests, listRoot, message: freezeMessage(place, listRoot, digests.length) };
}

/** Live bids ascending and the root over them, signed by the platform at or after the deadline. */
export function makeFreeze(place: OpeningPlace, liveDigests: readonly string[], platformSecret: Uint8Array, random: Random) {
  const { message, ...freeze } = freezeToSign(place, liveDigests);
  return { ...freeze, sig: signMessage(suiteOf(place.suite), platformSecret, message, random) };
}

export function freezeHolds(
  place: OpeningPlace,
  freeze: { digests: string[]; listRoot: string; sig: string },
  platformKey: string,
): boolean {
  const message = freezeMessage(place, freeze.listRoot, freeze.digests.length);
  return (
    freeze.listRoot === listRootOf(place.suite, freeze.digests) && messageIsSigned(suiteOf(place.suite), platformKey, message, freeze.sig)
  );
}

/** A Kb posted by a bidder: `E_KB` when it is not the one its header committed to. */
export function checkKeyRelease(header: SealHeader, kb: string): "E_KB" | undefined {
  return /^[0-9a-f]{64}$/.test(kb) && kbMatches(header, fromHex(kb)) ? undefined : "E_KB";
}

/** Closes the key phase: every frozen bid is released or missing with its cause. @throws RangeError otherwise. */
export function makeKeysFrozen(
  freeze: { suite: 1 | 2; digests: string[]; listRoot: string },
  missing: readonly MissingKey[],
  platformSecret: Uint8Array,
  random: Random,
): { missing: MissingKey[]; sig: string } {
  const rows = [...missing].sort((a, b) => (a.bidDigest < b.bidDigest ? -1 : 1));
  const absent = new Set(rows.map(({ bidDigest }) => bidDigest));
  if (absent.size !== rows.length || [...absent].some((digest) => !freeze.digests.includes(digest)))
    throw new RangeError("missing names a bid that is not frozen");
  const present = freeze.digests.filter((digest) => !absent.has(digest));
  const message = keysFrozenMessage(freeze.suite, freeze.listRoot, { missing: rows, present });
  return { missing: rows, sig: signMessage(suiteOf(freeze.suite), platformSecret, message, random) };
}

export function keysFrozenMessage(suite: 1 | 2, listRoot: string, split: { missing: MissingKey[]; present: string[] }): Bytes {
  return concat(utf8("seal/v1 keys\n"), fromHex(listRoot), suiteOf(suite).hash(jcs(split)));
}

/** A member's D and proof for one bid, made on the member's own device from its share. */
export function makePartial(
  bid: { header: SealHeader; bidDigest: string },
  own: { member: number; share: Uint8Array },
  random: Random,
): PartialProof {
  const suite = suiteOf(bid.header.suite);
  const about = { context: contextOf(bid.header), member: own.member, R: pointOf(suite, bid.header.R) };
  const proof = proveDleq(suite, secretScalar(suite, own.share), about, random);
  return { bidDigest: bid.bidDigest, member: own.member, ...proof };
}

/** `E_PARTIAL` for a member who is none, `E_DLEQ` for a wrong partial: the latter goes to `rejected` with its author. */
export function checkPartial(
  ceremony: SealCeremony,
  header: SealHeader,
  partial: Proof & { member: number; D: string },
): "E_PARTIAL" | "E_DLEQ" | undefined {
  const suite = suiteOf(header.suite);
  const key = ceremony.memberKeys[partial.member - 1];
  if (key === undefined) return "E_PARTIAL";
  const [Y, R, D] = [findPoint(suite, key), findPoint(suite, header.R), findPoint(suite, partial.D)];
  if (Y === undefined || R === undefined || D === undefined) return "E_DLEQ";
  return dleqHolds(suite, { context: contextOf(header), member: partial.member, Y, R, D }, partial) ? undefined : "E_DLEQ";
}

/** DEK from the bidder's half and t checked partials. @throws RangeError with fewer than t. */
export function recoverKey(
  header: SealHeader,
  kb: Uint8Array,
  committee: { t: number; partials: readonly { member: number; D: string }[] },
): { ok: true; dek: Bytes } | { ok: false; code: "E_WRAP" | "E_KC" } {
  const suite = suiteOf(header.suite);
  const chosen = firstPartials(committee.partials, committee.t);
  if (chosen.length < committee.t) throw new RangeError("fewer partials than the ceremony demands");
  const combined = combinePartials(suite, chosen);
  if (combined === undefined) return { ok: false, code: "E_WRAP" };
  const kek = wrappingKeyOf(header, kb, committeeKeyOf(header, combined));
  const dek = suite.open(kek, ZERO_NONCE, contextOf(header), fromHex(header.wrapDek));
  if (dek?.length !== 32) return { ok: false, code: "E_WRAP" };
  return hex(keyCommitment(suite, dek, contextOf(header))) === header.kc ? { ok: true, dek } : { ok: false, code: "E_KC" };
}

/** A checked bid, of which single files can be read. */
export class OpenedBid {
  readonly files: readonly SealedFile[];
  private readonly chunks: ChunkReader;
  /** Where each file begins in the plaintext. */
  private readonly places = new Map<string, { start: number; end: number }>();
  private last: { index: number; plain: Bytes } | undefined;

  constructor(files: readonly SealedFile[], chunks: ChunkReader) {
    this.files = files;
    this.chunks = chunks;
    let start = manifestLength(files);
    for (const { name, size } of files) {
      this.places.set(name, { start, end: start + size });
      start += size;
    }
  }

  /** The bytes of one file, piece by piece. */
  async *stream(name: string): AsyncGenerator<Bytes> {
    const place = this.places.get(name);
    if (place === undefined) throw new RangeError(`the bid has no file ${name}`);
    for (let at = place.start; at < place.end; ) {
      const chunk = await this.chunk(Math.floor(at / CHUNK));
      const piece = chunk.subarray(at % CHUNK, Math.min(CHUNK, (at % CHUNK) + place.end - at));
      at += piece.length;
      yield piece;
    }
  }

  /** A whole file, for those that fit in memory. */
  async read(name: string): Promise<Bytes> {
    const pieces: Bytes[] = [];
    for await (const piece of this.stream(name)) pieces.push(piece);
    return concat(...pieces);
  }

  private async chunk(index: number): Promise<Bytes> {
    if (this.last?.index === index) return this.last.plain;
    const plain = await this.chunks.plain(index);
    if (plain === undefined) throw new Error("the ciphertext changed after it was checked");
    this.last = { index, plain };
    return plain;
  }
}

/** Checks a body in one reading: length, root, every chunk, container. Only then files can be read. */
export async function openBody(
  bid: { header: SealHeader; root: string; cipherSize: number },
  dek: Bytes,
  source: CipherSource,
): Promise<{ ok: true; bid: OpenedBid } | { ok: false; code: BodyCode }> {
  const suite = suiteOf(bid.header.suite);
  if (source.size !== bid.cipherSize || bid.cipherSize !== cipherSizeOf(suite, bid.header.size)) return { ok: false, code: "E_SIZE" };
  const chunks = new ChunkReader(bid.header, await suite.bulkKey(dek), source);
  const tree = new MerkleRoot(suite);
  const container = new ContainerCheck(suite);
  let allOpen = true;
  for await (const { leaf, plain } of chunks.all()) {
    tree.add(leaf);
    if (plain === undefined) allOpen = false;
    else if (allOpen) container.push(plain);
  }
  if (hex(tree.root()) !== bid.root) return { ok: false, code: "E_ROOT" };
  if (!allOpen) return { ok: false, code: "E_CHUNK" };
  const files = container.end();
  return files === undefined ? { ok: false, code: "E_MANIFEST" } : { ok: true, bid: new OpenedBid(files, chunks) };
}

/** Ciphertext that lies in memory. */
export function sourceOfBytes(bytes: Bytes): CipherSource {
  return { size: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}

/** Ciphertext that lies in pieces of the pool, read one after the other; the last piece read is kept. */
export function sourceOfPieces(pieces: readonly { size: number; read(): Promise<Bytes> }[]): CipherSource {
  const ends: number[] = [];
  for (const { size } of pieces) ends.push((ends.at(-1) ?? 0) + size);
  let kept: { index: number; bytes: Promise<Bytes> } | undefined;
  const piece = (index: number): Promise<Bytes> => {
    if (kept?.index !== index) kept = { index, bytes: pieces[index]!.read() };
    return kept.bytes;
  };
  return {
    size: ends.at(-1) ?? 0,
    async read(start, end) {
      const parts: Uint8Array[] = [];
      for (let index = ends.findIndex((last) => last > start), at = start; at < end; index++) {
        const begin = ends[index]! - pieces[index]!.size;
        parts.push((await piece(index)).subarray(at - begin, end - begin));
        at = ends[index]!;
      }
      return parts.length === 1 ? (parts[0] as Bytes) : concat(...parts);
    },
  };
}

/** Reads and decrypts single chunks, a few ahead of the reader. */
class ChunkReader {
  private readonly header: SealHeader;
  private readonly key: BulkKey;
  private readonly source: CipherSource;
  private readonly aad: Bytes;

  constructor(header: SealHeader, key: BulkKey, source: CipherSource) {
    this.header = header;
    this.key = key;
    this.source = source;
    this.aad = headerHash(header);
  }

  async plain(index: number): Promise<Bytes | undefined> {
    return this.key.open(chunkNonce(this.header, index), this.aad, await this.cipher(index));
  }

  async *all(): AsyncGenerator<{ leaf: Bytes; plain: Bytes | undefined }> {
    const count = chunkCount(this.header.size);
    const running: Promise<{ leaf: Bytes; plain: Bytes | undefined }>[] = [];
    for (let index = 0; index < count || running.length > 0; ) {
      if (index < count && running.length < 4) running.push(this.both(await this.cipher(index), index++));
      else yield await running.shift()!;
    }
  }

  private async both(cipher: Bytes, index: number): Promise<{ leaf: Bytes; plain: Bytes | undefined }> {
    const plain = this.key.open(chunkNonce(this.header, index), this.aad, cipher);
    return { leaf: await leafOf(suiteOf(this.header.suite), cipher), plain: await plain };
  }

  private async cipher(index: number): Promise<Bytes> {
    const step = CHUNK + suiteOf(this.header.suite).tagLength;
    return this.source.read(index * step, Math.min(this.source.size, (index + 1) * step));
  }
}

function listRootOf(suiteId: 1 | 2, digests: readonly string[]): string {
  const suite = suiteOf(suiteId);
  return hex(
    merkleRoot(
      suite,
      digests.map((digest) => leafHash(suite, fromHex(digest))),
    ),
  );
}

function freezeMessage({ tenderId, lotId, part }: OpeningPlace, listRoot: string, count: number): Bytes {
  return concat(utf8("seal/v1 freeze\n"), lp(tenderId), lp(lotId), lp(part), fromHex(listRoot), u32(count));
}
