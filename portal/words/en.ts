/** English words; a missing key shows Chinese. Notices and other legal text stay Chinese. */
import type { WordKey } from "./word-key.ts";

/** The English texts that exist. */
export const en: Partial<Record<WordKey, string>> = {
  "brand.name": "Egret · One-net trading",
  "brand.short": "Egret",
  "brand.under": "Xiamen public resource trading",
  "skip.toMain": "Skip to content",
  "sandbox.city": "Sandbox city",
  "sandbox.note": "all data fictional",
  "sandbox.account": "Demo account",
  "sandbox.public": "Public (not signed in)",
  "sandbox.switch": "Switch identity",
  "nav.home": "Home",
  "nav.notices": "Notices",
  "nav.halls": "Halls",
  "nav.workbench": "My workbench",
  "nav.sandbox": "Sandbox",
  "clock.server": "Server time",
  "line.open": "Connected",
  "line.connecting": "Connecting",
  "line.lost": "Connection lost, reconnecting",
  "home.title": "Xiamen public resources, traded in one place",
  "home.lead": "From project to archive. Every step is recorded; anyone can check the result.",
  "home.search": "Search",
  "next.yours": "Your next step",
  "next.nothing": "Nothing to do now",
  "sign.title": "Confirm and sign",
  "sign.submit": "Sign and submit",
  "refusal.because": "Because",
  "refusal.do": "What to do",
  "fault.title": "Our fault, not yours",
};
