/**
 * Makes a bid again from all its secrets, straight from the text of seal-v1 §4 and §5: for the vectors, and for
 * a bidder that must show what it once sealed. Whole in memory and slow; nobody seals a bid with this.
 */
import { concat, fromHex, hex, u32 } from "../../formats/bytes.ts";
import { jcs } from "../../formats/jcs.ts";
import { type Algorithms, hashToNumber, hkdf, leafOf, merkleRoot, orderOf, pointBytes, readNumber, readPoint } from "./algorithms.ts";
import { nonceOf } from "./body.ts";
import { bidDigestOf, chunksOf, commitKbOf, contextOf, headerHashOf, kcOf, kekOf, keOf } from "./header.ts";
import type { Header } from "./record.ts";
import { writeRecoveryCode } from "./recovery.ts";

export interface SealInput {
  suite: 1 | 2;
  tenderId: string;
  lotId: string;
  part: string;
  bidderId: string;
  version: number;
  pk: string;
  ceremony: string;
  salt: string;
  prefix: string;
  r: string;
  kb: string;
  dek: string;
  pokK: string;
  wrapR: string;
  bidderEncKey: string;
}

/** The plaintext container of files. */
export function joinFiles(algorithms: Algorithms, files: readonly { name: string; bytes: Uint8Array }[]): Uint8Array {
  const rows = files.map(({ name, bytes }) => ({ name, size: bytes.length, hash: hex(algorithms.hash(bytes)) }));
  const manifest = jcs({ v: 1, files: rows });
  return concat(u32(manifest.length), manifest, ...files.map(({ bytes }) => bytes));
}

/** The ciphertext of a container under a header and data key. */
export function encryptBody(algorithms: Algorithms, header: Header, dek: Uint8Array, plain: Uint8Array): Uint8Array[] {
  const aad = headerHashOf(algorithms, header);
  return Array.from({ length: chunksOf(plain.length) }, (_, i) =>
    algorithms.seal({
      key: dek,
      nonce: nonceOf({ ...header, size: plain.length }, i),
      aad,
      data: plain.slice(i * 1048576, (i + 1) * 1048576),
    }),
  );
}

/** Every value that the vectors name. */
export function reseal(
  algorithms: Algorithms,
  input: SealInput,
  files: readonly { name: string; bytes: Uint8Array }[],
): Record<string, unknown> {
  const plain = joinFiles(algorithms, files);
  const context = contextOf(algorithms, input);
  const core = coreOf(algorithms, input, plain.length);
  const pk = readPoint(algorithms, input.pk);
  if (pk === undefined) throw new RangeError("pk is no point");
  const ke = keOf(algorithms, pk.multiply(readNumber(input.r)), core.R, context);
  const kek = kekOf(algorithms, { kb: input.kb, ke }, core, context);
  const header: Header = {
    ...core,
    wrapDek: hex(algorithms.seal({ key: kek, nonce: new Uint8Array(12), aad: context, data: fromHex(input.dek) })),
  };
  const chunks = encryptBody(algorithms, header, fromHex(input.dek), plain);
  const root = hex(
    merkleRoot(
      algorithms,
      chunks.map((chunk) => leafOf(algorithms, chunk)),
    ),
  );
  const body = concat(...chunks);
  return {
    header,
    ctx: hex(context),
    ke: hex(ke),
    kek: hex(kek),
    headerHash: hex(headerHashOf(algorithms, header)),
    chunks: chunks.length,
    cipherSize: body.length,
    firstBytes: hex(body.slice(0, 32)),
    lastBytes: hex(body.slice(-32)),
    root,
    bidDigest: bidDigestOf(algorithms, { header, root, cipherSize: body.length }),
    recoveryCode: writeRecoveryCode(algorithms, context, input.kb),
  };
}

function coreOf(algorithms: Algorithms, input: SealInput, size: number): Omit<Header, "wrapDek"> {
  const { suite, tenderId, lotId, part, bidderId, version, pk, ceremony, salt, prefix } = input;
  const context = contextOf(algorithms, input);
  const [R, K] = [input.r, input.pokK].map((scalar) => pointBytes(algorithms.Point.BASE.multiply(readNumber(scalar))));
  const c = hashToNumber(algorithms, "seal/v1 pokR\n", context, R ?? "", K ?? "");
  const z = (readNumber(input.pokK) + c * readNumber(input.r)) % orderOf(algorithms);
  const scalar = (value: bigint) => value.toString(16).padStart(64, "0");
  return {
    v: 1,
    format: "seal-header/v1",
    suite,
    tenderId,
    lotId,
    part,
    bidderId,
    version,
    pk,
    ceremony,
    salt,
    prefix,
    chunk: 1048576,
    size,
    R: hex(R ?? new Uint8Array()),
    pokR: { c: scalar(c), z: scalar(z) },
    commitKb: commitKbOf(algorithms, context, salt, input.kb),
    wrapKb: wrapOf(algorithms, input, context),
    kc: kcOf(algorithms, fromHex(input.dek), context),
  };
}

function wrapOf(algorithms: Algorithms, { bidderEncKey, wrapR, kb }: SealInput, context: Uint8Array): Header["wrapKb"] {
  const r = readNumber(wrapR);
  const shared = readPoint(algorithms, bidderEncKey)?.multiply(r);
  if (shared === undefined) throw new RangeError("the bidder's key is no point");
  const R = pointBytes(algorithms.Point.BASE.multiply(r));
  const key = hkdf(algorithms, pointBytes(shared), R, concat("seal/v1 kb wrap\n", context));
  const ct = algorithms.seal({ key, nonce: new Uint8Array(12), aad: context, data: fromHex(kb) });
  return { alg: "ecies", key: bidderEncKey, R: hex(R), ct: hex(ct) };
}
