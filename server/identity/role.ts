/** Who acts: the roles of roles.md §1, and a person in one of them with the key that signs its acts. */
import type { SignatureFamily } from "../../formats/act-signature.ts";

/** The roles of roles.md §1 that take part in a trade, as memberships name them. */
export const roles = [
  "buyer",
  "agent",
  "bidder",
  "expert",
  "centre",
  "drawOperator",
  "cashier",
  "accountant",
  "archivist",
  "supervisor",
  "guarantor",
  "registrar",
  "system",
] as const;

export type Role = (typeof roles)[number];

/** Words for people. */
export const roleWords: Readonly<Record<Role, { zh: string; en: string }>> = {
  buyer: { zh: "招标人", en: "buyer" },
  agent: { zh: "代理机构", en: "agent" },
  bidder: { zh: "投标人", en: "bidder" },
  expert: { zh: "评标专家", en: "expert" },
  centre: { zh: "交易中心", en: "trading centre" },
  drawOperator: { zh: "抽取操作员", en: "draw operator" },
  cashier: { zh: "保证金经办", en: "cashier" },
  accountant: { zh: "保证金复核", en: "accountant" },
  archivist: { zh: "档案员", en: "archivist" },
  supervisor: { zh: "行政监督部门", en: "supervision authority" },
  guarantor: { zh: "保证人", en: "guarantor" },
  registrar: { zh: "登记员", en: "registrar" },
  system: { zh: "系统", en: "system" },
};

/** Somebody who acts: a person in one of its memberships, or the system. */
export interface Actor {
  personId: string;
  membershipId: string | null;
  organisationId: string;
  role: Role;
  /** Key of the certificate or passkey that signs this person's acts, in its family; empty for the system. */
  signKey: string;
  signFamily: SignatureFamily;
  /** PEM of that certificate; a passkey has none. */
  certificate: string;
  certificateTerm: { notBefore: string; notAfter: string };
}
