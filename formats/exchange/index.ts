/**
 * Messages between systems: the one door of `formats/exchange`. Formats only: no sockets, no clock, no keys
 * of anybody. Both the platform and the simulators build on it (conventions.md).
 */
export * from "./bank-messages.ts";
export * from "./certificate-messages.ts";
export * from "./envelope.ts";
export * from "./expert-list.ts";
export * from "./expert-pool-messages.ts";
export * from "./gateway-messages.ts";
export * from "./peer.ts";
export * from "./personal-field.ts";
export * from "./problem.ts";
export * from "./receive.ts";
export * from "./reconciliation-file.ts";
export * from "./sealed-value.ts";
export * from "./signed-message.ts";
export * from "./transmission.ts";
