/**
 * TimestampAuthority by RFC 3161 over HTTP. The answer of one authority is judged whole — imprint, nonce, time, use of
 * the key, signature, chain — and what does not hold is as if nothing had come: the next authority is asked
 * (certificate-authority.md §5). Must never take a stamp because it parses.
 */
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import { hex } from "../../../formats/bytes.ts";
import { sha256 } from "../../../formats/jcs.ts";
import type { Clock, Random } from "../../kernel/index.ts";
import type { StampFault, StampRow, TimeStamp, TimestampAuthority } from "../ports/timestamp-authority-port.ts";
import { findCertificate, isAuthority } from "./certificate-parts.ts";

export interface TimestampOptions {
  readonly authorities: readonly StampRow[];
  /** Trade time. */
  readonly clock: Clock;
  readonly random: Random;
  readonly timeoutMs?: number;
}

const futureMsMax = 60_000;
const stampingUse = "1.3.6.1.5.5.7.3.8";
const sha256Oid = "2.16.840.1.101.3.4.2.1";
const signingCertificateV2 = "1.2.840.113549.1.9.16.2.47";

export function timestampAdapter(options: TimestampOptions): TimestampAuthority {
  return {
    async stamp(digest) {
      let last: { fault: StampFault } = { fault: "unreachable" };
      for (const row of options.authorities) {
        const answer = await askOne(row, digest, options);
        if (!("fault" in answer)) return answer;
        last = answer;
      }
      return last;
    },
  };
}

async function askOne(
  row: StampRow,
  digest: Uint8Array,
  { clock, random, timeoutMs = 5_000 }: TimestampOptions,
): Promise<TimeStamp | { fault: StampFault }> {
  const nonce = Uint8Array.from(random.bytes(8));
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
  const bytes = await post(row.url, questionOf(digest, nonce), timeoutMs);
  if (bytes === undefined) return { fault: "unreachable" };
  const read = readAnswer(bytes);
  if (typeof read === "string") return { fault: read };
  const { info, signed, token } = read;
  if (
    hex(info.messageImprint.hashedMessage.valueBlock.valueHexView) !== hex(digest) ||
    info.messageImprint.hashAlgorithm.algorithmId !== sha256Oid
  )
    return { fault: "other-imprint" };
  if (!info.nonce || hex(info.nonce.valueBlock.valueHexView) !== hex(nonce)) return { fault: "other-nonce" };
  if (info.genTime.getTime() > clock.now() + futureMsMax) return { fault: "future" };
  const fault = await signatureFault(signed, row, info.genTime);
  if (fault) return { fault };
  return { authority: row.id, genTime: info.genTime.toISOString(), serial: hex(info.serialNumber.valueBlock.valueHexView), token };
}

function questionOf(digest: Uint8Array, nonce: Uint8Array): Uint8Array<ArrayBuffer> {
  const question = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: sha256Oid }),
      hashedMessage: new asn1.OctetString({ valueHex: Uint8Array.from(digest).buffer }),
    }),
    nonce: new asn1.Integer({ valueHex: Uint8Array.from(nonce).buffer }),
    certReq: true,
  });
  return new Uint8Array(question.toSchema().toBER(false));
}

interface ReadAnswer {
  info: pkijs.TSTInfo;
  signed: pkijs.SignedData;
  token: Uint8Array;
}

function readAnswer(bytes: Uint8Array): ReadAnswer | StampFault {
  try {
    const response = pkijs.TimeStampResp.fromBER(Uint8Array.from(bytes).buffer);
    if (response.status.status !== pkijs.PKIStatus.granted || !response.timeStampToken) return "rejected";
    const signed = new pkijs.SignedData({ schema: response.timeStampToken.content });
    const content = signed.encapContentInfo.eContent?.getValue();
    if (!content || signed.encapContentInfo.eContentType !== "1.2.840.113549.1.9.16.1.4") return "unreadable";
    return { info: pkijs.TSTInfo.fromBER(content), signed, token: new Uint8Array(response.timeStampToken.toSchema().toBER(false)) };
  } catch {
    return "unreadable";
  }
}

async function signatureFault(signed: pkijs.SignedData, row: StampRow, at: Date): Promise<StampFault | undefined> {
  const root = findCertificate(row.rootDer);
  const certificates = (signed.certificates ?? []).filter((one): one is pkijs.Certificate => one instanceof pkijs.Certificate);
  const [signer] = signed.signerInfos;
  const own = certificates.find((one) => isOf(one, signer));
  if (!root || !own || !signer || signed.signerInfos.length !== 1) return "chain";
  if (!stampsOnly(own) || !isBound(signer, own)) return "wrong-use";
  if (!(await isSignedBy(signed, signer, own))) return "signature";
  return (await isBelow(own, root, certificates, at)) ? undefined : "chain";
}

