/** The browser's passkeys. Undefined where the browser has none, or where its person says no. */
import { addPasskey, newPasskeyChallenge, passkeyChallenge, signInByPasskey } from "../api/account.ts";

/** Whether this browser can be asked at all. */
export const knowsPasskeys = (): boolean =>
  typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

/** Signs in with a passkey of this device; the key names its person. */
export async function enterByPasskey(): Promise<void> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await passkeyChallenge());
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null;
  if (credential) await signInByPasskey(credential.toJSON());
}

/** Registers a passkey of this device for the signed-in person. */
export async function makePasskey(label: string): Promise<void> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await newPasskeyChallenge());
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
  if (credential) await addPasskey(label, credential.toJSON());
}
