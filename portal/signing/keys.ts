/**
 * The keys of the person who is signed in, as the sandbox wallet hands them to the page. They stay in this page's
 * memory; the platform server never sees them.
 */
import { fromHex } from "../../formats/bytes.ts";
import { find } from "../api/client.ts";
import type { WireMe, WireSandbox } from "../api/wire.ts";

/** A secret with its public key as hex. */
export type KeyPair = { readonly secret: Uint8Array<ArrayBuffer>; readonly key: string };

/** Keys of one person: for acts, for sealed bids, for draws; and the person's door at the wallet. */
export type PersonKeys = {
  readonly personId: string;
  readonly wallet: string;
  readonly sign: KeyPair;
  readonly seal: KeyPair;
  readonly ed25519: KeyPair;
};

type WalletKeys = Readonly<Record<"signKey" | "signSecret" | "encKey" | "encSecret" | "ed25519Key" | "ed25519Secret", string>>;

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
  const [wallet, me] = await Promise.all([walletAddress(), find<WireMe>("/me")]);
  if (!wallet || !me) return undefined;
  const response = await fetch(`${wallet}/wallet/persons/${encodeURIComponent(me.personId)}/keys`);
  if (!response.ok) return undefined;
  const keys = (await response.json()) as WalletKeys;
  return {
    personId: me.personId,
    wallet: `${wallet}/wallet/persons/${encodeURIComponent(me.personId)}`,
    sign: { secret: fromHex(keys.signSecret), key: keys.signKey },
    seal: { secret: fromHex(keys.encSecret), key: keys.encKey },
    ed25519: { secret: fromHex(keys.ed25519Secret), key: keys.ed25519Key },
  };
}

/** Keys of the current person, read from the wallet once a page. */
export function currentKeys(): Promise<PersonKeys | undefined> {
  held ??= readKeys();
  return held;
}
