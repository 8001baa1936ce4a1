/**
 * The member's desk at the sandbox wallet: it keeps the member's secrets of a key ceremony and, once its person has
 * accepted, posts the rounds by itself (decisions §3). The page asks for public keys and, later, for the share.
 */
import "../words/desk-words.ts";
import { send } from "../api/client.ts";
import { currentMembership } from "../api/membership.ts";
import { words } from "../words/index.ts";
import { currentKeys } from "./keys.ts";

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const keys = await currentKeys();
  if (!keys) throw new Error(words("sign.noKey"));
  const response = await fetch(`${keys.wallet}/ceremonies/${path}`, init);
  if (!response.ok) throw new Error(`${words("ceremony.deskSilent")} (${response.status})`);
  return (await response.json()) as T;
}

const posting = (body: object): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** Fresh public keys of the member for this ceremony; asked again, the same keys. */
export const openDesk = (ceremonyId: string): Promise<{ signKey: string; encKey: string }> =>
  ask(encodeURIComponent(ceremonyId), posting({}));

/** Lets the desk post rounds 1 to 3 and the acknowledgement. Has a session of its own, because the desk is a process of its own. */
export async function startDesk(ceremonyId: string, lotId: string): Promise<void> {
  const keys = await currentKeys();
  if (!keys) throw new Error(words("sign.noKey"));
  const { token } = await send<{ token: string }>("POST", "/sandbox/sessions", { json: { personId: keys.personId } });
  const order = {
    boardUrl: `${location.origin}/api/v1/lots/${lotId}/ceremony`,
    actsUrl: `${location.origin}/api/v1/acts`,
    session: token,
    membership: currentMembership(),
    lotId,
    acts: {
      round1: "cer.postRound1",
      round2: "cer.postRound2",
      round3: "cer.postRound3",
      ack: "cer.acknowledge",
      complaint: "cer.complain",
    },
  };
  await ask(`${encodeURIComponent(ceremonyId)}/accept`, posting(order));
}

/** The member's share, for its own partials only. */
export const shareOf = (ceremonyId: string): Promise<{ share: string; signKey: string }> => ask(`${encodeURIComponent(ceremonyId)}/share`);
