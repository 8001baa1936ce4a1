/** Makes answers of a time-stamp authority (RFC 3161, RFC 5816): TSTInfo in a CMS SignedData, signed by the stamping key only. */
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import { fromBase64 } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import { type Authority, parseCertificate, privateKeyOf } from "../frame/certificates.ts";

const oid = {
  tstInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  sha256: "2.16.840.1.101.3.4.2.1",
};
/** Made-up arc of the simulators. */
export const stampPolicy = "1.2.156.99999.3.1";

export interface StampWish {
  stamping: Authority;
  chain: readonly string[];
  /** Business time. */
  genTime: string;
  serial: Uint8Array;
  /** A fault of the simulator: stamps something else than it was asked for. */
  wrongImprint?: boolean;
}

/** @returns DER of a TimeStampResp; a refusal when the question cannot be read or its digest is not SHA-256. */
export async function answerStamp(question: Uint8Array, wish: StampWish): Promise<Uint8Array> {
  const asked = readQuestion(question);
  if (!asked) return refusal();
  const { messageImprint, nonce, certReq } = asked;
  const imprint = wish.wrongImprint
    ? new pkijs.MessageImprint({
        hashAlgorithm: messageImprint.hashAlgorithm,
        hashedMessage: new asn1.OctetString({ valueHex: sha256("other").buffer as ArrayBuffer }),
      })
    : messageImprint;
  const info = new pkijs.TSTInfo({
    version: 1,
    policy: stampPolicy,
    messageImprint: imprint,
    serialNumber: new asn1.Integer({ valueHex: wish.serial.buffer as ArrayBuffer }),
    genTime: new Date(wish.genTime),
    accuracy: new pkijs.Accuracy({ seconds: 1 }),
    ...(nonce ? { nonce } : {}),
  });
  const content = info.toSchema().toBER(false);
  const signed = await signContent(content, wish, certReq === true);
  const token = new pkijs.ContentInfo({ contentType: "1.2.840.113549.1.7.2", content: signed.toSchema(true) });
  return derOf(new pkijs.TimeStampResp({ status: new pkijs.PKIStatusInfo({ status: pkijs.PKIStatus.granted }), timeStampToken: token }));
}

async function signContent(content: ArrayBuffer, { stamping, chain }: StampWish, withCertificates: boolean): Promise<pkijs.SignedData> {
  const certificate = parseCertificate(stamping.certDer);
  const attribute = (type: string, value: asn1.BaseBlock) => new pkijs.Attribute({ type, values: [value] });
  // ESSCertIDv2 with its default digest: it binds the signature to this very certificate.
  const essCertId = new asn1.Sequence({
    value: [
      new asn1.Sequence({
        value: [
          new asn1.Sequence({ value: [new asn1.OctetString({ valueHex: sha256(fromBase64(stamping.certDer)).buffer as ArrayBuffer })] }),
        ],
      }),
    ],
  });
  const signer = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({
      type: 0,
      attributes: [
        attribute(oid.contentType, new asn1.ObjectIdentifier({ value: oid.tstInfo })),
        attribute(oid.messageDigest, new asn1.OctetString({ valueHex: sha256(new Uint8Array(content)).buffer as ArrayBuffer })),
        attribute(oid.signingCertificateV2, essCertId),
      ],
    }),
  });
  const signed = new pkijs.SignedData({
    version: 3,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({
      eContentType: oid.tstInfo,
      eContent: new asn1.OctetString({ valueHex: content }),
    }),
    signerInfos: [signer],
    certificates: withCertificates ? [certificate, ...chain.map(parseCertificate)] : [],
  });
  await signed.sign(await privateKeyOf(stamping), 0, "SHA-256");
  return signed;
}

function readQuestion(bytes: Uint8Array): pkijs.TimeStampReq | undefined {
  try {
    const question = pkijs.TimeStampReq.fromBER(Uint8Array.from(bytes).buffer);
    const { hashAlgorithm, hashedMessage } = question.messageImprint;
    return hashAlgorithm.algorithmId === oid.sha256 && hashedMessage.valueBlock.valueHexView.length === 32 ? question : undefined;
  } catch {
    return undefined;
  }
}

function refusal(): Uint8Array {
  return derOf(new pkijs.TimeStampResp({ status: new pkijs.PKIStatusInfo({ status: pkijs.PKIStatus.rejection }) }));
}

function derOf(response: pkijs.TimeStampResp): Uint8Array {
  return new Uint8Array(response.toSchema().toBER(false));
}
