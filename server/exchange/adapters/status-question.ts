/**
 * One question to a status service and its answer (RFC 6960, certificate-authority.md §3.3, §5). An answer counts only when
 * it is about this certificate, bears our nonce, is fresh, and is signed by the authority itself or by an office that the
 * authority has named for that. Everything else is no answer; the list is asked then.
 */
import { createHash } from "node:crypto";
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import { hex } from "../../../formats/bytes.ts";
import { bytesAreSigned, isSignedBy } from "./signature-family.ts";

const nonceOid = "1.3.6.1.5.5.7.48.1.2";
const statusPurpose = "1.3.6.1.5.5.7.3.9";
const sha256Oid = "2.16.840.1.101.3.4.2.1";
const toleranceMs = 300_000;

export interface StatusSubject {
  readonly certificate: pkijs.Certificate;
  readonly issuer: pkijs.Certificate;
  readonly nonce: Uint8Array;
}

export interface StatusAnswer {
  readonly nextUpdate: string;
  /** Undefined: good at the instant of the answer. */
  readonly revoked: { readonly at: string; readonly isKeyCompromise: boolean; readonly invalidityAt?: string } | undefined;
}

export function statusQuestion({ certificate, issuer, nonce }: StatusSubject): Uint8Array<ArrayBuffer> {
  const request = new pkijs.OCSPRequest();
  request.tbsRequest.requestList = [new pkijs.Request({ reqCert: certIdOf(certificate, issuer) })];
  request.tbsRequest.requestExtensions = [
    new pkijs.Extension({ extnID: nonceOid, critical: false, extnValue: new asn1.OctetString({ valueHex: bufferOf(nonce) }).toBER(false) }),
  ];
  return new Uint8Array(request.toSchema(true).toBER(false));
}

/** @param now trade time in milliseconds. */
export async function readStatusAnswer(bytes: Uint8Array, subject: StatusSubject, now: number): Promise<StatusAnswer | undefined> {
  try {
    const basic = basicOf(bytes);
    const [single, ...more] = basic?.tbsResponseData.responses ?? [];
    if (!basic || !single || more.length > 0) return undefined;
    if (!single.certID.isEqual(certIdOf(subject.certificate, subject.issuer)) || !hasNonce(basic, subject.nonce)) return undefined;
    const [thisUpdate, nextUpdate] = [single.thisUpdate.getTime(), single.nextUpdate?.getTime() ?? 0];
    if (thisUpdate > now + toleranceMs || nextUpdate < now || !(await isOfAuthority(basic, subject.issuer, now))) return undefined;
    return answerOf(single, nextUpdate);
  } catch {
    return undefined;
  }
}

function basicOf(bytes: Uint8Array): pkijs.BasicOCSPResponse | undefined {
  const whole = pkijs.OCSPResponse.fromBER(bufferOf(bytes));
  if (whole.responseStatus.valueBlock.valueDec !== 0 || !whole.responseBytes) return undefined;
  return pkijs.BasicOCSPResponse.fromBER(bufferOf(whole.responseBytes.response.valueBlock.valueHexView));
}

function answerOf({ certStatus, singleExtensions }: pkijs.SingleResponse, nextUpdateMs: number): StatusAnswer | undefined {
  const status = certStatus as asn1.Constructed;
  const nextUpdate = new Date(nextUpdateMs).toISOString();
  if (status.idBlock.tagNumber === 0) return { nextUpdate, revoked: undefined };
  // "Unknown" is no answer either: the authority does not know it, so somebody else has to.
  if (status.idBlock.tagNumber !== 1) return undefined;
  const [at, reason] = status.valueBlock.value as [asn1.GeneralizedTime, asn1.Constructed | undefined];
  const code = (reason?.valueBlock.value[0] as asn1.Enumerated | undefined)?.valueBlock.valueDec;
  const told = singleExtensions?.find(({ extnID }) => extnID === "2.5.29.24");
  const invalidity = told && asn1.fromBER(told.extnValue.valueBlock.valueHexView).result;
  const invalidityAt = invalidity instanceof asn1.GeneralizedTime ? { invalidityAt: invalidity.toDate().toISOString() } : {};
  return { nextUpdate, revoked: { at: at.toDate().toISOString(), isKeyCompromise: code === 1, ...invalidityAt } };
}

/** By the authority's own key, or by one that it certified for answering and for nothing else. */
async function isOfAuthority(basic: pkijs.BasicOCSPResponse, issuer: pkijs.Certificate, now: number): Promise<boolean> {
  const signed = (key: pkijs.PublicKeyInfo) =>
    bytesAreSigned(key, {
      algorithmId: basic.signatureAlgorithm.algorithmId,
      bytes: basic.tbsResponseData.tbsView,
      signature: basic.signature.valueBlock.valueHexView,
    });
  if (signed(issuer.subjectPublicKeyInfo)) return true;
  for (const office of basic.certs ?? []) {
    const isNamed =
      office.issuer.isEqual(issuer.subject) && (await isSignedBy(office, issuer.subjectPublicKeyInfo, () => office.verify(issuer)));
    const isInTerm = office.notBefore.value.getTime() <= now && now <= office.notAfter.value.getTime();
    if (isNamed && isInTerm && answersFor(office) && signed(office.subjectPublicKeyInfo)) return true;
  }
  return false;
}

function answersFor(office: pkijs.Certificate): boolean {
  const purposes = office.extensions?.find(({ extnID }) => extnID === "2.5.29.37")?.parsedValue as pkijs.ExtKeyUsage | undefined;
  return purposes?.keyPurposes.includes(statusPurpose) ?? false;
}

function hasNonce(basic: pkijs.BasicOCSPResponse, nonce: Uint8Array): boolean {
  const told = basic.tbsResponseData.responseExtensions?.find(({ extnID }) => extnID === nonceOid);
  return told !== undefined && hex(told.extnValue.valueBlock.valueHexView).endsWith(hex(nonce));
}

function certIdOf(certificate: pkijs.Certificate, issuer: pkijs.Certificate): pkijs.CertID {
  const hash = (bytes: Uint8Array) => new asn1.OctetString({ valueHex: bufferOf(createHash("sha256").update(bytes).digest()) });
  return new pkijs.CertID({
    hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: sha256Oid, algorithmParams: new asn1.Null() }),
    issuerNameHash: hash(new Uint8Array(issuer.subject.toSchema().toBER(false))),
    issuerKeyHash: hash(issuer.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView),
    serialNumber: certificate.serialNumber,
  });
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
