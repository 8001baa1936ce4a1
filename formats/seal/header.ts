/**
 * The header of a sealed bid (seal-v1 §4), made in the bidder's browser or by the command line.
 * DEK, Kb, salt, prefix and r are fresh for every version; nothing here may write them anywhere.
 */
import { concat, fromHex, hex, utf8 } from "../bytes.ts";
import { jcs } from "../jcs.ts";
import { contextOf } from "./digest.ts";
import { type EciesText, eciesOpen, eciesSeal } from "./ecies.ts";
import {
  type Bytes,
  type Point,
  pointBytes,
  pointHex,
  pointOf,
  type Random,
  randomScalar,
  type Suite,
  secretScalar,
  ZERO_NONCE,
} from "./group.ts";
import { schnorrHolds, schnorrWithNonce } from "./proofs.ts";
import { CHUNK, type SealHeader } from "./schemas.ts";
import { suiteOf } from "./suite.ts";

/** Everything about a bid that is known before it is sealed. */
export type HeaderFields = Pick<
  SealHeader,
  "suite" | "tenderId" | "lotId" | "part" | "bidderId" | "version" | "pk" | "ceremony" | "size"
> & {
  /** The bidder's encryption key (hex33), to which Kb is wrapped. */
  bidderEncKey: string;
};

/** The secrets of one version of one bid. They never leave the bidder's device before the key phase. */
export interface SealSecrets {
  dek: Bytes;
  kb: Bytes;
  salt: Bytes;
  prefix: Bytes;
  r: bigint;
  /** Nonce of pokR. */
  pokK: bigint;
  /** The ephemeral scalar of wrapKb. */
  wrapR: bigint;
}

export function drawSealSecrets(suite: Suite, random: Random): SealSecrets {
  const [dek, kb, salt] = [random(32), random(32), random(32)].map((bytes) => new Uint8Array(bytes));
  const [r, pokK, wrapR] = [randomScalar(suite, random), randomScalar(suite, random), randomScalar(suite, random)];
  return { dek: dek!, kb: kb!, salt: salt!, prefix: new Uint8Array(random(7)), r, pokK, wrapR };
}

/** @throws RangeError when pk or the bidder's key is no point of the suite. */
export function makeHeader(fields: HeaderFields, secrets: SealSecrets): SealHeader {
  const suite = suiteOf(fields.suite);
  const { bidderEncKey, ...known } = fields;
  const context = contextOf(fields);
  const core: Omit<SealHeader, "wrapDek"> = {
    v: 1,
    format: "seal-header/v1",
    ...known,
    R: pointHex(suite.Point.BASE.multiply(secrets.r)),
    pokR: schnorrWithNonce(suite, secrets.r, pokPrefix(context), secrets.pokK),
    salt: hex(secrets.salt),
    commitKb: hex(commitmentOfKb(suite, context, secrets)),
    wrapKb: { alg: "ecies", key: bidderEncKey, ...wrapKb(suite, bidderEncKey, context, secrets) },
    kc: hex(keyCommitment(suite, secrets.dek, context)),
    chunk: CHUNK,
    prefix: hex(secrets.prefix),
  };
  const committeeKey = committeeKeyOf(core, pointOf(suite, fields.pk).multiply(secrets.r));
  const kek = wrappingKeyOf(core, secrets.kb, committeeKey);
  return { ...core, wrapDek: hex(suite.seal(kek, ZERO_NONCE, context, secrets.dek)) };
}

/** Kb as the bidder's own encryption key unwraps it; undefined when it is another's, or a CMS wrap. */
export function unwrapKb(header: SealHeader, encSecret: Uint8Array): Bytes | undefined {
  if (header.wrapKb.alg !== "ecies") return undefined;
  const suite = suiteOf(header.suite);
  const kb = eciesOpen(suite, secretScalar(suite, encSecret), kbBinding(contextOf(header)), header.wrapKb);
  return kb !== undefined && kbMatches(header, kb) ? kb : undefined;
}

/** True when Kb is the one the header committed to. */
export function kbMatches(header: SealHeader, kb: Uint8Array): boolean {
  const suite = suiteOf(header.suite);
  return hex(commitmentOfKb(suite, contextOf(header), { kb, salt: fromHex(header.salt) })) === header.commitKb;
}

/** True when whoever made the header knew r: a copied R of another bidder fails here. */
export function pokRHolds(header: SealHeader, R: Point): boolean {
  return schnorrHolds(suiteOf(header.suite), R, pokPrefix(contextOf(header)), header.pokR);
}

/** Ke from the committee's combined point P = x·R = r·pk. */
export function committeeKeyOf(header: Omit<SealHeader, "wrapDek">, combined: Point): Bytes {
  const suite = suiteOf(header.suite);
  return suite.hkdf(pointBytes(combined), fromHex(header.R), concat(utf8("seal/v1 ke\n"), contextOf(header)));
}

/** KEK from the bidder's half Kb and the committee's half Ke. */
export function wrappingKeyOf(header: Omit<SealHeader, "wrapDek"> & { wrapDek?: string }, kb: Uint8Array, committeeKey: Uint8Array): Bytes {
  const suite = suiteOf(header.suite);
  const { wrapDek: _, ...core } = header;
  return suite.hkdf(concat(kb, committeeKey), suite.hash(jcs(core)), concat(utf8("seal/v1 kek\n"), contextOf(header)));
}

/** kc, which commits to the data key: AES-GCM alone lets one ciphertext open under two keys. */
export function keyCommitment(suite: Suite, dek: Uint8Array, context: Uint8Array): Bytes {
  return suite.hkdf(dek, context, utf8("seal/v1 commit\n"));
}

function commitmentOfKb(suite: Suite, context: Uint8Array, { kb, salt }: { kb: Uint8Array; salt: Uint8Array }): Bytes {
  return suite.hash("seal/v1 kb\n", context, salt, kb);
}

function wrapKb(suite: Suite, key: string, context: Uint8Array, secrets: SealSecrets): EciesText {
  return eciesSeal(suite, { key, r: secrets.wrapR }, kbBinding(context), secrets.kb);
}

function kbBinding(context: Uint8Array): { info: Bytes; aad: Uint8Array } {
  return { info: concat(utf8("seal/v1 kb wrap\n"), context), aad: context };
}

function pokPrefix(context: Uint8Array): Bytes {
  return concat(utf8("seal/v1 pokR\n"), context);
}
