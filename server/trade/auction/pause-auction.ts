/** `auc.pause`, `auc.resume`: one person of the centre asks, with the reason; another person joins; then it happens, for all alike. */
import { next, refuse } from "../../kernel/index.ts";
import { type Act, act, closed, judge, text } from "../transaction/index.ts";
import { auctionStates } from "./auction.states.ts";
import { askedFor, type HallCommand, hallStream, sessionStream } from "./hall.ts";
import type { AuctionPorts } from "./ports.ts";
import { twoPersons } from "./rules/two-persons.ts";

const words: Readonly<Record<HallCommand, { zh: string; en: string }>> = {
  pause: { zh: "暂停竞价", en: "Pause the auction" },
  resume: { zh: "恢复竞价", en: "Resume the auction" },
};

/** `auc.pause` or `auc.resume`. */
export function interrupt(command: HallCommand, { floor }: AuctionPorts): Act {
  return act({
    name: `auc.${command}`,
    title: words[command],
    who: ["centre", "buyer", "supervisor"],
    about: "lot",
    lock: "exclusive",
    rules: ["AST-021"],
    data: closed({ reason: text("原因", 500) }),
    async decide(context, { reason }) {
      const { lot, actor, now } = context;
      const status = floor().sequencer?.session(sessionStream(lot))?.status;
      if (status === undefined || next(auctionStates, status, command) === undefined)
        return refuse("act.not-possible-now", {
          message: "竞价现在不能这样办理。",
          messageEn: "This cannot be done with the auction now.",
          data: { state: status ?? "none" },
        });
      const first = await askedFor(context.tx, lot, { command, now });
      const persons = first ? [first.person, actor.personId] : [actor.personId];
      const { refusal, decisions } = judge(context, [twoPersons], {
        persons,
        firstIsOfCentre: first !== undefined || actor.role === "centre",
      });
      if (refusal) return refusal;
      const done = first ? "Agreed" : "Asked";
      await context.append(hallStream(lot), `auc.${command}${done}`, {
        lotId: lot.id,
        reason: first?.reason ?? reason,
        persons,
        decisions,
      });
      return { awaits: first ? [] : ["second"] };
    },
  });
}
