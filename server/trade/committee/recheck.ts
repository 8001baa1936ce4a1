/**
 * After the opening the bidders are known, so every seat is checked again: who is related to a bidder leaves, and a
 * substitute follows in draw order (procedures §1.3; CON-053). By the system, in the order of the seats.
 */
import type { Reaction } from "../transaction/index.ts";
import { judge } from "../transaction/index.ts";
import { activeSeats } from "./committee.ts";
import { standingCommittee } from "./committee-of.ts";
import type { CommitteePorts } from "./ports.ts";
import { recusalRules } from "./rules/recusal.ts";
import { peopleIn, rosterOf } from "./seat-people.ts";
import { declineSeat, formIfWhole, getCommittee, vacateSeat } from "./summon.ts";

export function recheckAfterOpening(ports: CommitteePorts): Reaction {
  return {
    name: "committee.recheck",
    on: ["lot.stepDone"],
    lotOf: async (event, tx) =>
      event.data.step === "opening.open" && (await standingCommittee(tx, event.stream)) ? event.stream : undefined,
    async react(context) {
      const { buyer, agent, supervisor } = context.lot.parties;
      const register = await ports.registerOf(context.tx, context.lot.id);
      const bidders = register.map(({ organisationId }) => organisationId);
      const codes = register.map(({ creditCode }) => creditCode);
      const committee = await getCommittee(context);
      const people = await peopleIn(context.tx, committee.stream);
      for (const seat of activeSeats(committee)) {
        const organisationId = people.get(seat.no)?.organisationId ?? "";
        const rows = seat.poolId === null ? [] : await rosterOf(context.tx, committee.needId, [seat.poolId]);
        const isRelated = ports.pool.recusedBy(rows, codes).length > 0;
        const facts = { organisationId, isExpert: seat.isExpert, buyer, agent, supervisor, bidders, isRelated };
        if (!judge(context, recusalRules, facts).refusal) continue;
        if (seat.state === "summoned") await declineSeat(context, ports, seat, { cause: "recused", veiled: null });
        else await vacateSeat(context, ports, seat, { cause: "recused", ground: "bidderInterest", veiled: null });
      }
      await formIfWhole(context);
    },
  };
}
