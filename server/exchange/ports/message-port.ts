/**
 * Copies to persons by SMS, push or mail (messages.md). The in-app message is the legal channel (电子签名法 11); a
 * failure here changes no period. No message may depend on a sealed act of anybody.
 */
import type { Envelope } from "../../../formats/exchange/index.ts";
import type { MessageDraft } from "../message-draft.ts";

export interface MessageTemplate {
  readonly templateId: string;
  readonly version: number;
  readonly channel: "sms" | "push" | "mail";
  readonly class: "legalCopy" | "reminder" | "code" | "security";
  readonly language: "zh-CN" | "en";
  /** With `{name}` places. */
  readonly text: string;
  readonly places: readonly { readonly name: string; readonly type: "text" | "day" | "time" | "fen"; readonly max: number }[];
}

export interface MessageToSend {
  readonly sendId: string;
  readonly template: MessageTemplate;
  readonly places: Readonly<Record<string, string>>;
  /** Phone, token or address: leaves encrypted only. */
  readonly address: string;
  /** hex32, keyed: never the person's id. */
  readonly personRef: string;
  readonly expiresAt: string;
  /** hex32 over person, template, subject, version: twice within 24 h is one send. */
  readonly dedupeKey: string;
}

export type MessageFact =
  | { readonly fact: "templateAccepted" | "templateRefused"; readonly templateId: string; readonly version: number }
  | { readonly fact: "accepted"; readonly sendId: string }
  | { readonly fact: "refused"; readonly sendId: string; readonly reason: string }
  | {
      readonly fact: "delivery";
      readonly sendId: string;
      readonly state: "delivered" | "failed" | "expired" | "unknown";
      readonly at: string;
    }
  | { readonly fact: "reply"; readonly personRef: string; readonly text: string; readonly at: string };

export interface MessagePort {
  fileTemplate(template: MessageTemplate): MessageDraft;
  /** @throws RangeError when a place holds a link, a control character or too much (MS07: refused before sending). */
  send(message: MessageToSend): MessageDraft;
  readFact(envelope: Envelope): MessageFact | undefined;
}
