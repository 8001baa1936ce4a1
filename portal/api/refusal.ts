/**
 * What the server answers when an act is not possible (RFC 9457, architecture.md §5), and what the page may say
 * when the fault is ours. The two never look alike.
 */

/** A lawful refusal: the act was not possible, and the server says why and what to do. */
export type Refusal = {
  readonly code: string;
  readonly title?: string;
  readonly detail?: string;
  readonly message?: string;
  readonly ruleId?: string;
  readonly law?: string;
  readonly article?: string;
  readonly confidence?: string;
  readonly whatToDo?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly pointer?: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  readonly traceId?: string;
  readonly status: number;
};

/** Thrown by the client for a problem+json answer below 500. */
export class RefusedError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message ?? refusal.detail ?? refusal.title ?? refusal.code);
    this.name = "RefusedError";
    this.refusal = refusal;
  }
}

/** Thrown when the server failed or cannot be reached; the person has done nothing wrong. */
export class FaultError extends Error {
  readonly traceId: string | undefined;
  constructor(message: string, traceId?: string) {
    super(message);
    this.name = "FaultError";
    this.traceId = traceId;
  }
}
