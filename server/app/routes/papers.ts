/** `GET /lots/{id}/papers`: which papers this reader may have; `/papers/{name}`: one of them as PDF, made from the record each time. */
import type { FastifyInstance } from "fastify";
import type { Paper } from "../../../formats/paper.ts";
import type { SealOffice } from "../../exchange/index.ts";
import { findOrganisation } from "../../identity/index.ts";
import { inTurn } from "../../runtime/database/index.ts";
import { renderPaper } from "../../runtime/paper/render-paper.ts";
import type { Seal } from "../../runtime/paper/signed/detached-signature.ts";
import { signPaper } from "../../runtime/paper/signed/sign-paper.ts";
import type { PaperSource, ReadContext } from "../../trade/transaction/index.ts";
import type { TradingHouse } from "../house.ts";
import { inContext, type LotRequest, unknown } from "./reads.ts";

export function paperRoutes(api: FastifyInstance, house: TradingHouse, office: SealOffice | undefined): void {
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
    const found =
      source &&
      (await inContext(house, request as unknown as LotRequest, async (context) =>
        context.may(source.group) ? withSealers(source, context) : undefined,
      ));
    if (!found) return unknown(reply);
    return reply
      .type("application/pdf")
      .header("Content-Disposition", `inline; filename="${name}.pdf"`)
      .header("Content-Security-Policy", "default-src 'none'; sandbox")
      .header("X-Content-Type-Options", "nosniff")
      .send(Buffer.from(await sealed(found, office)));
  });
}

interface Found {
  paper: Paper;
  sealers: readonly { id: string; name: string }[];
}

async function withSealers(source: PaperSource, context: ReadContext): Promise<Found | undefined> {
  const paper = await source.load(context);
  if (!paper) return undefined;
  const found = await inTurn(await source.sealedBy(context), (id) => findOrganisation(context.tx, id));
  return { paper, sealers: found.filter((one) => one !== undefined) };
}

/**
 * The paper under the seals that belong on it, all or none: half a contract must not look whole. Its moment is the day
 * of issue, so that the same paper is the same file whenever it is asked for.
 */
async function sealed({ paper, sealers }: Found, office: SealOffice | undefined): Promise<Uint8Array> {
  const seals: Seal[] = [];
  for (const sealer of sealers) {
    const seal = await office?.sealOf(sealer);
    if (!seal) return renderPaper(paper);
    seals.push(seal);
  }
  const pdf = await renderPaper({ ...paper, sealedBy: seals.map(({ name }) => name) });
  return signPaper(pdf, { seals, at: Date.parse(`${paper.issuedOn}T00:00:00+08:00`), reason: "单位盖章" });
}
