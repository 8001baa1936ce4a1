/** Seals and hands in a bid as a firm's own program does: secrets are made here, only ciphertext leaves. */

import { createHash } from "node:crypto";
import { hex } from "../../formats/bytes.ts";
import {
  bidDigestOf,
  bidKeyFor,
  ceremonyHash,
  containerSize,
  drawSealSecrets,
  localEngine,
  makeHeader,
  type PlainFile,
  type SealCeremony,
  type SealSubmission,
  sealBody,
  signMessage,
  submitMessage,
  suiteOf,
} from "../../formats/seal/index.ts";
import type { Random } from "../../server/kernel/index.ts";
import type { StoryPerson, Told } from "./story-person.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface BidFile {
  name: string;
  bytes: Bytes;
}

const pieceBytes = 4 * 1024 * 1024;

/** @returns the digest of the bid and its receipt. */
export async function sealAndSubmit(
  person: StoryPerson,
  lotId: string,
  files: readonly BidFile[],
  random: Random,
): Promise<{ bidDigest: string; receipt: Told }> {
  const [own, { ceremony }] = await Promise.all([person.get(`/lots/${lotId}/own-bid`), person.get(`/lots/${lotId}/ceremony`)]);
  const plain = files.map(planOf);
  const header = headerFor({ person, ceremony, own, size: containerSize(plain), random });
  const { body, root, cipherSize } = await sealed(header, plain);
  const chunks = await upload(person, body, random);
  const bidDigest = bidDigestOf({ header: header.header, root, cipherSize });
  const suite = suiteOf(ceremony.suite);
  const { family, signKey, signSecret } = person.keys;
  const bytes = (length: number) => random.bytes(length);
  const signing = bidKeyFor(ceremony.suite, { family, key: signKey, secret: signSecret }, bytes);
  const sig = signMessage(suite, signing.secret, submitMessage(bidDigest), bytes);
  const submission: SealSubmission = { header: header.header, root, cipherSize, chunks, signKey: signing.key, sig };
  const result = await person.done("bid.seal", lotId, submission);
  return { bidDigest, receipt: result.receipt };
}

interface HeaderWish {
  person: StoryPerson;
  ceremony: SealCeremony;
  own: { partyId: string; nextVersion: number };
  size: number;
  random: Random;
}

function headerFor({ person, ceremony, own, size, random }: HeaderWish) {
  const secrets = drawSealSecrets(suiteOf(ceremony.suite), (length) => random.bytes(length));
  const { suite, tenderId, lotId, pk } = ceremony;
  const fields = {
    suite,
    tenderId,
    lotId,
    part: "all" as const,
    bidderId: own.partyId,
    version: own.nextVersion,
    pk,
    ceremony: ceremonyHash(ceremony),
    size,
    bidderEncKey: suite === 1 ? person.keys.encKey : person.keys.nationalEncKey,
  };
  return { header: makeHeader(fields, secrets), dek: secrets.dek };
}

async function sealed({ header, dek }: ReturnType<typeof headerFor>, files: readonly PlainFile[]) {
  const suite = suiteOf(header.suite);
  const job = sealBody({ header, engine: localEngine(suite, await suite.bulkKey(dek)), files, inFlight: 4 });
  const chunks: Uint8Array[] = [];
  for (;;) {
    const next = await job.next();
    if (next.done) return { body: joined(chunks), root: next.value.root, cipherSize: next.value.cipherSize };
    chunks[next.value.index] = next.value.bytes;
  }
}

async function upload(person: StoryPerson, body: Uint8Array, random: Random) {
  const chunks: { name: string; sha256: string; size: number }[] = [];
  for (let start = 0; start < body.length; start += pieceBytes) {
    const piece = body.subarray(start, start + pieceBytes);
    const name = hex(random.bytes(16));
    await person.putChunk(name, piece);
    chunks.push({ name, sha256: createHash("sha256").update(piece).digest("hex"), size: piece.length });
  }
  return chunks;
}

function planOf({ name, bytes }: BidFile): PlainFile {
  return { name, size: bytes.length, read: (start, end) => bytes.slice(start, end) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
