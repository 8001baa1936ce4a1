/** The opening hall as its stage lets people read it. No figure is here before all are read out. */
import { queryOptions } from "@tanstack/react-query";
import type { SealHeader } from "../../formats/seal/index.ts";
import { find } from "./client.ts";
import { findOfLot } from "./lot-reads.ts";
import type { Opening, OpeningBid } from "./types.ts";

type WireBid = {
  readonly bidDigest: string;
  readonly name: string;
  readonly attendedAt: string | null;
  readonly keyAt: string | null;
  readonly judged: string | null;
  readonly status: string | null;
  readonly code: string | null;
  readonly header: SealHeader | null;
  readonly priceFen: string | null;
  readonly durationDays: number | null;
  readonly quality: string | null;
  readonly projectManager: string | null;
  readonly depositForm: string | null;
  readonly formFault: string | null;
  readonly confirmedAt: string | null;
  readonly objection: string | null;
  readonly answer: string | null;
};

/** `GET /lots/:lotId/opening`. */
export type WireOpening = {
  readonly state: string;
  readonly stateWords: string;
  readonly deadline: string;
  readonly decryptionEnd: string | null;
  readonly confirmEnd: string | null;
  readonly bidCount: number;
  readonly required: number | null;
  readonly threshold: number;
  readonly bids: readonly WireBid[];
  readonly members: readonly { readonly member: number; readonly role: string; readonly posted: number; readonly rejected: number }[];
};

const steps: Readonly<Record<string, Opening["step"]>> = {
  decrypting: "decrypt",
  paused: "decrypt",
  judging: "decrypt",
  unsealing: "unseal",
  reading: "unseal",
  unsealed: "read",
  confirming: "confirm",
  closed: "closed",
  failed: "closed",
};
const causes: Readonly<Record<string, string>> = {
  bidder: "因投标人原因未解密，视为撤销投标文件",
  platform: "因平台原因未解密，视为撤回投标文件",
  other: "因其他原因未解密，视为撤回投标文件",
};

function bidState(bid: WireBid): OpeningBid["state"] {
  if (bid.status === "revoked" || bid.status === "withdrawn") return "revoked";
  if (bid.judged !== null || bid.status === "invalid" || bid.status === "unopened") return "failed";
  return bid.keyAt === null ? "waiting" : "delivered";
}

function noteOf(bid: WireBid): string | undefined {
  if (bid.judged !== null) return causes[bid.judged] ?? bid.judged;
  if (bid.code !== null) return `投标文件无法读取（${bid.code}）`;
  return bid.formFault ?? undefined;
}

function bidOf(bid: WireBid): OpeningBid {
  const form =
    bid.priceFen === null
      ? undefined
      : {
          priceFen: bid.priceFen,
          days: bid.durationDays ?? undefined,
          quality: bid.quality ?? undefined,
          manager: bid.projectManager ?? undefined,
          depositForm: bid.depositForm ?? undefined,
        };
  return {
    bidDigest: bid.bidDigest,
    bidderName: bid.name,
    attendedAt: bid.attendedAt ?? undefined,
    keyAt: bid.keyAt ?? undefined,
    state: bidState(bid),
    note: noteOf(bid),
    form,
    confirmedAt: bid.confirmedAt ?? undefined,
    objection: bid.objection ?? undefined,
    answer: bid.answer ?? undefined,
  };
}

/** What the hall shows. */
export function openingOf(wire: WireOpening): Opening {
  return {
    step: steps[wire.state] ?? "decrypt",
    stateWords: wire.stateWords,
    windowIsOpen: wire.state === "decrypting",
    bidCount: wire.bidCount,
    windowEndsAt: wire.decryptionEnd ?? undefined,
    confirmEndsAt: wire.confirmEnd ?? undefined,
    failed: wire.required === null ? undefined : `收到 ${wire.bidCount} 份投标，少于 ${wire.required} 份，不开标。`,
    threshold: wire.threshold,
    members: wire.members,
    bids: wire.bids.map(bidOf),
  };
}

/** Reads the board word for word, for those who act in it; undefined before the opening has begun. */
export const findBoard = (lotId: string): Promise<WireOpening | undefined> => find<WireOpening>(`/lots/${lotId}/opening`);

/** The opening hall of a lot; null before it has begun. */
export const openingQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["opening", lotId],
    queryFn: async (context) => {
      const board = await findOfLot<WireOpening>(context, lotId, "opening");
      return board ? openingOf(board) : null;
    },
    refetchInterval: 10_000,
  });
