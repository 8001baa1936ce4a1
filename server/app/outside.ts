/**
 * Outside systems joined to the stages: ports in the words of the trade on one side, adapters that
 * speak the protocols on the other, a durable outbox and inbox between them. The platform knows
 * peers and addresses; it never knocks at a control door of a simulator.
 */
import type { FastifyInstance } from "fastify";
import { type Peer, pairsOf, type SigningKey } from "../../formats/exchange/index.ts";
import { ExchangeClient, Inbound, InboxTable, Relay, sandboxScopes } from "../exchange/index.ts";
import type { Instant, Random } from "../kernel/index.ts";
import { machineClock } from "../runtime/clock/clock.ts";
import { crashPoint } from "../runtime/crash/crash-points.ts";
import type { Pool } from "../runtime/database/index.ts";
import type { Stage } from "../trade/transaction/index.ts";
import { joinExpertPool } from "./committee-pool.ts";
import { joinDepositBank } from "./deposit-bank.ts";
import type { TradingHouse } from "./house.ts";
import { applyFact, type Outsiders } from "./outside-facts.ts";
import { stagesOf } from "./stages.ts";

export interface OutsideWish {
  /** Peers as the operators agreed on them; without any, nothing leaves the house. */
  peers: readonly Peer[];
  /** An authority says that a certificate's state has changed: its list is to be asked anew at once. */
  statusChanged?: () => void;
}

export interface OutsideKeys {
  messageSecret: Uint8Array;
  fieldSecret: Uint8Array;
  drawServiceSecret: Uint8Array;
  joinKey: Uint8Array;
  random: Random;
  now: () => Instant;
}

export interface Outside {
  stages: readonly Stage[];
  /** Opens our own doors on the edge and begins to relay. @returns our row for the peer files of others. */
  open(edge: FastifyInstance, house: TradingHouse): void;
  ownRow(baseUrl: string): Peer;
  /** Resolves when what waits has been sent and what came has been applied. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const system = "egret";

export function connectOutside(
  { peers, statusChanged = () => {} }: OutsideWish,
  keys: OutsideKeys,
  pool: Pool,
  onFault: (error: unknown) => void,
): Outside {
  const key: SigningKey = { kid: "egret-1", secret: keys.messageSecret };
  const client = new ExchangeClient({ system, key, fieldSecret: keys.fieldSecret, peers, machineClock, random: keys.random });
  const relay = new Relay({ pool, client, machineClock, onFault });
  const inbox = new InboxTable(pool);
  const bank = joinDepositBank({ client, pool, random: keys.random, now: keys.now });
  const experts = joinExpertPool({ client, ...keys });
  const outsiders: Outsiders = { bank, experts, pool, statusChanged };
  let applying: Promise<void> = Promise.resolve();
  let house: TradingHouse | undefined;
  const applyAll = () => {
    applying = applying.then(() => (house ? applyWaiting(house, inbox, outsiders) : undefined)).catch(onFault);
    return applying;
  };
  const inbound = new Inbound({
    system,
    environment: "sandbox",
    key,
    fieldSecret: keys.fieldSecret,
    peers,
    scopes: sandboxScopes,
    inbox,
    clock: { now: keys.now },
    machineClock,
    arrived: () => void applyAll(),
  });
  return {
    stages: stagesOf({ bank, experts }),
    ownRow: (baseUrl) => inbound.ownRow(baseUrl),
    open(edge, opened) {
      house = opened;
      openDoor(edge, inbound);
      house.numberer.on("numbered", () => void relay.wake());
      void bank
        .orderPools()
        .then(() => relay.wake())
        .catch(onFault);
      void applyAll();
    },
    async settle() {
      await bank.orderPools();
      await relay.wake();
      await applyAll();
    },
    async close() {
      await relay.stop();
      await applying;
    },
  };
}

async function applyWaiting(house: TradingHouse, inbox: InboxTable, outsiders: Outsiders): Promise<void> {
  for (let waiting = await inbox.unapplied(); waiting.length > 0; waiting = await inbox.unapplied()) {
    for (const message of waiting) {
      await applyFact(house, message, outsiders);
      crashPoint("CP15.applied");
      await inbox.applied(message.sender, message.envelope.id);
    }
  }
}

/** `/exchange/v1/*`: raw bytes in, signed answer out. */
function openDoor(edge: FastifyInstance, inbound: Inbound): void {
  edge.register(
    async (door) => {
      door.removeAllContentTypeParsers();
      door.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: 1 << 20 }, (_, body, done) => done(null, body));
      door.all("/v1/*", async (request, reply) => {
        const answer = await inbound.handle({
          method: request.method,
          target: request.url,
          pairs: pairsOf(request.raw.rawHeaders),
          body: (request.body as Buffer | undefined) ?? new Uint8Array(0),
        });
        return reply.status(answer.status).headers(answer.headers).send(Buffer.from(answer.body));
      });
    },
    { prefix: "/exchange" },
  );
}
