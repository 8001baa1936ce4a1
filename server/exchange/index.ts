/**
 * Exchange with outside systems: ports in our words, adapters that speak the protocols, the client that sends and
 * the ear that receives. Durable queues are the caller's. The one door of this module.
 */
export { bankAdapter } from "./adapters/bank-adapter.ts";
export { CertificateStatusAdapter, type CertificateStatusOptions } from "./adapters/certificate-status-adapter.ts";
export { expertPoolAdapter } from "./adapters/expert-pool-adapter.ts";
export { messageAdapter } from "./adapters/message-adapter.ts";
export { type SealOfficeAddress, sealOfficeAdapter } from "./adapters/seal-office-adapter.ts";
export { type TimestampOptions, timestampAdapter } from "./adapters/timestamp-adapter.ts";
export { type Delivery, ExchangeClient, type ExchangeClientOptions, type OutgoingMessage } from "./exchange-client.ts";
export { Inbound, type InboundOptions, type Inbox, type InboxMessage, type Scopes, sandboxScopes } from "./inbound.ts";
export { InboxTable } from "./inbox-table.ts";
export { matchReceipt } from "./match-receipt.ts";
export { type MessageDraft, messageFrom } from "./message-draft.ts";
export { enqueue, Relay, type RelayOptions } from "./outbox.ts";
export * from "./ports/bank-port.ts";
export * from "./ports/expert-pool-port.ts";
export * from "./ports/message-port.ts";
export * from "./ports/seal-office-port.ts";
export * from "./ports/timestamp-authority-port.ts";
