/** Becomes a person of the sandbox: a session with the server, the keys from the wallet. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { send } from "../../api/client.ts";
import { chooseMembership } from "../../api/membership.ts";
import type { SandboxPerson } from "../../api/types.ts";
import { forgetKeys } from "../../signing/keys.ts";

/** The switch and its state. */
export function useBecome() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<unknown>(undefined);
  const change = async (id: string, work: () => Promise<void>) => {
    setBusy(id);
    setError(undefined);
    try {
      await work();
      forgetKeys();
      await queries.resetQueries();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(undefined);
    }
  };
  const become = (person: SandboxPerson) =>
    change(person.membershipId, async () => {
      await send("POST", "/sandbox/sessions", { json: { personId: person.personId } });
      chooseMembership(person.membershipId);
      void navigate({ to: "/w/$role", params: { role: person.role } });
    });
  const leave = () =>
    change("leave", async () => {
      await send("DELETE", "/session");
      chooseMembership(undefined);
    });
  return { become, leave, busy, error };
}
