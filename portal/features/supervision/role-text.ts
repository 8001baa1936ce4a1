/** A role of the server in words; one that has no workbench is told as it is. */
import type { WordKey, Words } from "../../words/index.ts";

const known = [
  "bidder",
  "buyer",
  "agent",
  "expert",
  "centre",
  "cashier",
  "accountant",
  "supervisor",
  "guarantor",
  "archivist",
  "registrar",
];

export function roleText(role: string, t: Words): string {
  if (role === "drawOperator") return t("role.drawOperator");
  return known.includes(role) ? t(`role.${role}` as WordKey) : t("role.public");
}
