/**
 * A detached CMS signature as PAdES wants it (ETSI EN 319 142-1, level B, with a stamp T): content type, digest and the
 * certificate that signed are signed attributes; the time is in the PDF, and proven by an RFC 3161 token only.
 */
import { createHash } from "node:crypto";
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";

/** The seal of an organisation. Where its key is kept is not this service's business. */
export interface Seal {
  /** The organisation's name, as its certificate has it. */
  readonly name: string;
  readonly family: "rsa" | "p256";
  /** DER; the holder's first, then those up to the root. */
  readonly certificates: readonly Uint8Array[];
  /** PKCS#1 v1.5 with SHA-256, or ECDSA with SHA-256 in DER, over the bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Token of a time-stamping authority over a SHA-256 digest; undefined when none is to be had. */
export type Stamper = (digest: Uint8Array) => Promise<Uint8Array | undefined>;

const oid = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  timeStampToken: "1.2.840.113549.1.9.16.2.14",
  sha256: "2.16.840.1.101.3.4.2.1",
  rsa: "1.2.840.113549.1.1.1",
  p256: "1.2.840.10045.4.3.2",
} as const;

const sha256 = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(createHash("sha256").update(bytes).digest());
const octets = (bytes: Uint8Array<ArrayBuffer>) => new asn1.OctetString({ valueHex: bytes.buffer });

/** DER of the signature over a document's digest. @throws Error when the seal has no certificate */
export async function detachedSignature(digest: Uint8Array, seal: Seal, stamp: Stamper | undefined): Promise<Uint8Array> {
  const [own, ...chain] = seal.certificates.map((der) => pkijs.Certificate.fromBER(Uint8Array.from(der)));
  if (!own) throw new Error(`the seal of ${seal.name} has no certificate`);
  const attributes = signedAttributes(Uint8Array.from(digest), sha256(seal.certificates[0] ?? digest));
  const signature = Uint8Array.from(await seal.sign(encodedSet(attributes)));
  const token = await stamp?.(sha256(signature));
  const signer = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: oid.sha256 }),
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: algorithmOf(seal),
    signature: octets(signature),
    ...(token === undefined ? {} : { unsignedAttrs: stampedBy(token) }),
  });
  const signed = new pkijs.SignedData({
    version: 1,
    digestAlgorithms: [new pkijs.AlgorithmIdentifier({ algorithmId: oid.sha256 })],
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: oid.data }),
    certificates: [own, ...chain],
    signerInfos: [signer],
  });
  const content = new pkijs.ContentInfo({ contentType: oid.signedData, content: signed.toSchema(true) });
  return new Uint8Array(content.toSchema().toBER(false));
}

function algorithmOf({ family }: Seal): pkijs.AlgorithmIdentifier {
  return new pkijs.AlgorithmIdentifier({ algorithmId: oid[family], ...(family === "rsa" ? { algorithmParams: new asn1.Null() } : {}) });
}

/** In the order of their bytes: DER of a SET OF, so that signing and reading see the same. */
function signedAttributes(digest: Uint8Array<ArrayBuffer>, certificateHash: Uint8Array<ArrayBuffer>): pkijs.Attribute[] {
  const sequence = (...value: asn1.AsnType[]) => new asn1.Sequence({ value });
  const attributes = [
    new pkijs.Attribute({ type: oid.contentType, values: [new asn1.ObjectIdentifier({ value: oid.data })] }),
    new pkijs.Attribute({ type: oid.messageDigest, values: [octets(digest)] }),
    new pkijs.Attribute({ type: oid.signingCertificateV2, values: [sequence(sequence(sequence(octets(certificateHash))))] }),
  ];
  const encoded = (attribute: pkijs.Attribute) => Buffer.from(attribute.toSchema().toBER(false));
  return attributes.sort((a, b) => Buffer.compare(encoded(a), encoded(b)));
}

function encodedSet(attributes: readonly pkijs.Attribute[]): Uint8Array {
  return new Uint8Array(new asn1.Set({ value: attributes.map((attribute) => attribute.toSchema()) }).toBER(false));
}

function stampedBy(token: Uint8Array): pkijs.SignedAndUnsignedAttributes {
  const value = asn1.fromBER(Uint8Array.from(token)).result;
  return new pkijs.SignedAndUnsignedAttributes({
    type: 1,
    attributes: [new pkijs.Attribute({ type: oid.timeStampToken, values: [value] })],
  });
}
