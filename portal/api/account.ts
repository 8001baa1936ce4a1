/** The ways in, and what a signed-in person sees and ends of its own: sessions, passkeys, certificates; the self-test. */
import { queryOptions } from "@tanstack/react-query";
import type { ActSignature } from "../../formats/act-signature.ts";
import type { SelfTestChallenge, SelfTestResult } from "../../formats/self-test.ts";
import type { SignInChallenge } from "../../formats/sign-in.ts";
import { read, send } from "./client.ts";

type Items<T> = { readonly items: readonly T[] };

export type OwnSession = {
  readonly id: string;
  readonly means: "sandbox" | "certificate" | "passkey" | "password" | "phone";
  readonly openedMs: number;
  readonly seenMs: number;
  readonly current: boolean;
};
export type OwnPasskey = { readonly id: string; readonly label: string; readonly createdMs: number };
export type OwnCertificate = {
  readonly usage: "sign" | "seal";
  readonly family: "p256" | "rsa" | "sm2" | "passkey";
  readonly serial: string;
  readonly notAfter: string;
  readonly warning: "endsBeforeOpening" | "endsSoonAfterOpening" | "renewable" | "expired" | null;
};

const own = <T>(key: string, path: string) =>
  queryOptions({ queryKey: ["account", key], queryFn: async ({ signal }) => (await read<Items<T>>(path, signal)).items });

export const sessionsQuery = own<OwnSession>("sessions", "/me/sessions");
export const passkeysQuery = own<OwnPasskey>("passkeys", "/me/passkeys");
export const certificatesQuery = own<OwnCertificate>("certificates", "/me/certificates");

export const endSession = (id: string): Promise<void> => send("DELETE", `/me/sessions/${encodeURIComponent(id)}`);
export const removePasskey = (id: string): Promise<void> => send("DELETE", `/me/passkeys/${encodeURIComponent(id)}`);

const post = <T>(path: string, json: unknown): Promise<T> => send<T>("POST", path, { json });

export const signInChallenge = (): Promise<SignInChallenge> => post("/sign-in/certificate/challenges", {});
export const signInByCertificate = (json: { nonce: string; certificate: string; sig: ActSignature }): Promise<unknown> =>
  post("/sign-in/certificate", json);
export const passkeyChallenge = (): Promise<PublicKeyCredentialRequestOptionsJSON> => post("/sign-in/passkey/challenges", {});
export const signInByPasskey = (response: unknown): Promise<unknown> => post("/sign-in/passkey", { response });
export const signInByPassword = (json: { login: string; password: string; code: string }): Promise<unknown> =>
  post("/sign-in/password", json);

export type PhoneRequest = { readonly id: string; readonly verifier: string; readonly digits: string; readonly qrText: string };
export const askPhone = (): Promise<PhoneRequest> => post("/sign-in/phone", {});
/** `{waiting: true}` until the phone has approved. */
export const signInByPhone = ({ id, verifier }: PhoneRequest): Promise<{ waiting?: true }> => post(`/sign-in/phone/${id}`, { verifier });
export const askedPhone = (id: string, signal: AbortSignal): Promise<{ origin: string }> =>
  read(`/me/phone-sign-ins/${encodeURIComponent(id)}`, signal);
export const approvePhone = (id: string, digits: string): Promise<void> => post(`/me/phone-sign-ins/${encodeURIComponent(id)}`, { digits });

export const newPasskeyChallenge = (): Promise<PublicKeyCredentialCreationOptionsJSON> => post("/me/passkeys/challenges", {});
export const addPasskey = (label: string, response: unknown): Promise<unknown> => post("/me/passkeys", { label, response });

export const selfTestChallenge = (): Promise<SelfTestChallenge> => post("/me/self-test/challenges", {});
export const judgeSelfTest = (json: { membership: string; nonce: string; sig: ActSignature }): Promise<SelfTestResult> =>
  post("/me/self-test", json);
