/** The process replay of a lot, for the authority in charge. */
import { queryOptions } from "@tanstack/react-query";
import { read } from "./client.ts";

/** One event as the record tells it. */
export type ReplayedEvent = {
  readonly position: number;
  readonly at: string;
  readonly words: string;
  readonly actor: { readonly name: string; readonly organisation: string; readonly role: string } | null;
  readonly by: "person" | "house" | "veiled";
  readonly key: { readonly family: string; readonly fingerprint: string } | null;
  readonly reason: string | null;
  readonly changes: readonly { readonly label: string | null; readonly before: string | null; readonly after: string }[];
  readonly decisions: readonly { readonly rule: string; readonly verdict: string }[];
};

/** The lot as it stood at the minute. */
export type LotStanding = {
  readonly run: number;
  readonly steps: readonly { readonly step: string; readonly at: string }[];
  readonly limits: readonly { readonly name: string; readonly at: string; readonly reached: boolean }[];
  readonly holds: readonly { readonly since: string }[];
};

type Replay = {
  readonly at: string;
  readonly standing: LotStanding | null;
  readonly items: readonly ReplayedEvent[];
};

/** The replay up to a minute; up to now without one. */
export const replayQuery = (lotId: string, at: string | undefined) =>
  queryOptions({
    queryKey: ["replay", lotId, at ?? "now"],
    queryFn: ({ signal }) => read<Replay>(`/lots/${lotId}/replay${at === undefined ? "" : `?at=${encodeURIComponent(at)}`}`, signal),
    // A slider asks often; the page keeps what it has until the answer is there.
    placeholderData: (before) => before,
  });
