/** English words; a missing key shows Chinese. Notices and other legal text stay Chinese. */
import { choiceWords } from "./en/choices.ts";
import { publicPages } from "./en/public-pages.ts";
import { shell } from "./en/shell.ts";
import type { WordKey } from "./word-key.ts";

/** The English texts that exist: whole for frame and public pages, the most looked at of halls and forms. */
export const en: Partial<Record<WordKey, string>> = {
  ...shell,
  ...publicPages,
  ...choiceWords,
  "next.yours": "Your next step",
  "next.nothing": "Nothing to do now",
  "sign.title": "Confirm and sign",
  "sign.submit": "Sign and submit",
  "halls.title": "Halls",
  "halls.now": "Now",
  "halls.next": "Next",
  "halls.later": "Over",
  "halls.none": "No session",
  "halls.enter": "Enter",
  "halls.opening": "Opening",
  "halls.draw": "Draw",
  "halls.evaluation": "Evaluation",
  "opening.hall": "Opening hall",
  "opening.host": "Host",
  "opening.witness": "Witness",
  "opening.step.attend": "Attend",
  "opening.step.decrypt": "Decrypt",
  "opening.step.read": "Read-out",
  "opening.step.confirm": "Confirm or object",
  "opening.step.close": "Closed",
  "opening.deadlineLeft": "To the deadline",
  "opening.decryption": "Decryption",
  "opening.decryptionResult": "Result of decryption",
  "opening.bidder": "Bidder",
  "opening.price": "Price (CNY)",
  "opening.ceiling": "Ceiling price",
  "opening.table": "Read-out table",
  "opening.log": "Log of the hall",
  "opening.logEach": "each line on record",
  "opening.noLog": "No line yet.",
  "opening.beforeDeadline": "Before the opening nobody may view bids; their number is secret too.",
  "opening.notBegun": "Not opened yet",
  "opening.observer": "You are watching. To take part, switch to your own identity first.",
  "role.public": "Public",
};