/** The signature stands over the attributes, and the attributes name the content's digest (RFC 5652 §5.4). */
async function isSignedBy(signed: pkijs.SignedData, signer: pkijs.SignerInfo, own: pkijs.Certificate): Promise<boolean> {
  const content = signed.encapContentInfo.eContent?.getValue();
  const attribute = (type: string) => signer.signedAttrs?.attributes.find((one) => one.type === type)?.values[0];
  const digest = attribute("1.2.840.113549.1.9.4") as asn1.OctetString | undefined;
  const type = attribute("1.2.840.113549.1.9.3") as asn1.ObjectIdentifier | undefined;
  if (!content || !digest || !signer.signedAttrs || type?.valueBlock.toString() !== signed.encapContentInfo.eContentType) return false;
  if (signer.digestAlgorithm.algorithmId !== sha256Oid || hex(digest.valueBlock.valueHexView) !== hex(sha256(new Uint8Array(content))))
    return false;
  const attributes = new Uint8Array(
    signer.signedAttrs.encodedValue.byteLength > 0 ? signer.signedAttrs.encodedValue : signer.signedAttrs.toSchema().toBER(false),
  );
  // Signed as a SET, carried as an implicit [0].
  attributes[0] = 0x31;
  const engine = pkijs.getCrypto(true);
  return engine
    .verifyWithPublicKey(attributes.buffer, signer.signature, own.subjectPublicKeyInfo, signer.signatureAlgorithm, "SHA-256")
    .catch(() => false);
}

function isOf(certificate: pkijs.Certificate, signer: pkijs.SignerInfo | undefined): boolean {
  const sid = signer?.sid;
  return (
    sid instanceof pkijs.IssuerAndSerialNumber &&
    certificate.issuer.isEqual(sid.issuer) &&
    certificate.serialNumber.isEqual(sid.serialNumber)
  );
}

/** RFC 3161 §2.3: critical, and for nothing but stamping. */
function stampsOnly(certificate: pkijs.Certificate): boolean {
  const use = certificate.extensions?.find(({ extnID }) => extnID === "2.5.29.37");
  const purposes = (use?.parsedValue as pkijs.ExtKeyUsage | undefined)?.keyPurposes ?? [];
  return use?.critical === true && purposes.length === 1 && purposes[0] === stampingUse;
}

/** RFC 5816: the signature names its certificate by digest, so that another one of the same key cannot take its place. */
function isBound(signer: pkijs.SignerInfo, certificate: pkijs.Certificate): boolean {
  const attribute = signer.signedAttrs?.attributes.find(({ type }) => type === signingCertificateV2);
  const sequence = attribute?.values[0] as asn1.Sequence | undefined;
  if (!sequence) return false;
  const digest = hex(sha256(new Uint8Array(certificate.toSchema().toBER(false))));
  return hex(new Uint8Array(sequence.toBER(false))).includes(`0420${digest}`);
}

/** One issuing authority between, as trust rows have it; every link signed and in its term at that instant. */
async function isBelow(own: pkijs.Certificate, root: pkijs.Certificate, others: readonly pkijs.Certificate[], at: Date): Promise<boolean> {
  const lives = (one: pkijs.Certificate) => one.notBefore.value <= at && at <= one.notAfter.value;
  const isSigned = (one: pkijs.Certificate, by: pkijs.Certificate) => one.verify(by).catch(() => false);
  if (!lives(own) || !lives(root)) return false;
  for (const issuer of others.filter((one) => one !== own && isAuthority(one) && lives(one) && own.issuer.isEqual(one.subject))) {
    if (issuer.issuer.isEqual(root.subject) && (await isSigned(issuer, root)) && (await isSigned(own, issuer))) return true;
  }
  return own.issuer.isEqual(root.subject) && isSigned(own, root);
}

async function post(url: string, question: Uint8Array<ArrayBuffer>, timeoutMs: number): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      redirect: "error",
      headers: { "content-type": "application/timestamp-query" },
      body: question,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const bytes = answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
    return bytes && bytes.length <= 65_536 ? bytes : undefined;
  } catch {
    return undefined;
  }
}
