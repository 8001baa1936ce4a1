/** Signs a command with the key of the signed-in person and sends it; afterwards everything shown is read again. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { post } from "../api/client.ts";
import type { ActAnswer } from "../api/types.ts";
import { words } from "../words/index.ts";
import { currentKeys } from "./keys.ts";
import { signAct } from "./sign-act.ts";

/** One act to send. */
export type ActToSend = {
  readonly act: string;
  readonly lotId?: string | undefined;
  readonly data: unknown;
  readonly idempotencyKey?: string;
};

/** Signs and posts one command. */
export async function sendAct(wish: ActToSend): Promise<ActAnswer> {
  const keys = await currentKeys();
  if (!keys) throw new Error(words("sign.noKey"));
  const command = {
    act: wish.act,
    ...(wish.lotId ? { lotId: wish.lotId } : {}),
    by: keys.personId,
    signKey: keys.signKey,
    data: wish.data,
  };
  const sig = await signAct(command, keys.signSecret);
  return post<ActAnswer>("/acts", { ...command, sig }, wish.idempotencyKey);
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
