/**
 * Answers of a status service (RFC 6960): one certificate, its state now, the asker's nonce, signed by an office that the
 * authority has named for it. Modes make the ugly answers of certificate-authority.md §5.
 */
import { createHash } from "node:crypto";
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import { hex } from "../../formats/bytes.ts";
import { type Authority, parseCertificate, type Revocation, reasonCodes } from "./certificates.ts";
import { signatureOid, signBytes } from "./families.ts";

export type StatusMode = "good" | "wrongSigner" | "noNonce" | "mute";

const nonceOid = "1.3.6.1.5.5.7.48.1.2";
const basicOid = "1.3.6.1.5.5.7.48.1.1";
const hashes: Readonly<Record<string, string>> = { "1.3.14.3.2.26": "sha1", "2.16.840.1.101.3.4.2.1": "sha256" };

export interface StatusQuestion {
  readonly request: pkijs.OCSPRequest;
  readonly certId: pkijs.CertID;
  readonly serial: string;
}

/** Undefined for whatever is no question about one certificate. */
export function readQuestion(bytes: Uint8Array): StatusQuestion | undefined {
  try {
    const request = pkijs.OCSPRequest.fromBER(Uint8Array.from(bytes).buffer);
    const [first, ...more] = request.tbsRequest.requestList;
    if (!first || more.length > 0) return undefined;
    const serial = hex(first.reqCert.serialNumber.valueBlock.valueHexView).replace(/^00(?=[89a-f])/, "");
    return { request, certId: first.reqCert, serial };
  } catch {
    return undefined;
  }
}

/** Is the question about a certificate of this authority? */
export function isOf({ certId }: StatusQuestion, issuing: Authority): boolean {
  const name = hashes[certId.hashAlgorithm.algorithmId];
  if (!name) return false;
  const { subject, subjectPublicKeyInfo } = parseCertificate(issuing.certDer);
  const hash = (bytes: Uint8Array) => createHash(name).update(bytes).digest("hex");
  const names = hash(new Uint8Array(subject.toSchema().toBER(false)));
  const key = hash(subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView);
  return hex(certId.issuerNameHash.valueBlock.valueHexView) === names && hex(certId.issuerKeyHash.valueBlock.valueHexView) === key;
}

export interface StatusFacts {
  /** Undefined: the authority never issued it. */
  readonly known: boolean;
  readonly revocation: Revocation | undefined;
  readonly now: string;
  readonly mode: StatusMode;
}

const hourMs = 3_600_000;

export function answerStatus({ request, certId }: StatusQuestion, office: Authority, facts: StatusFacts): Uint8Array {
  const single = new pkijs.SingleResponse({ certID: certId, certStatus: statusOf(facts), thisUpdate: new Date(facts.now) });
  single.nextUpdate = new Date(Date.parse(facts.now) + hourMs);
  if (facts.revocation?.invalidityAt) {
    const value = new asn1.GeneralizedTime({ valueDate: new Date(facts.revocation.invalidityAt) });
    single.singleExtensions = [new pkijs.Extension({ extnID: "2.5.29.24", critical: false, extnValue: value.toBER(false) })];
  }
  const nonce = request.tbsRequest.requestExtensions?.find(({ extnID }) => extnID === nonceOid);
  const data = new pkijs.ResponseData({
    responderID: parseCertificate(office.certDer).subject,
    producedAt: new Date(facts.now),
    responses: [single],
    ...(nonce && facts.mode !== "noNonce" ? { responseExtensions: [nonce] } : {}),
  });
  return wholeAnswer(data, office, facts.mode);
}

function wholeAnswer(data: pkijs.ResponseData, office: Authority, mode: StatusMode): Uint8Array {
  const { family = "p256", keyDer } = office;
  const tbs = new Uint8Array(data.toSchema(true).toBER(false));
  data.tbsView = tbs;
  const signature = signBytes(mode === "wrongSigner" ? Uint8Array.from([...tbs, 0]) : tbs, { family, secret: keyDer });
  const basic = new pkijs.BasicOCSPResponse({
    tbsResponseData: data,
    signatureAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: signatureOid[family] }),
    signature: new asn1.BitString({ valueHex: Uint8Array.from(signature).buffer }),
    certs: [parseCertificate(office.certDer)],
  });
  const response = new asn1.OctetString({ valueHex: basic.toSchema().toBER(false) });
  const answer = new pkijs.OCSPResponse({
    responseStatus: new asn1.Enumerated({ value: 0 }),
    responseBytes: new pkijs.ResponseBytes({ responseType: basicOid, response }),
  });
  return new Uint8Array(answer.toSchema().toBER(false));
}

function statusOf({ known, revocation }: StatusFacts): asn1.BaseBlock {
  const tag = (tagNumber: number) => ({ tagClass: 3, tagNumber });
  if (!known) return new asn1.Primitive({ idBlock: tag(2), lenBlockLength: 1 } as object);
  if (!revocation) return new asn1.Primitive({ idBlock: tag(0), lenBlockLength: 1 } as object);
  const at = new asn1.GeneralizedTime({ valueDate: new Date(Math.floor(Date.parse(revocation.at) / 1_000) * 1_000) });
  const reason = new asn1.Constructed({ idBlock: tag(0), value: [new asn1.Enumerated({ value: reasonCodes[revocation.reason] ?? 0 })] });
  return new asn1.Constructed({ idBlock: tag(1), value: [at, reason] });
}
