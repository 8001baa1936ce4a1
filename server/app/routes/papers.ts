/** `GET /lots/{id}/papers`: which papers this reader may have; `/papers/{name}`: one of them as PDF, made from the record each time. */
import type { FastifyInstance } from "fastify";
import { inTurn } from "../../runtime/database/index.ts";
import { renderPaper } from "../../runtime/paper/render-paper.ts";
import type { TradingHouse } from "../house.ts";
import { inContext, type LotRequest, unknown } from "./reads.ts";

export function paperRoutes(api: FastifyInstance, house: TradingHouse): void {
  const sources = house.stages.flatMap((stage) => stage.papers ?? []);
  api.get("/lots/:lotId/papers", async (request, reply) => {
    const found = await inContext(house, request as LotRequest, async (context) => {
      const papers = await inTurn(sources, async (source) => ({
        source,
        paper: context.may(source.group) ? await source.load(context) : undefined,
      }));
      return {
        items: papers.flatMap(({ source, paper }) =>
          paper
            ? [
                {
                  kind: source.name,
                  title: source.title,
                  issuedOn: paper.issuedOn,
                  href: `/api/v1/lots/${context.lot.id}/papers/${source.name}`,
                },
              ]
            : [],
        ),
      };
    });
    return found ?? unknown(reply);
  });
  api.get<{ Params: { lotId: string; name: string } }>("/lots/:lotId/papers/:name", async (request, reply) => {
    const { name } = request.params;
    const source = sources.find((candidate) => candidate.name === name);
    const paper =
      source &&
      (await inContext(house, request as unknown as LotRequest, async (context) =>
        context.may(source.group) ? source.load(context) : undefined,
      ));
    if (!paper) return unknown(reply);
    return reply
      .type("application/pdf")
      .header("Content-Disposition", `inline; filename="${name}.pdf"`)
      .header("Content-Security-Policy", "default-src 'none'; sandbox")
      .header("X-Content-Type-Options", "nosniff")
      .send(Buffer.from(await renderPaper(paper)));
  });
}
