/**
 * Certificates at the moments that count: when a person is enrolled, and at each signed act. A certificate that
 * is expired, revoked, of an unknown authority or of another purpose is refused with its reason; what it signed
 * before stands (电子签名法 13, 16; certificate-authority.md §3).
 *
 * Must never answer "good" because an authority is silent: then the act waits.
 */
import type { SignatureFamily } from "../../../formats/act-signature.ts";
import { type Instant, instantText, type Refusal, refuse } from "../../kernel/index.ts";
import type { Actor } from "../role.ts";
import type { CertificateFault, CertificateStatus, CertificateStatusPort, CertificateUse } from "./certificate-status.ts";

const reasons: Readonly<Record<CertificateFault, { code: string; zh: string; en: string }>> = {
  unreadable: { code: "certificate.unreadable", zh: "证书无法读取。", en: "The certificate cannot be read." },
  chain: {
    code: "certificate.unknown-authority",
    zh: "证书不是由信任列表中的认证机构签发。",
    en: "No authority of the trust list has issued this certificate.",
  },
  "not-yet-valid": { code: "certificate.not-yet-valid", zh: "证书尚未生效。", en: "The certificate is not yet valid." },
  expired: { code: "certificate.expired", zh: "证书已过有效期。", en: "The certificate has expired." },
  revoked: {
    code: "certificate.revoked",
    zh: "证书已被吊销，此前的签名仍然有效，但不能再用于新的行为。",
    en: "The certificate is revoked; what it signed before stands, nothing new may be signed with it.",
  },
  "wrong-use": { code: "certificate.wrong-use", zh: "证书的密钥用途与此处不符。", en: "The certificate's key usage does not fit." },
  "weak-key": {
    code: "certificate.weak-key",
    zh: "证书的算法或密钥长度不被接受。",
    en: "The certificate's algorithm or key length is not accepted.",
  },
  "escrowed-key": {
    code: "certificate.escrowed-key",
    zh: "该加密证书的私钥由第三方托管，不能用于密封投标。",
    en: "The key of this certificate is escrowed; it may not seal bids.",
  },
  "unknown-critical-extension": {
    code: "certificate.unknown-extension",
    zh: "证书含有无法识别的关键扩展。",
    en: "The certificate has a critical extension that is not understood.",
  },
  "env-mismatch": {
    code: "certificate.env-mismatch",
    zh: "演示证书不能用于正式环境。",
    en: "A demonstration certificate is refused in production.",
  },
  "status-unknown": {
    code: "certificate.status-unknown",
    zh: "暂时无法核实证书状态，请稍后重试。",
    en: "The state of the certificate cannot be learned now; try again later.",
  },
};

export function certificateRefusal(fault: CertificateFault): Refusal {
  const { code, zh, en } = reasons[fault];
  const waits = fault === "status-unknown";
  return refuse(code, {
    law: "电子签名法",
    article: "第十三条",
    message: zh,
    messageEn: en,
    data: { fault },
    whatToDo: waits ? "稍后以同一命令号重试。" : "请向认证机构更换证书，并在平台办理证书更新。",
  });
}

/**
 * May the actor's certificate sign an act that arrives now? Undefined when it may. Its term is judged always; chain,
 * purpose and revocation where a trust list is configured.
 */
export async function refusalOfSigner(
  port: CertificateStatusPort | undefined,
  actor: Actor,
  wish: { at: Instant; sealed: boolean },
): Promise<Refusal | undefined> {
  const at = instantText(wish.at);
  if (at < actor.certificateTerm.notBefore) return certificateRefusal("not-yet-valid");
  if (at > actor.certificateTerm.notAfter) return certificateRefusal("expired");
  if (!port || actor.signFamily === "passkey") return undefined;
  const status = await port.check({ certificate: actor.certificate, use: "sign", at, staleAllowed: wish.sealed });
  if (!status.ok) return certificateRefusal(status.fault);
  return status.publicKey === actor.signKey && status.family === actor.signFamily ? undefined : certificateRefusal("unreadable");
}

export interface CertificateToRegister {
  usage: CertificateUse;
  family?: SignatureFamily;
  publicKey: string;
  serial: string;
  certificate: string;
  notBefore: string;
  notAfter: string;
}

/** Whose certificate it has to be. */
export interface CertificateHolder {
  creditCode: string;
  name: string;
}

/** What is registered must be what the certificate says: key, number, term, holder. */
export async function refusalOfRegistration(
  port: CertificateStatusPort,
  row: CertificateToRegister,
  wish: { holder: CertificateHolder; now: Instant },
): Promise<Refusal | undefined> {
  const status = await port.check({ certificate: row.certificate, use: row.usage, at: instantText(wish.now) });
  if (!status.ok) return certificateRefusal(status.fault);
  const differing = differences(status, row, wish.holder);
  if (differing.length === 0) return undefined;
  return refuse("certificate.not-the-holders", {
    law: "电子签名法",
    article: "第十三条",
    message: `证书内容与登记信息不一致：${differing.join("、")}。`,
    messageEn: `The certificate differs from what is to be registered: ${differing.join(", ")}.`,
    data: { differing },
    whatToDo: "请使用本人、本单位的证书登记。",
  });
}

function differences(status: Extract<CertificateStatus, { ok: true }>, row: CertificateToRegister, holder: CertificateHolder): string[] {
  const pairs: [string, string, string][] = [
    ["family", status.family, row.family ?? "p256"],
    ["publicKey", status.publicKey, row.publicKey],
    ["serial", status.serial, row.serial],
    ["notBefore", status.notBefore, row.notBefore],
    ["notAfter", status.notAfter, row.notAfter],
    ["name", status.commonName, holder.name],
    ["creditCode", status.creditCode ?? holder.creditCode, holder.creditCode],
  ];
  return pairs.filter(([, stated, wished]) => stated !== wished).map(([field]) => field);
}
