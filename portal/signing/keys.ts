/**
 * The keys of the person who is signed in, as the sandbox wallet hands them to the page. They stay in this page's
 * memory; the platform server never sees them.
 */

/** Keys of one person. */
export type PersonKeys = {
  readonly personId: string;
  readonly signKey: string;
  readonly signSecret: string;
  readonly encKey?: string;
  readonly encSecret?: string;
};

let held: PersonKeys | undefined;

/** Forgets the keys, because somebody else is signed in now. */
export function forgetKeys(): void {
  held = undefined;
}

/** Keys of the current person, read from the wallet once a page. */
export async function currentKeys(): Promise<PersonKeys | undefined> {
  return held;
}
