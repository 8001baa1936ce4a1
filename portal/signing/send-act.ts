/** Signs a command with the key of the signed-in person and sends it; afterwards everything shown is read again. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Command } from "../../formats/act.ts";
import { type NonceWish, needsStepUp } from "../../formats/step-up.ts";
import { send } from "../api/client.ts";
import { currentMembership } from "../api/membership.ts";
import type { ActAnswer } from "../api/types.ts";
import { words } from "../words/index.ts";
import { currentKeys } from "./keys.ts";

/** One act to send. */
export type ActToSend = {
  readonly act: string;
  readonly lotId?: string | undefined;
  readonly data: unknown;
  /** The same id for every repetition of one press. */
  readonly commandId: string;
};

/** A new command id: 32 hex characters of chance. */
export const newCommandId = (): string => `cmd_${crypto.randomUUID().replaceAll("-", "")}`;

/** The platform's nonce that names the act: sealing, opening, drawing, evaluating, signing and paying need one. */
async function freshProof(wish: NonceWish): Promise<{ nonce: string }> {
  const { nonce } = await send<{ nonce: string }>("POST", "/acts/nonces", { json: wish });
  return { nonce };
}

/** Signs and posts one command. */
export async function sendAct(wish: ActToSend): Promise<ActAnswer> {
  const keys = await currentKeys();
  const membership = currentMembership();
  if (!keys || !membership) throw new Error(words("sign.noKey"));
  const lotId = wish.lotId ?? null;
  const command: Command = {
    v: 1,
    act: wish.act,
    commandId: wish.commandId,
    membership,
    lotId,
    data: wish.data,
    ...(needsStepUp(wish.act) ? await freshProof({ act: wish.act, membership, lotId }) : {}),
  };
  // Four families of keys: too much for a page that only shows.
  const { signCommandWith, softwareSigner } = await import("../../formats/act-signers.ts");
  const json = await signCommandWith(command, softwareSigner(keys.sign, location.origin));
  return send<ActAnswer>("POST", `/acts/${wish.act}`, { json, idempotencyKey: wish.commandId });
}

/** `sendAct` for components. */
export function useSendAct(): (wish: ActToSend) => Promise<ActAnswer> {
  const queries = useQueryClient();
  return useCallback(
    async (wish) => {
      const answer = await sendAct(wish);
      await queries.invalidateQueries();
      return answer;
    },
    [queries],
  );
}
