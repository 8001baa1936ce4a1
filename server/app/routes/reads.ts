/**
 * Every read passes here: load the lot, find the reader's standing and the phase, ask the visibility
 * table, then answer in the closed shape that the read declares. Absent and forbidden look alike.
 */
import { Value } from "@sinclair/typebox/value";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Actor, maySee, type Side } from "../../identity/index.ts";
import { inTurn, type Transaction, transaction } from "../../runtime/database/index.ts";
import { type LotThread, loadLot, type Procedure, phaseOf, type Read, type ReadContext, sideOf } from "../../trade/transaction/index.ts";
import { readerOf, sendProblem } from "../edge.ts";
import type { TradingHouse } from "../house.ts";
import { lastLineId, publicLines } from "../live.ts";

/** A read of one lot that needs no further name: `/lots/:lotId/notice`. */
const ofLot = /^\/lots\/:lotId\/([^:]+)$/;

/** Reads that are made here, open wherever the lot is. */
const ofTheEdge = ["next-steps", "papers", "record"];

/** A request that may be about a lot. */
export type LotRequest = FastifyRequest<{ Params: Record<string, string>; Querystring: Record<string, string> }>;

export function readRoutes(api: FastifyInstance, house: TradingHouse): void {
  for (const read of house.reads) {
    api.get(read.path, async (request, reply) => answerRead(house, read, request as LotRequest, reply));
  }
  api.get("/lots/:lotId/record", async (request, reply) => {
    const found = await inContext(house, request as LotRequest, async (context) =>
      context.may("record.public") ? { items: await publicLines(context.tx, context.lot.id) } : undefined,
    );
    return found ?? unknown(reply);
  });
  api.get("/lots/:lotId/next-steps", async (request, reply) => {
    const found = await inContext(house, request as LotRequest, async (context) => {
      const steps = await inTurn(house.stages, (stage) => stage.nextSteps?.(context) ?? []);
      return { items: steps.flat() };
    });
    return found ?? unknown(reply);
  });
}

async function answerRead(house: TradingHouse, read: Read, request: LotRequest, reply: FastifyReply) {
  const body = await inContext(house, request, async (context) => (context.may(read.group) ? read.load(context) : undefined));
  if (body === undefined) return unknown(reply);
  // The response schema is a gate: a field that is not declared cannot leave.
  return Value.Clean(read.response, Value.Clone(body));
}

/** An expert is one of the committee, or the public: holding the role somewhere opens no lot. */
async function sideIn(
  { house, tx }: { house: TradingHouse; tx: Transaction },
  actor: Actor | undefined,
  lot: LotThread | undefined,
): Promise<Side> {
  const side = sideOf(actor, lot);
  const seats = house.stages.find((stage) => stage.sits);
  if (side !== "expert" || !actor || !lot || !seats?.sits) return side;
  return (await seats.sits(tx, lot.id, actor.personId)) ? side : "public";
}

/** Loads the lot and the reader's standing, then does the work; undefined for a lot that does not exist. */
export async function inContext<Result>(
  house: TradingHouse,
  request: LotRequest,
  work: (context: ReadContext) => Promise<Result>,
): Promise<Result | undefined> {
  const actor = await readerOf(house, request);
  const { lotId } = request.params;
  // Before the snapshot: an event that comes between the two is read once more, never missed.
  const liveId = lotId === undefined ? "" : await lastLineId(house.pool, lotId);
  return transaction(house.pool, async (tx) => {
    const lot = lotId === undefined ? undefined : await loadLot(tx, lotId);
    if (lotId !== undefined && !lot) return undefined;
    const context = contextOf(house, request, { actor, lot, side: await sideIn({ house, tx }, actor, lot), liveId });
    // Whoever may not know of a lot reads nothing of it, whatever the group says: a draft looks like no lot at all.
    if (lot && !context.may("lot.public")) return undefined;
    return work(Object.assign(context, { tx }) as ReadContext);
  });
}

function contextOf(
  house: TradingHouse,
  request: LotRequest,
  { actor, lot, side, liveId }: { actor: Actor | undefined; lot: LotThread | undefined; side: Side; liveId: string },
) {
  const may = (group: string) => maySee(group, side, lot && phaseOf(lot));
  return {
    now: house.clock.now(),
    platform: house.platform,
    params: request.params,
    query: request.query,
    actor,
    lot: lot as LotThread,
    procedure: (lot && house.platform.procedure(lot.procedureId)) as Procedure,
    may,
    opens: () => [...ofTheEdge, ...house.reads.filter(({ group }) => may(group)).flatMap(({ path }) => ofLot.exec(path)?.[1] ?? [])],
    liveId,
  };
}

/** Absent and forbidden look alike. */
export function unknown(reply: FastifyReply) {
  return sendProblem(reply, 404, {
    code: "object.unknown",
    title: "没有这个对象，或者您现在无权知道它。",
    detail: "There is no such object, or you may not know of it now.",
  });
}
