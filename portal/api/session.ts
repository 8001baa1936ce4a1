/** Who is signed in, and in which membership. Changes only by the sandbox switch or by signing out. */
import { useQuery } from "@tanstack/react-query";
import { find } from "./client.ts";
import { chooseMembership, currentMembership, maybeSignedIn } from "./membership.ts";
import type { Me } from "./types.ts";
import type { WireMe } from "./wire.ts";

/** The person in the chosen membership; the first one when none was chosen or the choice is not the person's. */
export function meOf(wire: WireMe | undefined): Me | null {
  const membership = wire?.memberships.find(({ id }) => id === currentMembership()) ?? wire?.memberships[0];
  if (!wire || !membership) return null;
  if (membership.id !== currentMembership()) chooseMembership(membership.id);
  return {
    personId: wire.personId,
    personName: wire.name,
    title: wire.title,
    membershipId: membership.id,
    organisationId: membership.organisationId,
    organisationName: membership.organisationName,
    role: membership.role,
  };
}

/** The person of this session; `me` is undefined for the public and while it is being read. */
export function useSession(): { readonly me: Me | undefined; readonly known: boolean } {
  const query = useQuery({
    queryKey: ["session"],
    queryFn: async ({ signal }) => (maybeSignedIn() ? meOf(await find<WireMe>("/me", signal)) : null),
    staleTime: 60_000,
  });
  return { me: query.data ?? undefined, known: !query.isPending };
}
