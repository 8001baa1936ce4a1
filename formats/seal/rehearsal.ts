/**
 * A whole ceremony and a sealed bid in one process, for tests, benches and vectors. Never for a real lot: there
 * all shares would lie in one memory, and the random bytes would be known.
 */
import { concat, u64 } from "../bytes.ts";
import { sha256 } from "../jcs.ts";
import { localEngine, type PlainFile, sealBody } from "./body.ts";
import { assembleCeremony, type MemberSecrets, makeAck, makeRound1, makeRound2, makeRound3, receiveShares } from "./ceremony.ts";
import { ceremonyHash } from "./ceremony-check.ts";
import type { CeremonyPlan, CeremonyPosts } from "./ceremony-rounds.ts";
import { containerSize } from "./container.ts";
import { bidDigestOf, submitMessage } from "./digest.ts";
import { type Bytes, newKeyPair, type Random, signMessage } from "./group.ts";
import { drawSealSecrets, makeHeader, type SealSecrets } from "./header.ts";
import type { SealCeremony, SealHeader } from "./schemas.ts";
import { suiteOf } from "./suite.ts";

export interface RehearsedCeremony {
  ceremony: SealCeremony;
  plan: CeremonyPlan;
  posts: CeremonyPosts;
  members: MemberSecrets[];
  shares: Uint8Array[];
}

export interface RehearsedBid {
  header: SealHeader;
  root: string;
  cipherSize: number;
  signKey: string;
  sig: string;
  bidDigest: string;
  body: Bytes;
  secrets: SealSecrets;
  encSecret: Bytes;
}

/** Bytes of SHA-256(label ‖ u64(k)) for k = 0, 1, … cut to size: the recipe of the vectors (seal-v1 §11). */
export function recipeBytes(label: string, size: number): Bytes {
  const bytes = new Uint8Array(32 * Math.ceil(size / 32));
  for (let k = 0; 32 * k < size; k++) bytes.set(sha256(label, u64(k)), 32 * k);
  return bytes.subarray(0, size);
}

/** Much cheaper bytes for large files: a 32-bit xorshift, different for every seed from 1 on. */
export function fillerBytes(seed: number, size: number): Bytes {
  const words = new Uint32Array(Math.ceil(size / 4));
  let word = seed >>> 0;
  for (let i = 0; i < words.length; i++) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    words[i] = word;
  }
  return new Uint8Array(words.buffer, 0, size);
}

/** A random source that gives the same bytes for the same seed. */
export function seededRandom(seed: string): Random {
  let calls = 0;
  return (length) => recipeBytes(`${seed}/${calls++}/`, length);
}

export function rehearseCeremony(
  suiteId: 1 | 2,
  lot: { tenderId: string; lotId: string; t?: number; n?: number },
  random: Random,
): RehearsedCeremony {
  const { plan, members } = rehearsalPlan(suiteId, lot, random);
  const round1 = members.map((own) => makeRound1(plan, own, random));
  const posts: CeremonyPosts = { round1: round1.map(({ row }) => row), round2: [], round3: [] };
  const states = round1.map(({ polynomial }) => ({ polynomial, posts }));
  posts.round2 = members.map((own, i) => acceptedValue(makeRound2(plan, own, states[i]!, random)));
  posts.round3 = members.flatMap((own, i) => acceptedValue(makeRound3(plan, own, states[i]!, random)));
  const shares = members.map((own, i) => acceptedValue(receiveShares(plan, own, states[i]!)).share);
  const open = assembleCeremony(plan, posts);
  const ceremony = { ...open, acks: members.map((own, i) => makeAck(open, own, shares[i]!, random)) };
  return { ceremony, plan, posts, members, shares };
}

export function rehearsalPlan(
  suiteId: 1 | 2,
  lot: { tenderId: string; lotId: string; t?: number; n?: number },
  random: Random,
): { plan: CeremonyPlan; members: MemberSecrets[] } {
  const suite = suiteOf(suiteId);
  const roles = ["buyer", "tradingCentre", "supervisionAuthority", "notary", "witness"];
  const pairs = Array.from({ length: lot.n ?? 3 }, () => ({ sign: newKeyPair(suite, random), enc: newKeyPair(suite, random) }));
  const members = pairs.map(({ sign, enc }, i) => ({ role: roles[i] ?? `member${i}`, signKey: sign.key, encKey: enc.key }));
  const plan = { suite: suiteId, tenderId: lot.tenderId, lotId: lot.lotId, t: lot.t ?? 2, members };
  return { plan, members: pairs.map(({ sign, enc }, i) => ({ member: i + 1, signSecret: sign.secret, encSecret: enc.secret })) };
}

export async function rehearseBid(
  ceremony: SealCeremony,
  bidder: { bidderId: string; files: { name: string; bytes: Bytes }[] },
  random: Random,
): Promise<RehearsedBid> {
  const suite = suiteOf(ceremony.suite);
  const files = bidder.files.map(({ name, bytes }) => fileOfBytes(name, bytes));
  const [enc, sign, secrets] = [newKeyPair(suite, random), newKeyPair(suite, random), drawSealSecrets(suite, random)];
  const header = makeHeader(
    {
      suite: ceremony.suite,
      tenderId: ceremony.tenderId,
      lotId: ceremony.lotId,
      part: "all",
      bidderId: bidder.bidderId,
      version: 1,
      pk: ceremony.pk,
      ceremony: ceremonyHash(ceremony),
      size: containerSize(files),
      bidderEncKey: enc.key,
    },
    secrets,
  );
  const { body, root, cipherSize } = await sealToMemory(header, secrets.dek, files);
  const bidDigest = bidDigestOf({ header, root, cipherSize });
  const sig = signMessage(suite, sign.secret, submitMessage(bidDigest), random);
  return { header, root, cipherSize, signKey: sign.key, sig, bidDigest, body, secrets, encSecret: enc.secret };
}

/** Seals small files and joins the chunks in order. */
export async function sealToMemory(
  header: SealHeader,
  dek: Bytes,
  files: PlainFile[],
): Promise<{ body: Bytes; root: string; cipherSize: number }> {
  const chunks: Bytes[] = [];
  const sealing = sealBody({ header, engine: localEngine(suiteOf(header.suite), await suiteOf(header.suite).bulkKey(dek)), files });
  for (;;) {
    const step = await sealing.next();
    if (step.done) return { body: concat(...chunks), root: step.value.root, cipherSize: step.value.cipherSize };
    chunks[step.value.index] = step.value.bytes;
  }
}

export function fileOfBytes(name: string, bytes: Bytes): PlainFile {
  return { name, size: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}

function acceptedValue<T>(step: { ok: true; value: T } | { ok: false; complaints: unknown[] }): T {
  if (!step.ok) throw new Error(`the rehearsal has complaints: ${JSON.stringify(step.complaints)}`);
  return step.value;
}
