/** The only door of the kernel: pure words that every stage uses. It imports law and formats only. */
export * from "../../law/calendar.ts";
export * from "../../law/plain-date.ts";
export * from "./claim.ts";
export * from "./clock.ts";
export * from "./deal-code.ts";
export * from "./exact.ts";
export * from "./ids.ts";
export * from "./instant.ts";
export * from "./limit.ts";
export * from "./money.ts";
export * from "./period.ts";
export * from "./quantities.ts";
export * from "./random.ts";
export * from "./refusal.ts";
export * from "./rule.ts";
export * from "./rule-index.ts";
export * from "./states.ts";
