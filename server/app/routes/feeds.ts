/**
 * Feeds for readers and calendars, of what is public and nothing else: notices by the same words and filters as the
 * list, the public lines of a lot (RSS 2.0), and the openings to come (iCalendar, RFC 5545).
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { transaction } from "../../runtime/database/index.ts";
import { findLots, type LotRow, loadLot, phaseOf } from "../../trade/transaction/index.ts";
import type { TradingHouse } from "../house.ts";
import { publicLines } from "../live.ts";
import { unknown } from "./reads.ts";

/** Public, whoever asks: a feed reader has no session. */
const asVisitor = { actor: undefined };

export function feedRoutes(api: FastifyInstance, house: TradingHouse): void {
  const lotsOf = (query: Readonly<Record<string, string>>) =>
    transaction(house.pool, (tx) => findLots(tx, { ...asVisitor, now: house.clock.now(), query: { ...query, published: "true" } }));
  api.get<{ Querystring: Record<string, string> }>("/feeds/notices.rss", async (request, reply) => {
    const items = (await lotsOf(request.query)).map((lot) => ({
      title: lot.title,
      link: `${originOf(request)}/notices/${lot.lotId}`,
      id: lot.lotId,
      at: lot.openedAt,
      text: lot.dealCode,
    }));
    return reply
      .type("application/rss+xml; charset=utf-8")
      .send(rss({ title: "鹭易 · 交易信息", link: `${originOf(request)}/notices`, items }));
  });
  api.get("/feeds/openings.ics", async (request, reply) =>
    reply.type("text/calendar; charset=utf-8").send(calendar(await lotsOf({ limit: "200" }), originOf(request), house.clock.now())),
  );
  api.get<{ Params: { file: string } }>("/feeds/lots/:file", async (request, reply) => {
    const lotId = /^(lot_[0-9A-Z]{26})\.rss$/.exec(request.params.file)?.[1] ?? "";
    const found = await transaction(house.pool, async (tx) => ({ lot: await loadLot(tx, lotId), lines: await publicLines(tx, lotId) }));
    if (!found.lot || phaseOf(found.lot) === "draft") return unknown(reply);
    const link = `${originOf(request)}/notices/${lotId}`;
    const items = found.lines.reverse().map(({ number, at, words, commitment }) => ({
      title: words.zh,
      link: `${link}?tab=record`,
      id: `${lotId}.${number}`,
      at,
      text: commitment,
    }));
    return reply.type("application/rss+xml; charset=utf-8").send(rss({ title: found.lot.title, link, items }));
  });
}

const originOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`;

/** What XML forbids or reads as markup. Control characters other than tab and line breaks have no form in XML 1.0. */
export function xml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/[&<>"']/g, (character) => entities[character] as string);
}

interface Feed {
  title: string;
  link: string;
  items: { title: string; link: string; id: string; at: string; text: string }[];
}

function rss({ title, link, items }: Feed): string {
  const lines = items.map(
    (item) =>
      `<item><title>${xml(item.title)}</title><link>${xml(item.link)}</link><guid isPermaLink="false">${xml(item.id)}</guid>` +
      `<pubDate>${new Date(item.at).toUTCString()}</pubDate><description>${xml(item.text)}</description></item>`,
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>${xml(title)}</title><link>${xml(link)}</link>` +
    `<description>${xml(title)}</description><language>zh-CN</language>\n${lines.join("\n")}\n</channel></rss>\n`
  );
}

/** Text of a property: commas, semicolons, backslashes and line breaks are escaped (RFC 5545 §3.3.11). */
export const calendarText = (text: string): string => text.replace(/[\\,;]/g, "\\$&").replace(/\r?\n/g, "\\n");

/** Lines longer than 75 octets go on in the next one after a space (RFC 5545 §3.1); never within a character. */
export function folded(line: string): string {
  const parts: string[] = [""];
  for (const character of line) {
    const last = parts[parts.length - 1] as string;
    if (Buffer.byteLength(last + character) > 75) parts.push(` ${character}`);
    else parts[parts.length - 1] = last + character;
  }
  return parts.join("\r\n");
}

const stamp = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, "");

function calendar(lots: readonly LotRow[], origin: string, now: number): string {
  const events = lots.flatMap(({ lotId, title, dealCode, bidDeadlineMs }) =>
    bidDeadlineMs === null
      ? []
      : [
          "BEGIN:VEVENT",
          `UID:${lotId}.opening@egret`,
          `DTSTAMP:${stamp(now)}`,
          `DTSTART:${stamp(bidDeadlineMs)}`,
          "DURATION:PT1H",
          `SUMMARY:${calendarText(`开标：${title}`)}`,
          `DESCRIPTION:${calendarText(dealCode)}`,
          `URL:${origin}/halls/opening/${lotId}`,
          "END:VEVENT",
        ],
  );
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//egret//openings//ZH", ...events, "END:VCALENDAR"];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}
