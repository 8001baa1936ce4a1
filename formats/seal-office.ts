/** What crosses the wall to an office that keeps the seals of organisations: a name in, a certificate or a signature out. */
export interface SealQuestion {
  organisationId: string;
  /** As the certificate is to name it. */
  name: string;
  /** b64; without it only the certificates are asked for. */
  bytes?: string;
}

export interface SealAnswer {
  family: "rsa";
  /** b64 DER: the organisation's, then those up to the root. */
  certificates: string[];
  /** b64, PKCS#1 v1.5 with SHA-256 over the bytes. */
  signature?: string;
}
