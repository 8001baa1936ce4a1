/** `GET /lots/{id}/stream`: live log of a hall by server-sent events, resumed by Last-Event-ID. */
import type { FastifyInstance } from "fastify";
import { maySee } from "../../identity/index.ts";
import { transaction } from "../../runtime/database/index.ts";
import { loadLot, phaseOf, sideOf } from "../../trade/transaction/index.ts";
import { readerOf, sendProblem } from "../edge.ts";
import type { TradingHouse } from "../house.ts";
import { lineOf, linesRun, publicLines } from "../live.ts";

const pingMs = 15_000;
const bufferLimit = 256 * 1024;

export function liveRoutes(api: FastifyInstance, house: TradingHouse): void {
  api.get<{ Params: { lotId: string } }>("/lots/:lotId/stream", async (request, reply) => {
    const { lotId } = request.params;
    const lot = await transaction(house.pool, (tx) => loadLot(tx, lotId));
    const actor = await readerOf(house, request);
    if (!lot || !maySee("record.public", sideOf(actor, lot), phaseOf(lot))) {
      return sendProblem(reply, 404, {
        code: "object.unknown",
        title: "没有这个标段，或者您现在无权知道它。",
        detail: "There is no such lot, or you may not know of it now.",
      });
    }
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      "date-ms": String(house.clock.now()),
    });
    raw.write(`event: time\ndata: {"now":${house.clock.now()}}\n\n`);
    // What has been comes from the kept lines, what comes from the hub; a line between the two is kept by both.
    let after = lineOf(String(request.headers["last-event-id"] ?? ""));
    for (const { number, ...line } of await transaction(house.pool, (tx) => publicLines(tx, lotId, after))) {
      raw.write(house.live.textOf(number, line));
      after = number;
    }
    const stop = house.live.listen(
      lotId,
      { send: ({ text }) => raw.write(text) || raw.writableLength < bufferLimit, close: () => raw.end() },
      `${linesRun}.${after}`,
    );
    const ping = setInterval(() => raw.write(`event: time\ndata: {"now":${house.clock.now()}}\n\n`), pingMs);
    raw.on("close", () => {
      clearInterval(ping);
      stop();
    });
  });
}
