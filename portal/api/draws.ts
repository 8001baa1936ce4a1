/** Draws as their stage lets people read them. Numbers of a share stand only in the published record. */
import { queryOptions } from "@tanstack/react-query";
import type { DrawPlan, DrawRecord } from "../../formats/draw/index.ts";
import { addressOf, find } from "./client.ts";
import { findOfLot } from "./lot-reads.ts";
import type { Draw, DrawName } from "./types.ts";
import type { WireWords } from "./wire.ts";

type WireResult = {
  readonly seed: string;
  readonly coefficients?: readonly { readonly id: string; readonly index: number; readonly value: string }[];
  readonly order?: readonly string[];
  readonly strata?: readonly { readonly id: string; readonly primary: readonly string[] }[];
};

/** `GET /draws/:drawId`. */
export type WireDraw = {
  readonly drawId: string;
  readonly lotId: string;
  readonly purpose: string;
  readonly title: WireWords;
  readonly sealed: boolean;
  readonly state: string;
  readonly mode: number;
  readonly tCommit: string;
  readonly tReveal: string;
  readonly plan: DrawPlan | null;
  readonly planHash: string | null;
  readonly shares: readonly {
    readonly i: number;
    readonly name: string;
    readonly committed: boolean;
    readonly revealed: boolean;
    readonly forfeited: boolean;
    readonly mine: boolean;
  }[];
  readonly result: WireResult | null;
  readonly failure: string | null;
  readonly publishedAt: string | null;
  readonly voidReason: string | null;
  readonly limits: readonly WireWords[];
};

const steps: Readonly<Record<string, Draw["step"]>> = {
  prepared: "list",
  frozen: "commit",
  revealing: "reveal",
  derived: "result",
  published: "result",
};
const short = (id: string): string => `${id.slice(0, 6)}…${id.slice(-4)}`;

/** What was drawn, in one line. */
export function resultText(result: WireResult | null): string | undefined {
  if (!result) return undefined;
  if (result.coefficients) return result.coefficients.map(({ id, value }) => `${id} = ${value}`).join("，");
  if (result.order) return result.order.map(short).join(" → ");
  const seated = (result.strata ?? []).reduce((sum, { primary }) => sum + primary.length, 0);
  return `${seated} 席`;
}

function candidatesOf({ plan, result }: WireDraw): Draw["candidates"] {
  const coefficient = plan?.coefficients[0];
  const drawn = result?.coefficients?.[0]?.index;
  return (coefficient?.values ?? []).map((label, index) => ({ id: String(index), label, chosen: index === drawn }));
}

function sharesOf(wire: WireDraw, record: DrawRecord | undefined): Draw["shares"] {
  return wire.shares.map((share) => ({
    party: share.name,
    commitment: record?.commits.find(({ i }) => i === share.i)?.c,
    share: record?.reveals.find(({ i }) => i === share.i)?.s,
    state: share.forfeited ? "missing" : share.revealed ? "agrees" : share.committed ? "committed" : "waiting",
    mine: share.mine,
  }));
}

/** What the hall shows; the record adds the numbers once it is published. */
export function drawOf(wire: WireDraw, record: DrawRecord | undefined): Draw {
  return {
    drawId: wire.drawId,
    lotId: wire.lotId,
    title: wire.title.zh,
    sealed: wire.sealed,
    mode: wire.mode,
    state: wire.state,
    step: steps[wire.state] ?? "list",
    resultText: resultText(wire.result),
    candidates: candidatesOf(wire),
    planHash: wire.planHash ?? undefined,
    seed: wire.result?.seed,
    moments: { frozenAt: record?.freeze.log.at, commitEnd: wire.tCommit, revealEnd: wire.tReveal, resultAt: wire.publishedAt ?? undefined },
    shares: sharesOf(wire, record),
    limits: wire.limits.map(({ zh }) => zh),
    failure: wire.failure ?? undefined,
    voidReason: wire.voidReason ?? undefined,
    proofHref: wire.publishedAt ? addressOf(`/draws/${wire.drawId}/record`) : undefined,
  };
}

/** Reads a draw word for word, for those who act in it. */
export const findDraw = (drawId: string, signal?: AbortSignal): Promise<WireDraw | undefined> => find<WireDraw>(`/draws/${drawId}`, signal);

/** A draw; null when it is unknown or hidden. */
export const drawQuery = (drawId: string) =>
  queryOptions({
    queryKey: ["draw", drawId],
    queryFn: async ({ signal }) => {
      const wire = await findDraw(drawId, signal);
      if (!wire) return null;
      const record = wire.publishedAt ? await find<DrawRecord>(`/draws/${drawId}/record`, signal) : undefined;
      return drawOf(wire, record);
    },
    refetchInterval: 5_000,
  });

/** Draws of a lot. */
export const drawsQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["draws", lotId],
    queryFn: async (context): Promise<readonly DrawName[]> => {
      const wire = await findOfLot<{ items: readonly WireDraw[] }>(context, lotId, "draws");
      return (wire?.items ?? []).map(({ drawId, title, state }) => ({ drawId, name: title.zh, state }));
    },
    refetchInterval: 15_000,
  });
