/**
 * `auc.match`: the priority holder takes the best price for itself, within its time (AST-010, AST-018: 同等条件). Silence is
 * a waiver, and so there is no act for it. Judged by the instant of arrival against the effective end.
 */
import { keeps, refuse } from "../../kernel/index.ts";
import { act, closed } from "../transaction/index.ts";
import { hallStream, sessionStream } from "./hall.ts";
import { matchFact } from "./move-on.ts";
import type { AuctionPorts } from "./ports.ts";

export function matchPrice({ floor, numberOf }: AuctionPorts) {
  return act({
    name: "auc.match",
    title: { zh: "行使优先权", en: "Match the best price" },
    who: ["bidder"],
    about: "lot",
    lock: "shared",
    rules: ["AST-010", "AST-018"],
    data: closed({}),
    async decide(context) {
      const { lot, actor, now } = context;
      const session = floor().sequencer?.session(sessionStream(lot));
      const number = await numberOf(context, actor.organisationId);
      if (!session || number === undefined || !matchFact(session, number, now))
        return refuse("auction.no-match-now", {
          ruleId: "AST-018",
          message: "现在不能行使优先权：不是优先权人，或者不在行权时间内。",
          messageEn: "No priority can be used now: not the holder, or not within its time.",
        });
      await context.appendOpaque(hallStream(lot), "auc.matchWilled", { lotId: lot.id, number, arrivedMs: now });
      return {};
    },
  });
}

keeps({
  ruleId: "AST-018",
  at: "server/trade/auction/move-on.ts",
  how: "After the end the holder is asked and has its announced time; silence is a waiver.",
  test: "server/trade/auction/auction.test.ts",
});
