/**
 * The session follows the hall, and the lot follows the session: reactions, each exactly once. A session is moved through
 * its sequencer only, in its order with the offers; a move that was made already is no move the second time.
 */
import type { RecordedEvent } from "../../record/index.ts";
import { completeStep, type DecidingLot, lotOfStream, type Reaction, stepStatus } from "../transaction/index.ts";
import type { Auction, AuctionFact } from "./auction.ts";
import { sessionOfHall, sessionStream } from "./hall.ts";
import { matchFact, pauseFact, resumeFact } from "./move-on.ts";
import type { AuctionPorts } from "./ports.ts";
import { Restoring } from "./sequencer.ts";

type Move = (auction: Auction, at: number, event: RecordedEvent) => AuctionFact | undefined;

/** What each wish of the hall does to the session. */
const moves: Readonly<Record<string, Move>> = {
  "auc.entered": ({ keys }, at, { data }) =>
    keys.get(data.number) === data.key ? undefined : { type: "auc.admitted", at, data: { number: data.number, key: data.key } },
  "auc.pauseAgreed": (auction, at, { data }) => pauseFact(auction, at, { cause: "persons", by: data.persons, reason: data.reason }),
  "auc.resumeAgreed": (auction, at, { data }) => resumeFact(auction, at, { by: data.persons }),
  // 以到达服务器为准: the wish counts at its arrival, however long the reaction took.
  "auc.matchWilled": (auction, _, { data }) => matchFact(auction, data.number, data.arrivedMs),
};

export function followHall({ floor }: AuctionPorts): Reaction {
  return {
    name: "auction.follow-hall",
    on: Object.keys(moves),
    lotOf: async ({ stream }) => lotOfStream(stream),
    async react(_, event) {
      const { sequencer } = floor();
      if (!sequencer) throw new Restoring("this process does not hold the lease");
      await sequencer.move(sessionOfHall(event.stream), (auction, at) => moves[event.type]?.(auction, at, event), event.commandId);
    },
  };
}

/** Enough are qualified: the session stands in the record, with the terms of the notice, and its process opens it. */
export function scheduleSession({ announced }: AuctionPorts): Reaction {
  return {
    name: "auction.schedule",
    on: ["lot.runStarted"],
    lotOf: async ({ stream }) => stream,
    async react(context, { data }) {
      const { lot, procedure } = context;
      // A run that is over schedules nothing: the lot may have gone on before this event was read.
      if (data.run !== lot.run || !["open", "waiting"].includes(stepStatus(lot, procedure, "auction.run"))) return;
      const { terms, startsAt } = await announced(context.tx, lot);
      await context.append(sessionStream(lot), "auc.scheduled", { lotId: lot.id, terms, startsAt });
    },
  };
}

export function openSession({ floor }: AuctionPorts): Reaction {
  return {
    name: "auction.open",
    on: ["auc.scheduled"],
    lotOf: async ({ data }) => data.lotId,
    react: (_, { stream }) => floor().open(stream),
  };
}

const outcomes: Readonly<Record<string, "matched" | "waived">> = { "auc.matched": "matched", "auc.waived": "waived" };

/** The result of the session ends the step of the lot; whether somebody was asked to match ends the next one. */
export const endRun: Reaction = {
  name: "auction.end-run",
  on: ["auc.ended", "auc.matched", "auc.waived"],
  lotOf: async ({ stream }) => lotOfStream(stream),
  async react(context, { type, stream, data }) {
    await completeStep(context, "auction.run", data.outcome, stream);
    if (isOpen(context, "auction.match")) await completeStep(context, "auction.match", outcomes[type] ?? "waived", stream);
  },
};

function isOpen({ lot, procedure }: DecidingLot, step: string): boolean {
  return procedure.steps(lot.pass).some(({ name }) => name === step) && stepStatus(lot, procedure, step) === "open";
}
