/**
 * Whether a certificate may be used for something at an instant of trade time (certificate-authority.md §3;
 * 电子签名法 13, 16). Never "now" for stored signatures: `at` is the instant of the act.
 */
import type { SignatureFamily } from "../../../formats/act-signature.ts";

export type CertificateUse = "sign" | "seal";

export type CertificateFault =
  | "unreadable"
  | "chain"
  | "not-yet-valid"
  | "expired"
  | "revoked"
  | "wrong-use"
  | "weak-key"
  | "escrowed-key"
  | "unknown-critical-extension"
  | "env-mismatch"
  | "status-unknown";

export type CertificateStatus =
  | {
      readonly ok: true;
      readonly serial: string;
      readonly family: Exclude<SignatureFamily, "passkey">;
      /** As `SignatureKey` writes it: hex33, of RSA the modulus. */
      readonly publicKey: string;
      readonly commonName: string;
      /** From `USCC-…`; undefined for a person without an organisation. */
      readonly creditCode: string | undefined;
      readonly notBefore: string;
      readonly notAfter: string;
      /** Who said that it is not revoked: the status service, or the list where there is no service or it did not answer. */
      readonly source: "service" | "list";
      /** The list is older than it should be (sealed acts only, ≤ 24 h). */
      readonly stale: boolean;
    }
  | { readonly ok: false; readonly fault: CertificateFault };

export interface CertificateQuestion {
  /** PEM or base64 DER. */
  readonly certificate: string;
  readonly use: CertificateUse;
  /** Trade time of the act. */
  readonly at: string;
  /**
   * A list past its `nextUpdate` may be used again for 24 h at most: sealed acts only (certificate-authority.md
   * §3.3). Signatures on awards, contracts and refunds wait instead.
   */
  readonly staleAllowed?: boolean;
}

export interface CertificateStatusPort {
  check(question: CertificateQuestion): Promise<CertificateStatus>;
}

/** An authority that is trusted: by two persons, with its list address (certificate-authority.md §2). */
export interface TrustRow {
  readonly caId: string;
  /** base64 DER of root and of the issuing authorities below it. */
  readonly rootDer: string;
  readonly issuingDer: readonly string[];
  /** Lists are fetched from here only, never from an address inside a certificate. */
  readonly crlUrl: string;
  /** Where the status service (OCSP) is asked first; without it the list alone counts. */
  readonly ocspUrl?: string;
  readonly uses: readonly CertificateUse[];
}
