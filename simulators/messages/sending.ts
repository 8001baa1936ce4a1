/** One text that the platform asked the gateway to send, in the gateway's own books. */
export interface Sending {
  readonly sendId: string;
  readonly owner: string;
  readonly templateId: string;
  readonly personRef: string;
  readonly to: string;
  readonly text: string;
  readonly class: string;
  readonly dedupeKey: string;
  readonly expiresAt: string;
  readonly at: string;
  readonly state: "accepted" | "delivered" | "failed" | "expired" | "unknown" | "refused";
  readonly messageId: string;
}
