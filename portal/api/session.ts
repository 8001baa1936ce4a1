/** Who is signed in, for the whole page. Changes only by the sandbox switch or by signing out. */
import { useQuery } from "@tanstack/react-query";
import { read } from "./client.ts";
import type { Me } from "./types.ts";

/** Key of the query, for those who change the session. */
export const sessionKey = ["session"] as const;

/** The person of this session; `me` is undefined for the public and while it is being read. */
export function useSession(): { readonly me: Me | undefined; readonly known: boolean } {
  const query = useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => read<{ me: Me | null }>("/me", signal),
    staleTime: 60_000,
  });
  return { me: query.data?.me ?? undefined, known: !query.isPending };
}
