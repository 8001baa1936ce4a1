/**
 * Ids: a noun's prefix and 26 characters of Crockford base32. Ordinary ids begin with 48 bits of time
 * and sort by it. Ids of *sealed* nouns are all chance: they must show neither when, where nor by whom
 * they were made (model §1). Official numbers are attributes, never ids.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "../../formats/bytes.ts";
import type { Instant } from "./instant.ts";
import type { Random } from "./random.ts";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS = 26;

/** Every noun that has an id (model §1), and whether its ids are all chance. */
export const nouns = {
  per: "open",
  org: "open",
  mem: "open",
  cat: "open",
  adm: "open",
  prj: "open",
  trx: "open",
  lot: "open",
  hld: "open",
  cer: "open",
  drw: "sealed",
  ntc: "open",
  doc: "open",
  que: "sealed",
  hdr: "sealed",
  dep: "sealed",
  gua: "sealed",
  ent: "sealed",
  bid: "sealed",
  opn: "open",
  auc: "open",
  cmt: "open",
  evl: "open",
  sht: "sealed",
  awd: "open",
  con: "open",
  pay: "open",
  crt: "open",
  rem: "open",
  arc: "open",
  ord: "open",
  alr: "open",
  crd: "open",
  cmd: "open",
  msg: "open",
  fil: "sealed",
  pty: "sealed",
} as const satisfies Record<string, "open" | "sealed">;

export type Noun = keyof typeof nouns;
export type OpenNoun = { [N in Noun]: (typeof nouns)[N] extends "open" ? N : never }[Noun];
export type SealedNoun = Exclude<Noun, OpenNoun>;
export type Id<N extends Noun = Noun> = `${N}_${string}`;

/** `lot_` and 26 characters: 48 bits of time, 80 bits of chance. @throws RangeError for a time outside 48 bits. */
export function newId<N extends OpenNoun>(noun: N, now: Instant, random: Random): Id<N> {
  if (!Number.isInteger(now) || now < 0 || now >= 2 ** 48) throw new RangeError(`no time of an id: ${now}`);
  const chance = random.bytes(10).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  return `${noun}_${base32((BigInt(now) << 80n) | chance)}`;
}

/** `bid_` and 26 characters of chance (130 bits). */
export function newSealedId<N extends SealedNoun>(noun: N, random: Random): Id<N> {
  return `${noun}_${base32(first130Bits(random.bytes(17)))}`;
}

/**
 * The name of a party in one lot: the first 130 bits of HMAC-SHA256(lot tag key, organisation id)
 * (decisions §3). The same organisation has another name in every lot; only the key keeper can tell.
 */
export function partyId(lotTagKey: Uint8Array, organisation: Id<"org">): Id<"pty"> {
  return `pty_${base32(first130Bits(hmac(sha256, lotTagKey, utf8(organisation))))}`;
}

/** True for a well-formed id of that noun. */
export function isId<N extends Noun>(noun: N, text: string): text is Id<N> {
  return text.startsWith(`${noun}_`) && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(text.slice(noun.length + 1));
}

function first130Bits(bytes: Uint8Array): bigint {
  return bytes.slice(0, 17).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) >> 6n;
}

function base32(value: bigint): string {
  let text = "";
  for (let place = CHARACTERS - 1; place >= 0; place--) text += alphabet[Number((value >> BigInt(5 * place)) & 31n)];
  return text;
}
