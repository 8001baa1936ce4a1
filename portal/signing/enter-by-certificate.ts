/** Sign-in by the certificate in a person's hand: the token signs the platform's challenge, which names address, purpose and end. */
import { softwareSigner } from "../../formats/act-signers.ts";
import { signInMessage } from "../../formats/sign-in.ts";
import { signInByCertificate, signInChallenge } from "../api/account.ts";
import { words } from "../words/index.ts";
import { keysOf } from "./keys.ts";

type Row = { readonly usage: string; readonly certificate: string };

/** @throws Error with one sentence when there is no certificate, or the page is not at its own address. */
export async function enterByCertificate(personId: string): Promise<void> {
  const keys = await keysOf(personId);
  if (!keys) throw new Error(words("sign.noKey"));
  const { certificates } = (await (await fetch(keys.wallet)).json()) as { certificates: readonly Row[] };
  const certificate = certificates.find(({ usage }) => usage === "sign")?.certificate;
  const challenge = await signInChallenge();
  if (!certificate || challenge.origin !== location.origin) throw new Error(words("sign.noKey"));
  const sig = await softwareSigner(keys.sign, location.origin).sign(signInMessage(challenge));
  await signInByCertificate({ nonce: challenge.nonce, certificate, sig });
}
