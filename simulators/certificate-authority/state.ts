/** What the simulated authority keeps, and how each effect of its journal changes it. */
import type { Authority, Revocation } from "../frame/certificates.ts";
import type { Family } from "../frame/families.ts";
import type { StatusMode } from "../frame/status-answer.ts";

export type Profile = "sign-p256" | "seal-p256" | "sign-sm2" | "seal-sm2" | "sign-rsa";
/** `status` answers questions about the state of certificates; chains of older journals have none. */
export type Founded = { readonly root: Authority; readonly issuing: Authority; readonly status?: Authority };

export interface Request {
  readonly requestId: string;
  readonly owner: string;
  readonly messageId: string;
  readonly profile: Profile;
  readonly holder: {
    readonly kind: "org" | "person";
    readonly creditCode?: string;
    readonly personRef?: string;
    readonly organisationName?: string;
    readonly name: string;
  };
  readonly csr: string;
}

export interface Issued {
  readonly requestId: string;
  readonly serial: string;
  readonly certDer: string;
  readonly keyHash: string;
  readonly holderKey: string;
  readonly profile: string;
  readonly owner: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

export interface AuthorityState {
  readonly seed: number;
  /** One chain a family; what was founded without a family is P-256. */
  readonly founded: Map<Family, Founded>;
  readonly waiting: Map<string, Request>;
  readonly issued: Map<string, Issued>;
  readonly refused: Map<string, { reason: string; since: string }>;
  readonly revocations: Map<string, Revocation>;
  frozenAt: string | undefined;
  statusMode: StatusMode;
  validityDays: number;
}

export type AuthorityEffect =
  | ({ readonly did: "founded"; readonly family?: Family } & Founded)
  | { readonly did: "received"; readonly request: Request }
  | { readonly did: "issued"; readonly issued: Issued }
  | { readonly did: "refused"; readonly requestId: string; readonly reason: string; readonly since: string }
  | { readonly did: "revoked"; readonly revocation: Revocation }
  | { readonly did: "released"; readonly serial: string }
  | { readonly did: "froze"; readonly at: string | undefined }
  | { readonly did: "statusMode"; readonly mode: StatusMode }
  | { readonly did: "setValidity"; readonly days: number };

export function apply(state: AuthorityState, effect: AuthorityEffect): void {
  switch (effect.did) {
    case "founded":
      return void state.founded.set(effect.family ?? "p256", {
        root: effect.root,
        issuing: effect.issuing,
        ...(effect.status ? { status: effect.status } : {}),
      });
    case "received":
      return void state.waiting.set(effect.request.requestId, effect.request);
    case "issued":
      state.waiting.delete(effect.issued.requestId);
      return void state.issued.set(effect.issued.requestId, effect.issued);
    case "refused":
      state.waiting.delete(effect.requestId);
      return void state.refused.set(effect.requestId, effect);
    case "revoked":
      return void state.revocations.set(effect.revocation.serial, effect.revocation);
    case "released":
      return void state.revocations.delete(effect.serial);
    case "froze":
      state.frozenAt = effect.at;
      return;
    case "statusMode":
      state.statusMode = effect.mode;
      return;
    case "setValidity":
      state.validityDays = effect.days;
  }
}
