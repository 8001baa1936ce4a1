/** The committee's expert pool, joined to the protocol: orders go through the durable outbox, its messages come back as facts. */
import { p256 } from "@noble/curves/nist.js";
import { hex } from "../../formats/bytes.ts";
import type { Envelope } from "../../formats/exchange/index.ts";
import { type ExchangeClient, enqueue, expertPoolAdapter, type MessageDraft } from "../exchange/index.ts";
import { instantText, type Random } from "../kernel/index.ts";
import type { ExpertPool, PoolFact, PoolOrder } from "../trade/committee/index.ts";

export interface CommitteePoolParts {
  client: ExchangeClient;
  random: Random;
  now: () => number;
  /** P-256 secret of the draw service: rosters are sealed to it. */
  drawServiceSecret: Uint8Array;
  /** Shared with the pool outside the protocol, to find relations without names. */
  joinKey: Uint8Array;
}

export const joinKeyId = "join-1";

export function joinExpertPool({
  client,
  random,
  now,
  drawServiceSecret,
  joinKey,
}: CommitteePoolParts): ExpertPool & { readFact(envelope: Envelope): PoolFact | undefined } {
  const port = expertPoolAdapter(client, random);
  const draftOf = (order: PoolOrder): MessageDraft => {
    switch (order.order) {
      case "requestCandidates":
        return port.requestCandidates(order.need);
      case "summon":
        return port.summon(order.call);
      case "cancelSummon":
        return port.cancelSummon(order.needId, order.callNo, order.cause);
      case "arrived":
        return port.arrived(order.needId, order.callNo, order.at);
    }
  };
  return {
    drawServiceKey: hex(p256.getPublicKey(drawServiceSecret, true)),
    joinKeyId,
    send: (tx, order) => enqueue(tx, draftOf(order), { id: `msg-${hex(random.bytes(16))}`, at: instantText(now()) }),
    recusedBy: (roster, creditCodes) => port.recusedBy(roster, creditCodes, joinKey),
    readFact(envelope) {
      const fact = port.readFact(envelope, drawServiceSecret);
      return fact?.fact === "feedbackReceived" ? undefined : fact;
    },
  };
}
