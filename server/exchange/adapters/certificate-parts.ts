/** Reads what a check needs from X.509 bytes (RFC 5280). Foreign input: whatever does not parse is undefined, never a guess. */

import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import { fromBase64, hex } from "../../../formats/bytes.ts";
import { isSignedBy, keyOf } from "./signature-family.ts";

const keyUsage = { digitalSignature: 0x80, nonRepudiation: 0x40, keyEncipherment: 0x20, keyAgreement: 0x08 } as const;
const understood = new Set(["2.5.29.15", "2.5.29.19", "2.5.29.32"]);

/** Made-up arc of the simulators, to be replaced by a registered one (certificate-authority.md §1). */
const holderGenerated = "1.2.156.99999.1.1";
const demoPolicy = "1.2.156.99999.2.1";

/** @param text PEM or base64 DER. */
export function findCertificate(text: string): pkijs.Certificate | undefined {
  try {
    return pkijs.Certificate.fromBER(fromBase64(text.replaceAll(/-----[^-]+-----|\s/g, "")).buffer as ArrayBuffer);
  } catch {
    return undefined;
  }
}

export function nameOf(certificate: pkijs.Certificate, type: string): string | undefined {
  const found = certificate.subject.typesAndValues.find((one) => one.type === type);
  return found === undefined ? undefined : String(found.value.valueBlock.value);
}

export function serialOf(certificate: pkijs.Certificate): string {
  return hex(certificate.serialNumber.valueBlock.valueHexView).replace(/^00(?=[89a-f])/, "");
}

export function holderKeyOf(certificate: pkijs.Certificate): ReturnType<typeof keyOf> {
  return keyOf(certificate.subjectPublicKeyInfo);
}

/** Sign: digitalSignature and nonRepudiation; seal: keyAgreement or keyEncipherment (§1). */
export function servesFor(certificate: pkijs.Certificate, use: "sign" | "seal"): boolean {
  const bits = usageBits(certificate);
  const both = keyUsage.digitalSignature | keyUsage.nonRepudiation;
  return use === "sign" ? (bits & both) === both : (bits & (keyUsage.keyAgreement | keyUsage.keyEncipherment)) !== 0;
}

function usageBits(certificate: pkijs.Certificate): number {
  const usage = extensionOf(certificate, "2.5.29.15")?.parsedValue as asn1.BitString | undefined;
  return usage?.valueBlock.valueHexView[0] ?? 0;
}

export function isHolderGenerated(certificate: pkijs.Certificate): boolean {
  return extensionOf(certificate, holderGenerated) !== undefined;
}

/** Of a simulator: production refuses it, and a sandbox shows it as such. */
export function isDemo(certificate: pkijs.Certificate): boolean {
  const policies = extensionOf(certificate, "2.5.29.32")?.parsedValue as pkijs.CertificatePolicies | undefined;
  return policies?.certificatePolicies.some(({ policyIdentifier }) => policyIdentifier === demoPolicy) ?? false;
}

export function hasUnknownCritical(certificate: pkijs.Certificate): boolean {
  return (certificate.extensions ?? []).some(({ critical, extnID }) => critical && !understood.has(extnID));
}

export function isAuthority(certificate: pkijs.Certificate): boolean {
  return (extensionOf(certificate, "2.5.29.19")?.parsedValue as pkijs.BasicConstraints | undefined)?.cA === true;
}

function extensionOf(certificate: pkijs.Certificate, id: string): pkijs.Extension | undefined {
  return certificate.extensions?.find(({ extnID }) => extnID === id);
}

export interface ReadCrl {
  readonly number: bigint;
  readonly thisUpdate: string;
  readonly nextUpdate: string;
  /** Revocation instants by serial (hex). */
  readonly revoked: ReadonlyMap<string, { readonly at: string; readonly isKeyCompromise: boolean; readonly invalidityAt?: string }>;
}

/** The list, if it is signed by this authority. */
export async function readCrl(bytes: Uint8Array, issuer: pkijs.Certificate): Promise<ReadCrl | undefined> {
  try {
    const crl = pkijs.CertificateRevocationList.fromBER(Uint8Array.from(bytes).buffer);
    const isGood = await isSignedBy(crl, issuer.subjectPublicKeyInfo, () => crl.verify({ issuerCertificate: issuer }));
    if (!crl.nextUpdate || !isGood || !crl.issuer.isEqual(issuer.subject)) return undefined;
    const number = crl.crlExtensions?.extensions.find(({ extnID }) => extnID === "2.5.29.20")?.parsedValue as asn1.Integer | undefined;
    const rows = (crl.revokedCertificates ?? []).map((row) => [serialText(row.userCertificate), revocationOf(row)] as const);
    return {
      number: BigInt(`0x${hex(number?.valueBlock.valueHexView ?? Uint8Array.of(0))}`),
      thisUpdate: crl.thisUpdate.value.toISOString(),
      nextUpdate: crl.nextUpdate.value.toISOString(),
      revoked: new Map(rows),
    };
  } catch {
    return undefined;
  }
}

function revocationOf(row: pkijs.RevokedCertificate) {
  const extensions = row.crlEntryExtensions?.extensions ?? [];
  const reason = extensions.find(({ extnID }) => extnID === "2.5.29.21")?.parsedValue as asn1.Enumerated | undefined;
  const invalidity = extensions.find(({ extnID }) => extnID === "2.5.29.24");
  const at = row.revocationDate.value.toISOString();
  const parsed = invalidity ? asn1.fromBER(invalidity.extnValue.valueBlock.valueHexView).result : undefined;
  const invalidityAt = parsed instanceof asn1.GeneralizedTime ? parsed.toDate().toISOString() : undefined;
  return { at, isKeyCompromise: reason?.valueBlock.valueDec === 1, ...(invalidityAt ? { invalidityAt } : {}) };
}

function serialText(integer: asn1.Integer): string {
  return hex(integer.valueBlock.valueHexView).replace(/^00(?=[89a-f])/, "");
}
