/** The only door of the law: rules, bindings, calendar, time words and settings, all of them data. */
export * from "./bindings.ts";
export * from "./calendar.ts";
export * from "./plain-date.ts";
export * from "./rule.ts";
export * from "./rules.ts";
export * from "./settings.ts";
export * from "./times.ts";
