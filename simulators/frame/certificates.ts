/**
 * Makes X.509 certificates and revocation lists of the simulated authority (RFC 5280): P-256, ECDSA with SHA-256.
 * Every one says that it is not for real use; the roots begin with "SIMULATOR ROOT", and a production trust list
 * refuses them (certificate-authority.md §1).
 */
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import { base64, fromBase64, hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";

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
const keyUsageBits = { caSign: 0b0000_0110, sign: 0b1100_0000, seal: 0b0000_1000, stamp: 0b1100_0000 } as const;

export interface Authority {
  /** b64 DER. */
  readonly certDer: string;
  /** b64 PKCS#8. */
  readonly keyDer: string;
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

/** Root and issuing authority, made once. */
export async function foundAuthority(name: string): Promise<{ root: Authority; issuing: Authority }> {
  const term = { notBefore: "2020-01-01T00:00:00.000Z", notAfter: "2045-01-01T00:00:00.000Z" };
  const demo: Subject[number] = [oid.organisation, "演示 NOT FOR REAL USE"];
  const rootPair = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const root: CertificateRequest = {
    ...term,
    subject: [[oid.commonName, `SIMULATOR ROOT ${name}`], demo],
    serial: Uint8Array.of(1),
    use: "caSign",
    publicKey: await infoOf(rootPair.publicKey),
  };
  const rootDer = await signCertificate(root, { key: rootPair.privateKey, subject: root.subject });
  const issuingPair = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const issuing: CertificateRequest = {
    ...term,
    subject: [[oid.commonName, `SIMULATOR ISSUING ${name}`], demo],
    serial: Uint8Array.of(2),
    use: "caSign",
    publicKey: await infoOf(issuingPair.publicKey),
  };
  const issuingDer = await signCertificate(issuing, { key: rootPair.privateKey, subject: root.subject });
  return {
    root: { certDer: rootDer, keyDer: await exported(rootPair.privateKey) },
    issuing: { certDer: issuingDer, keyDer: await exported(issuingPair.privateKey) },
  };
}

/** A fresh key with its certificate below the issuing authority, for an office of the authority's own. */
export async function issueOffice(name: string, use: "stamp", issuing: Authority): Promise<Authority> {
  const pair = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const request = {
    subject: [[oid.commonName, name] as const, [oid.organisation, "演示 NOT FOR REAL USE"] as const],
    publicKey: await infoOf(pair.publicKey),
    serial: Uint8Array.of(3),
    notBefore: "2020-01-01T00:00:00.000Z",
    notAfter: "2045-01-01T00:00:00.000Z",
    use,
  };
  return { certDer: await issueCertificate(request, issuing), keyDer: await exported(pair.privateKey) };
}

/** A certificate of a holder, signed by the issuing authority. b64 DER. */
export async function issueCertificate(request: CertificateRequest, issuing: Authority): Promise<string> {
  const certificate = parseCertificate(issuing.certDer);
  const subject = certificate.subject.typesAndValues.map(({ type, value }): Subject[number] => [type, String(value.valueBlock.value)]);
  return signCertificate(request, { key: await privateKeyOf(issuing), subject });
}

async function signCertificate(request: CertificateRequest, issuer: { key: CryptoKey; subject: Subject }): Promise<string> {
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1.Integer({ valueHex: positive(request.serial).buffer as ArrayBuffer });
  certificate.issuer.typesAndValues = namesOf(issuer.subject);
  certificate.subject.typesAndValues = namesOf(request.subject);
  certificate.notBefore.value = new Date(request.notBefore);
  certificate.notAfter.value = new Date(request.notAfter);
  if (request.publicKey) certificate.subjectPublicKeyInfo = request.publicKey;
  certificate.extensions = extensionsFor(request.use);
  await certificate.sign(issuer.key, "SHA-256");
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

const reasonCodes: Record<string, number> = {
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
  await crl.sign(await privateKeyOf(issuing), "SHA-256");
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

/** The key of a PKCS#10 request whose proof of possession is good and whose key is P-256; else the reason. */
export async function readCsr(csr: string): Promise<{ publicKey: pkijs.PublicKeyInfo; keyHash: string } | "csr" | "weakKey"> {
  try {
    const request = pkijs.CertificationRequest.fromBER(fromBase64(csr).buffer as ArrayBuffer);
    const parameters = request.subjectPublicKeyInfo.algorithm.algorithmParams as asn1.ObjectIdentifier | undefined;
    if (
      request.subjectPublicKeyInfo.algorithm.algorithmId !== "1.2.840.10045.2.1" ||
      parameters?.valueBlock?.toString() !== "1.2.840.10045.3.1.7"
    )
      return "weakKey";
    if (!(await request.verify())) return "csr";
    return {
      publicKey: request.subjectPublicKeyInfo,
      keyHash: hex(sha256(new Uint8Array(request.subjectPublicKeyInfo.toSchema().toBER(false)))),
    };
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

async function exported(key: CryptoKey): Promise<string> {
  return base64(new Uint8Array(await crypto.subtle.exportKey("pkcs8", key)));
}

async function infoOf(key: CryptoKey): Promise<pkijs.PublicKeyInfo> {
  const info = new pkijs.PublicKeyInfo();
  await info.importKey(key);
  return info;
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
