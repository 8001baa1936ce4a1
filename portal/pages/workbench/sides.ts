/** Side bars by role: at most nine entries in groups. */
import type { SideEntry } from "../../ui/work-shell.tsx";
import type { WordKey } from "../../words/index.ts";

/** Roles that have a workbench. */
export const workRoles = [
  "bidder",
  "buyer",
  "agent",
  "expert",
  "centre",
  "cashier",
  "accountant",
  "supervisor",
  "guarantor",
  "drawOperator",
  "archivist",
  "registrar",
] as const;
/** One of them. */
export type WorkRole = (typeof workRoles)[number];

/** Word of a role. */
export const roleWord = (role: string): WordKey =>
  (workRoles as readonly string[]).includes(role) ? (`role.${role}` as WordKey) : "role.public";

/** Entries of a role's side bar. */
export function sideOf(role: string, todo: number): readonly SideEntry[] {
  const entries: SideEntry[] = [
    { to: `/w/${role}`, word: "work.today", icon: "home", group: "work.group.work", ...(todo > 0 ? { count: todo } : {}) },
    { to: `/w/${role}/lots`, word: "work.lots", icon: "document", group: "work.group.work" },
  ];
  if (role === "bidder") entries.push({ to: "/notices", word: "work.find", icon: "search", group: "work.group.work" });
  entries.push({ to: "/halls", word: "work.halls", icon: "unlock", group: "work.group.work" });
  return entries;
}
