/** What follows a sign-in by any way: other keys, other standing, the person's own workbench. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { find } from "../../api/client.ts";
import { chooseMembership } from "../../api/membership.ts";
import { RefusedError } from "../../api/refusal.ts";
import { meOf } from "../../api/session.ts";
import type { WireMe } from "../../api/wire.ts";
import { forgetKeys } from "../../signing/keys.ts";

/** Runs a way in; afterwards everything shown is read again and the workbench opens. */
export function useEntering() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const enter = async (way: () => Promise<unknown>) => {
    setBusy(true);
    setError(undefined);
    try {
      await way();
      forgetKeys();
      chooseMembership(undefined);
      // Choosing a membership tells the page that somebody is in; only then is everything read again.
      const me = meOf(await find<WireMe>("/me"));
      await queries.resetQueries();
      if (me) await navigate({ to: "/w/$role", params: { role: me.role } });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { enter, busy, error };
}

/** One sentence for whatever went wrong: the server's own where there is one. */
export const sentenceOf = (error: unknown, otherwise: string): string =>
  error instanceof RefusedError
    ? (error.refusal.title ?? otherwise)
    : error instanceof Error && error.name !== "NotAllowedError"
      ? error.message
      : otherwise;
