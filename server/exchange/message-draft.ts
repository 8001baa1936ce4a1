/** A message that an adapter wants to send: what it says and about which object; the outbox numbers and sends it. */
import type { OutgoingMessage } from "./exchange-client.ts";

export interface MessageDraft {
  readonly to: string;
  readonly type: string;
  readonly object: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly correlates?: string;
}

/**
 * @param about `id` and `seq` (1, 2, 3 … per peer and object) are the outbox's and never change; `occurredAt` is trade time.
 */
export function messageFrom(
  draft: MessageDraft,
  about: { id: string; seq: number; createdAt: string; occurredAt: string },
): OutgoingMessage {
  const { to, type, object, body, correlates } = draft;
  return { to, envelope: { v: 1, schema: "1.0", type, object, body, ...about, ...(correlates === undefined ? {} : { correlates }) } };
}
