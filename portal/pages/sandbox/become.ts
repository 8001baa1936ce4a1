/** Becomes a person of the sandbox: a session with the server, the keys from the wallet. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { post } from "../../api/client.ts";
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
    change(person.personId, async () => {
      await post("/sandbox/sessions", { personId: person.personId, role: person.role });
      void navigate({ to: "/w/$role", params: { role: person.role } });
    });
  const leave = () => change("leave", () => post("/sandbox/sessions/end", {}));
  return { become, leave, busy, error };
}
