/**
 * What a bidder may read of its own bid before the opening: its party id (which the header needs), its
 * receipts, and the header from which it unwraps Kb. Nobody else can read any of it, and the answer has
 * one of a few sizes, so that an observer of the line learns nothing.
 */
import { Type } from "@sinclair/typebox";
import { SealHeader, SealReceipt } from "../../../formats/seal/index.ts";
import { instantText } from "../../kernel/index.ts";
import { effectiveAt, isInTime, type ReadContext, read } from "../transaction/index.ts";
import { liveAct, nextVersion, stateOfChain } from "./bid.ts";
import { ownChain } from "./own-bid.ts";
import { receiptsOf, suiteOfLot } from "./receipts.ts";
import { loadSubmission } from "./submission-file.ts";

const stepBytes = 16_384;

export const ownBidRead = read({
  path: "/lots/:lotId/own-bid",
  title: "我的投标文件与回执",
  group: "own",
  response: Type.Object({
    partyId: Type.String(),
    state: Type.String(),
    nextVersion: Type.Integer(),
    deadline: Type.Union([Type.String(), Type.Null()]),
    mayChange: Type.Boolean(),
    live: Type.Union([Type.Object({ bidDigest: Type.String(), header: SealHeader, cipherSize: Type.Integer() }), Type.Null()]),
    receipts: Type.Array(SealReceipt),
    filler: Type.String(),
  }),
  async load(context) {
    if (!context.actor) return undefined;
    const chain = await ownChain(context);
    const deadline = effectiveAt(context.lot, "bidDeadline");
    const suite = await suiteOfLot(context.tx, context.lot.id);
    const body = {
      partyId: chain.partyId,
      state: stateOfChain(chain.acts),
      nextVersion: nextVersion(chain.acts),
      deadline: deadline === undefined ? null : instantText(deadline),
      mayChange: isInTime(context.lot, "bidDeadline", context.now),
      live: await liveOf(context, liveAct(chain.acts)),
      receipts: receiptsOf({ ...context, ...chain, suite, acts: chain.acts.filter(({ position }) => position !== null) }),
    };
    const length = JSON.stringify(body).length;
    return { ...body, filler: " ".repeat(Math.ceil(length / stepBytes) * stepBytes - length) };
  },
});

async function liveOf({ platform }: ReadContext, live: ReturnType<typeof liveAct>) {
  if (!live?.submission) return null;
  const { header, cipherSize } = await loadSubmission(platform.files, live.submission);
  return { bidDigest: live.bidDigest, header, cipherSize };
}
