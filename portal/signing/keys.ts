/**
 * The keys of the person who is signed in, as the sandbox wallet hands them to the page. They stay in this page's
 * memory; the platform server never sees them.
 */
import type { SignatureFamily } from "../../formats/act-signature.ts";
import { fromHex } from "../../formats/bytes.ts";
import { find } from "../api/client.ts";
import type { WireMe, WireSandbox } from "../api/wire.ts";

/** A secret with its public key as hex. */
export type KeyPair = { readonly secret: Uint8Array<ArrayBuffer>; readonly key: string };

/** What signs this person's acts, in the person's family (`formats/act-signature.ts`). */
export type SignToken = { readonly family: SignatureFamily; readonly secret: string; readonly key: string };

/** Keys of one person: for acts, for sealed bids, for draws; and the person's door at the wallet. */
export type PersonKeys = {
  readonly personId: string;
  readonly wallet: string;
  readonly sign: SignToken;
  /** By suite: bids of suite 2 are wrapped to a key on its own curve. */
  readonly seal: Readonly<Record<1 | 2, KeyPair>>;
  readonly ed25519: KeyPair;
};

type WalletKeys = { readonly family: SignatureFamily } & Readonly<
  Record<
    "signKey" | "signSecret" | "encKey" | "encSecret" | "nationalEncKey" | "nationalEncSecret" | "ed25519Key" | "ed25519Secret",
    string
  >
>;

let held: Promise<PersonKeys | undefined> | undefined;

/** Forgets the keys, because somebody else is signed in now. */
export function forgetKeys(): void {
  held = undefined;
}

/** Address of the sandbox wallet, a process of its own. */
export async function walletAddress(): Promise<string | undefined> {
  return (await find<WireSandbox>("/sandbox"))?.walletUrl ?? undefined;
}

async function readKeys(): Promise<PersonKeys | undefined> {
  const me = await find<WireMe>("/me");
  return me && keysOf(me.personId);
}

/** The keys of a person of the sandbox, before a sign-in too: the wallet stands for the token in the person's hand. */
export async function keysOf(personId: string): Promise<PersonKeys | undefined> {
  const address = await walletAddress();
  if (!address) return undefined;
  const wallet = `${address}/wallet/persons/${encodeURIComponent(personId)}`;
  const response = await fetch(`${wallet}/keys`);
  if (!response.ok) return undefined;
  const keys = (await response.json()) as WalletKeys;
  return {
    personId,
    wallet,
    sign: { family: keys.family, secret: keys.signSecret, key: keys.signKey },
    seal: {
      1: { secret: fromHex(keys.encSecret), key: keys.encKey },
      2: { secret: fromHex(keys.nationalEncSecret), key: keys.nationalEncKey },
    },
    ed25519: { secret: fromHex(keys.ed25519Secret), key: keys.ed25519Key },
  };
}

/** Keys of the current person, read from the wallet once a page. */
export function currentKeys(): Promise<PersonKeys | undefined> {
  held ??= readKeys();
  return held;
}
