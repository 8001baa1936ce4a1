/**
 * `POST /auctions/{auction}/offers`: the way of an offer, which never passes the slow one of acts; and the hall's live
 * stream. An offer proves itself by its session key, so no cookie and no look into the database stands before it.
 */
import type { FastifyInstance, FastifyReply } from "fastify";
import { offerSchema, type SignedOffer } from "../../../formats/offer.ts";
import { isRefusal, type Refusal } from "../../kernel/index.ts";
import type { LiveHub } from "../../runtime/live/hub.ts";
import { type AuctionFloor, OfferIdReused, Overloaded, Restoring, refusalWords, takeOffer } from "../../trade/auction/index.ts";
import { problemOf } from "../../trade/transaction/index.ts";
import { sendProblem } from "../edge.ts";

export interface AuctionDoor {
  floor: AuctionFloor;
  live: LiveHub;
  now: () => number;
}

const pingMs = 15_000;
const bufferLimit = 256 * 1024;

export function hallTopic(stream: string): string {
  return `auction/${stream}`;
}

export function auctionRoutes(api: FastifyInstance, door: AuctionDoor): void {
  api.post<{ Params: { auction: string }; Body: SignedOffer }>(
    "/auctions/:auction/offers",
    { schema: { body: offerSchema } },
    async (request, reply) => {
      const { floor } = door;
      if (request.body.auction !== request.params.auction)
        return sendProblem(reply, 400, {
          code: "request.invalid",
          title: "报价与地址不一致。",
          detail: "The offer is for another auction.",
        });
      if (!floor.sequencer) return later(reply, 503, 500);
      try {
        const answer = await takeOffer(floor.sequencer, request.body);
        if (isRefusal(answer)) return refused(reply, answer);
        const { code, wantedFen, seq, arrivedAt, endsAt } = answer;
        // What is refused is in the record all the same, with its number; the answer says which.
        return code === null ? answer : refused(reply, refusalWords(code, { wantedFen, seq, arrivedAt, endsAt }));
      } catch (error) {
        return answerFault(reply, error);
      }
    },
  );
  api.get<{ Params: { auction: string } }>("/auctions/:auction/stream", async (request, reply) => {
    const { auction } = request.params;
    const board = door.floor.board(auction);
    if (!board)
      return sendProblem(reply, 404, { code: "object.unknown", title: "没有这场竞价。", detail: "There is no such auction here." });
    reply.hijack();
    const { raw } = reply;
    // The stream ends with its connection, so a frame is one write to each of thousands of sockets, not three of a chunk.
    raw.useChunkedEncodingByDefault = false;
    raw.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      connection: "close",
    });
    const time = () => raw.write(`event: time\ndata: {"now":${door.now()}}\n\n`);
    time();
    // Whoever comes, or comes back, gets the whole board first: frames that are older than it say nothing new.
    raw.write(`event: board\ndata: ${JSON.stringify({ terms: board.terms, startsAt: board.startsAt, ...board.snapshot() })}\n\n`);
    const stop = door.live.listen(
      hallTopic(auction),
      { send: ({ text }) => raw.write(text) || raw.writableLength < bufferLimit, close: () => raw.end() },
      String(request.headers["last-event-id"] ?? door.live.lastOf(hallTopic(auction))),
    );
    const ping = setInterval(time, pingMs);
    raw.on("close", () => {
      clearInterval(ping);
      stop();
    });
  });
}

function refused(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.status(422).type("application/problem+json").send(problemOf(refusal, 422));
}

function answerFault(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof Overloaded) return later(reply, 429, error.retryAfterMs);
  if (error instanceof Restoring) return later(reply, 503, error.retryAfterMs);
  if (error instanceof OfferIdReused)
    return sendProblem(reply, 409, {
      code: "request.key-reused",
      title: "同一报价号已用于另一报价。",
      detail: "This offer id was used for another offer.",
    });
  throw error;
}

/** Nothing is known to be kept: the same offer, with the same id, may and should come again. */
function later(reply: FastifyReply, status: 429 | 503, retryAfterMs: number): FastifyReply {
  return sendProblem(reply.header("Retry-After", String(Math.ceil(retryAfterMs / 1000))), status, {
    code: status === 429 ? "request.overloaded" : "auction.restoring",
    title: "请稍候，用同一报价号重试，不会重复报价。",
    detail: "Come again with the same offer id; it will count once.",
    data: { retryAfterMs },
  });
}
