/** Lots by words and filters. What is asked stands in the address, so that a list can be shared and the way back works. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { read } from "./client.ts";
import { rowOf } from "./lot-view.ts";
import type { LotRow } from "./types.ts";
import type { WireLotRow } from "./wire.ts";

/** Choices with a count for each value. */
export const choices = ["stage", "region", "sector"] as const;
export type Choice = (typeof choices)[number];

/** Bounds of the estimate in 万元; the upper one is not contained. */
export const amounts = ["0-400", "400-3000", "3000-10000", "10000-"] as const;
/** Days until the deadline for bids. */
export const dues = ["3", "7", "30"] as const;

/** What the address of `/notices` says. */
export type LotSearch = {
  readonly q?: string;
  readonly stage?: string;
  readonly region?: string;
  readonly sector?: string;
  readonly amount?: (typeof amounts)[number];
  readonly due?: (typeof dues)[number];
  readonly page?: number;
};

export const rowsOnPage = 20;

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value.slice(0, 200) : typeof value === "number" ? String(value) : undefined;
const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined => values.find((one) => one === String(value));

/** Reads an address; what makes no sense there is left out. */
export function lotSearchOf(search: Readonly<Record<string, unknown>>): LotSearch {
  const { q, stage, region, sector, amount, due, page } = search;
  const wanted = {
    q: text(q),
    stage: text(stage),
    region: text(region),
    sector: text(sector),
    amount: oneOf(amounts, amount),
    due: oneOf(dues, due),
    page: Number.isInteger(page) && Number(page) > 1 ? Number(page) : undefined,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

const fenIn = 1_000_000n;

/** The question to the server. */
export function questionOf({ q, stage, region, sector, amount, due, page = 1 }: LotSearch): URLSearchParams {
  const [from, to] = amount?.split("-") ?? [];
  const asked = {
    published: "true",
    text: q,
    stage,
    region,
    sector,
    fromFen: from ? String(BigInt(from) * fenIn) : undefined,
    toFen: to ? String(BigInt(to) * fenIn) : undefined,
    dueWithinHours: due ? String(Number(due) * 24) : undefined,
    limit: String(rowsOnPage),
    offset: page > 1 ? String((page - 1) * rowsOnPage) : undefined,
  };
  return new URLSearchParams(Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

type Counted = readonly { readonly value: string; readonly count: number }[];
type WireLots = { readonly total: number; readonly choices: Readonly<Record<Choice, Counted>>; readonly items: readonly WireLotRow[] };

/** What was found: a page of rows, how many in all, and how many with each value of each choice. */
export type FoundLots = Omit<WireLots, "items"> & { readonly lots: readonly LotRow[] };

/** Lots as the list shows them, without reading each of them. */
export async function readLots(asked: URLSearchParams, signal: AbortSignal): Promise<FoundLots> {
  const { items, ...rest } = await read<WireLots>(`/lots?${asked}`, signal);
  return { ...rest, lots: items.map(rowOf) };
}

/** The list at an address. */
export const findLotsQuery = (search: LotSearch) =>
  queryOptions({
    queryKey: ["found-lots", search],
    queryFn: ({ signal }) => readLots(questionOf(search), signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });

/** The newest lots that anybody may know: the home page, the halls and the calendar read the same rows. */
export const publicLotsQuery = queryOptions({
  queryKey: ["public-lots"],
  queryFn: ({ signal }) => readLots(new URLSearchParams({ published: "true", limit: "200" }), signal),
  refetchInterval: 30_000,
});

/** All lots that the reader may know, drafts of its own among them. */
export const knownLotsQuery = queryOptions({
  queryKey: ["known-lots"],
  queryFn: ({ signal }) => readLots(new URLSearchParams({ limit: "200" }), signal),
  refetchInterval: 30_000,
});

/** How many would be found without one of the filters: the nearest ways out of an empty list. */
export function relaxationsOf(search: LotSearch, found: FoundLots): readonly { readonly without: Choice; readonly count: number }[] {
  return choices
    .filter((choice) => search[choice] !== undefined)
    .map((without) => ({ without, count: found.choices[without].reduce((sum, { count }) => sum + count, 0) }))
    .filter(({ count }) => count > 0);
}
