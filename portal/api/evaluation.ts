/** The evaluation room as a member of the committee reads it: its own findings and sheet, never another's. */
import { queryOptions } from "@tanstack/react-query";
import { fromBase64 } from "../../formats/bytes.ts";
import { read } from "./client.ts";
import { findOfLot } from "./lot-reads.ts";

/** A criterion that a member scores. */
export type SheetItem = {
  readonly id: string;
  readonly label: string;
  readonly min: string;
  readonly max: string;
  readonly step: string;
  readonly criteria: string;
};

/** A bid as the room sees it. */
export type RoomBid = {
  readonly bidDigest: string;
  readonly bidderName: string;
  readonly figures: {
    readonly priceFen: string;
    readonly durationDays: number;
    readonly quality: string;
    readonly managerName: string;
    readonly managerCertificate: string;
    readonly validityDays: number;
    readonly depositForm: string;
  } | null;
  readonly files: readonly { readonly name: string; readonly size: number; readonly hash: string }[];
  readonly flags: readonly string[];
  readonly rows: Readonly<Record<string, string>>;
  readonly rejected: { readonly ground: number; readonly groundText: string; readonly reason: string; readonly votes: number } | null;
  readonly finding: { readonly finding: string; readonly ground: number | null; readonly reason: string | null } | null;
};

/** A row of a ranking. */
export type RankedBid = {
  readonly rank: number;
  readonly bidDigest: string;
  readonly bidderName: string;
  readonly priceFen: string;
  readonly score: string;
};

/** `GET /lots/:lotId/evaluation`. */
export type Room = {
  readonly state: string;
  readonly seat: number;
  readonly chair: number | null;
  readonly isChair: boolean;
  readonly method: { readonly name: string; readonly title: string };
  readonly grounds: readonly { readonly no: number; readonly text: string }[];
  readonly items: readonly SheetItem[];
  readonly tables: readonly {
    readonly id: string;
    readonly label: string;
    readonly rows: readonly { readonly key: string; readonly when: string; readonly score: string }[];
  }[];
  readonly bids: readonly RoomBid[];
  readonly questions: readonly {
    readonly no: number;
    readonly bidderName: string;
    readonly text: string;
    readonly askedAt: string;
    readonly dueAt: string;
    readonly answer: string | null;
    readonly answeredAt: string | null;
  }[];
  readonly sheet: {
    readonly sheet: string;
    readonly state: string;
    readonly scores: Readonly<Record<string, Readonly<Record<string, string>>>>;
  } | null;
  readonly progress: Progress;
  readonly computed: { readonly resultDigest: string; readonly at: string; readonly ranking: readonly RankedBid[] } | null;
};

/** How far the committee is, and nothing of what it thinks. */
export type Progress = { readonly seats: number; readonly findings: number; readonly sheets: number; readonly signatures: number };

/** The room; null for those who have no seat. */
export const roomQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["room", lotId],
    queryFn: async (context) => (await findOfLot<Room>(context, lotId, "evaluation")) ?? null,
    refetchInterval: 10_000,
  });

/** Progress for buyer, centre and supervisor; null for others. */
export const progressQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["evaluation-progress", lotId],
    queryFn: async (context) =>
      (await findOfLot<{ state: string; bids: number; progress: Progress }>(context, lotId, "evaluation/progress")) ?? null,
    refetchInterval: 10_000,
  });

/** Opens one file of a bid, for those who may read it. */
export async function openBidFile(lotId: string, bidDigest: string, name: string): Promise<void> {
  const file = await read<{ name: string; contentBase64: string }>(`/lots/${lotId}/bids/${bidDigest}/files/${encodeURIComponent(name)}`);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([fromBase64(file.contentBase64)]));
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}
