/**
 * Makes X.509 certificates and revocation lists of the simulated authority (RFC 5280) in three families.
 * Every one says that it is not for real use; the roots begin with "SIMULATOR ROOT", and a production trust list
 * refuses them (certificate-authority.md §1).
 */
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import { base64, fromBase64, hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import { type Family, type FamilyPair, familyOfKey, newFamilyPair, requestHolds, signStructure } from "./families.ts";

const curve = { name: "ECDSA", namedCurve: "P-256" } as const;

/** Made-up arc for the simulators, to be replaced by a registered one. */
export const oid = {
  holderGenerated: "1.2.156.99999.1.1",
  policy: "1.2.156.99999.2.1",
  commonName: "2.5.4.3",
  organisation: "2.5.4.10",
  organisationIdentifier: "2.5.4.97",
  pseudonym: "2.5.4.5",
} as const;
const keyUsageBits = { caSign: 0b0000_0110, sign: 0b1100_0000, seal: 0b0000_1000, stamp: 0b1100_0000, status: 0b1100_0000 } as const;

export interface Authority {
  /** b64 DER. */
  readonly certDer: string;
  /** b64 PKCS#8; of SM2 the scalar in hex. */
  readonly keyDer: string;
  /** P-256 when it is not named: authorities founded before there were others. */
  readonly family?: Family;
}

export type Subject = readonly (readonly [type: string, value: string])[];

export interface CertificateRequest {
  readonly subject: Subject;
  /** Key of the holder; undefined makes a new key pair (authorities only). */
  readonly publicKey?: pkijs.PublicKeyInfo;
  readonly serial: Uint8Array;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly use: keyof typeof keyUsageBits;
}

/** Root and issuing authority of one family, made once. */
export async function foundAuthority(name: string, family: Family = "p256"): Promise<{ root: Authority; issuing: Authority }> {
  const demo: Subject[number] = [oid.organisation, "演示 NOT FOR REAL USE"];
  const [rootPair, issuingPair] = [await newFamilyPair(family, machineRandom), await newFamilyPair(family, machineRandom)];
  const rootSubject: Subject = [[oid.commonName, `SIMULATOR ROOT ${name}`], demo];
  const signer = { key: rootPair, subject: rootSubject };
  const made = async (pair: FamilyPair, subject: Subject, serial: number): Promise<Authority> => ({
    certDer: await signCertificate(
      { ...longTerm, subject, serial: Uint8Array.of(serial), use: "caSign", publicKey: pair.publicKey },
      signer,
    ),
    keyDer: pair.secret,
    family,
  });
  return {
    root: await made(rootPair, rootSubject, 1),
    issuing: await made(issuingPair, [[oid.commonName, `SIMULATOR ISSUING ${name}`], demo], 2),
  };
}

const longTerm = { notBefore: "2020-01-01T00:00:00.000Z", notAfter: "2045-01-01T00:00:00.000Z" };
const machineRandom = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** A fresh key with its certificate below the issuing authority, for an office of the authority's own. */
export async function issueOffice(name: string, use: "stamp" | "status", issuing: Authority): Promise<Authority> {
  const { family = "p256" } = issuing;
  const pair = await newFamilyPair(family, machineRandom);
  const request = {
    ...longTerm,
    subject: [[oid.commonName, name] as const, [oid.organisation, "演示 NOT FOR REAL USE"] as const],
    publicKey: pair.publicKey,
    serial: Uint8Array.of(3),
    use,
  };
  return { certDer: await issueCertificate(request, issuing), keyDer: pair.secret, family };
}

/** A certificate of a holder, signed by the issuing authority. b64 DER. */
export async function issueCertificate(request: CertificateRequest, issuing: Authority): Promise<string> {
  const certificate = parseCertificate(issuing.certDer);
  const subject = certificate.subject.typesAndValues.map(({ type, value }): Subject[number] => [type, String(value.valueBlock.value)]);
  return signCertificate(request, { key: signerOf(issuing), subject });
}

function signerOf({ family = "p256", keyDer }: Authority): Pick<FamilyPair, "family" | "secret"> {
  return { family, secret: keyDer };
}

async function signCertificate(
  request: CertificateRequest,
  issuer: { key: Pick<FamilyPair, "family" | "secret">; subject: Subject },
): Promise<string> {
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1.Integer({ valueHex: positive(request.serial).buffer as ArrayBuffer });
  certificate.issuer.typesAndValues = namesOf(issuer.subject);
  certificate.subject.typesAndValues = namesOf(request.subject);
  certificate.notBefore.value = new Date(request.notBefore);
  certificate.notAfter.value = new Date(request.notAfter);
  if (request.publicKey) certificate.subjectPublicKeyInfo = request.publicKey;
  certificate.extensions = extensionsFor(request.use);
  await signStructure(certificate, issuer.key);
  return base64(new Uint8Array(certificate.toSchema(true).toBER(false)));
}

function extensionsFor(use: keyof typeof keyUsageBits): pkijs.Extension[] {
  const usage = new asn1.BitString({
    valueHex: Uint8Array.of(keyUsageBits[use]).buffer,
    unusedBits: use === "caSign" ? 1 : use === "seal" ? 3 : 6,
  });
  const isAuthority = use === "caSign";
  const policies = new pkijs.CertificatePolicies({ certificatePolicies: [new pkijs.PolicyInformation({ policyIdentifier: oid.policy })] });
  const extensions = [
    extension("2.5.29.19", true, new pkijs.BasicConstraints(isAuthority ? { cA: true } : {}).toSchema()),
    extension("2.5.29.15", true, usage),
    extension("2.5.29.32", false, policies.toSchema()),
  ];
  // A sealing key is made by its holder; an escrowed one would open bids elsewhere (certificate-authority.md §1).
  if (use === "seal") extensions.push(extension(oid.holderGenerated, false, new asn1.Utf8String({ value: "holderGenerated" })));
  // RFC 3161 §2.3: a key that stamps does nothing else, and says so critically.
  if (use === "stamp")
    extensions.push(extension("2.5.29.37", true, new pkijs.ExtKeyUsage({ keyPurposes: ["1.3.6.1.5.5.7.3.8"] }).toSchema()));
  // RFC 6960 §4.2.2.2: whoever answers for an authority is named by it for that and nothing else.
  if (use === "status")
    extensions.push(extension("2.5.29.37", false, new pkijs.ExtKeyUsage({ keyPurposes: ["1.3.6.1.5.5.7.3.9"] }).toSchema()));
  return extensions;
}

function extension(id: string, critical: boolean, value: asn1.BaseBlock): pkijs.Extension {
  return new pkijs.Extension({ extnID: id, critical, extnValue: value.toBER(false) });
}

export interface Revocation {
  readonly serial: string;
  readonly at: string;
  readonly reason: string;
  readonly invalidityAt?: string;
}

export const reasonCodes: Readonly<Record<string, number>> = {
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessation: 5,
  onHold: 6,
  withdrawn: 9,
};

/** A full list. @param number never falls: it is the business instant in milliseconds. */
export async function makeCrl(
  issuing: Authority,
  revocations: readonly Revocation[],
  about: { thisUpdate: string; nextUpdate: string; number: number },
): Promise<Uint8Array> {
  const crl = new pkijs.CertificateRevocationList();
  crl.version = 1;
  crl.issuer = parseCertificate(issuing.certDer).subject;
  crl.thisUpdate = utcTime(about.thisUpdate);
  crl.nextUpdate = utcTime(about.nextUpdate);
  if (revocations.length > 0) crl.revokedCertificates = revocations.map(revoked);
  crl.crlExtensions = new pkijs.Extensions({
    extensions: [extension("2.5.29.20", false, new asn1.Integer({ valueHex: positive(numberBytes(about.number)).buffer as ArrayBuffer }))],
  });
  await signStructure(crl, signerOf(issuing));
  return new Uint8Array(crl.toSchema(true).toBER(false));
}

function revoked(one: Revocation): pkijs.RevokedCertificate {
  const extensions = [extension("2.5.29.21", false, new asn1.Enumerated({ value: reasonCodes[one.reason] ?? 0 }))];
  if (one.invalidityAt) extensions.push(extension("2.5.29.24", false, new asn1.GeneralizedTime({ valueDate: new Date(one.invalidityAt) })));
  return new pkijs.RevokedCertificate({
    userCertificate: new asn1.Integer({ valueHex: positive(Uint8Array.from(Buffer.from(one.serial, "hex"))).buffer as ArrayBuffer }),
    revocationDate: utcTime(one.at),
    crlEntryExtensions: new pkijs.Extensions({ extensions }),
  });
}

/** RFC 5280 §5.1.2.4: UTCTime until 2049, whole seconds. The fraction is dropped, so a revocation never looks later than it was. */
function utcTime(instant: string): pkijs.Time {
  return new pkijs.Time({ type: 0, value: new Date(Math.floor(Date.parse(instant) / 1_000) * 1_000) });
}

export type ReadCsr = { publicKey: pkijs.PublicKeyInfo; family: Family; keyHash: string };

/** The key of a PKCS#10 request whose proof of possession is good and whose key may be certified; else the reason. */
export async function readCsr(csr: string): Promise<ReadCsr | "csr" | "weakKey"> {
  try {
    const request = pkijs.CertificationRequest.fromBER(fromBase64(csr).buffer as ArrayBuffer);
    const publicKey = request.subjectPublicKeyInfo;
    const family = familyOfKey(publicKey);
    if (!family) return "weakKey";
    if (!(await requestHolds(request))) return "csr";
    return { publicKey, family, keyHash: hex(sha256(new Uint8Array(publicKey.toSchema().toBER(false)))) };
  } catch {
    return "csr";
  }
}

export function parseCertificate(certDer: string): pkijs.Certificate {
  return pkijs.Certificate.fromBER(fromBase64(certDer).buffer as ArrayBuffer);
}

export async function privateKeyOf(authority: Authority): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", fromBase64(authority.keyDer), curve, false, ["sign"]);
}

function namesOf(subject: Subject): pkijs.AttributeTypeAndValue[] {
  return subject.map(([type, value]) => new pkijs.AttributeTypeAndValue({ type, value: new asn1.Utf8String({ value }) }));
}

/** DER integers are signed: a leading bit of 1 needs a zero byte before it. */
function positive(bytes: Uint8Array): Uint8Array {
  return (bytes[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...bytes) : Uint8Array.from(bytes);
}

function numberBytes(value: number): Uint8Array {
  const text = value.toString(16);
  return Uint8Array.from(Buffer.from(text.length % 2 === 0 ? text : `0${text}`, "hex"));
}
