/** In which membership this page reads and acts. A person may have several; each tab keeps its own choice. */

const kept = "egret.membership";
let current: string | undefined = globalThis.sessionStorage?.getItem(kept) ?? undefined;

/** The chosen membership, sent with every read. */
export const currentMembership = (): string | undefined => current;

/** Chooses a membership, or none. */
export function chooseMembership(id: string | undefined): void {
  current = id;
  if (id === undefined) {
    globalThis.sessionStorage?.removeItem(kept);
    delete document.documentElement.dataset["session"];
  } else globalThis.sessionStorage?.setItem(kept, id);
}

/**
 * May somebody be signed in here? The server writes it on the page that it sends; whoever signs in later has chosen a
 * membership. The development server writes nothing, so there it is always asked.
 */
export const maybeSignedIn = (): boolean =>
  current !== undefined || import.meta.env.DEV || document.documentElement.dataset["session"] !== undefined;
