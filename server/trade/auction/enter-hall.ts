/**
 * `auc.enter`: a party comes into the hall with a session key that its page has made; every offer is then signed by it
 * (decisions §7). Entering again replaces the key: another device, and the first one bids no more. Sealed: who stands
 * behind a number is in the party's own act, never in the hall.
 */
import { Type } from "@sinclair/typebox";
import { act, appendSealed, closed, judge } from "../transaction/index.ts";
import { hallStream } from "./hall.ts";
import type { AuctionPorts } from "./ports.ts";
import { numbered } from "./rules/numbered.ts";

export function enterHall({ numberOf }: AuctionPorts) {
  return act({
    name: "auc.enter",
    title: { zh: "进入竞价厅", en: "Enter the hall" },
    who: ["bidder"],
    about: "lot",
    lock: "shared",
    step: "auction.run",
    sealed: true,
    rules: ["AST-016"],
    data: closed({ key: Type.String({ title: "本场会话公钥", pattern: "^0[23][0-9a-f]{64}$" }) }),
    async decide(context, { key }) {
      const number = await numberOf(context, context.actor.organisationId);
      const { refusal } = judge(context, [numbered], { hasNumber: number !== undefined });
      if (refusal || number === undefined) return refusal;
      await appendSealed(context, "auc.enter", { number, key });
      await context.appendOpaque(hallStream(context.lot), "auc.entered", { lotId: context.lot.id, number, key });
      return { number };
    },
  });
}
