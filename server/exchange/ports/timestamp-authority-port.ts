/** Time stamps of an authority outside (RFC 3161; certificate-authority.md §2): when something stood, said by somebody who is not us. */
export interface TimeStamp {
  /** Who stamped, as configured. */
  readonly authority: string;
  /** Trade time, whole seconds or finer, as the authority says. */
  readonly genTime: string;
  readonly serial: string;
  /** DER of the token, to be stored beside what was stamped. */
  readonly token: Uint8Array;
}

export type StampFault =
  | "unreachable"
  | "rejected"
  | "unreadable"
  | "other-imprint"
  | "other-nonce"
  | "future"
  | "signature"
  | "wrong-use"
  | "chain";

export interface TimestampAuthority {
  /** @param digest SHA-256 of what is stamped; nothing else leaves the house. */
  stamp(digest: Uint8Array): Promise<TimeStamp | { readonly fault: StampFault }>;
}

/** An authority that is configured, with the root under which its stamps are good. */
export interface StampRow {
  readonly id: string;
  readonly url: string;
  /** base64 DER. */
  readonly rootDer: string;
}
