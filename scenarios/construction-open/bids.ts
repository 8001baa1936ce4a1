/** Chapter 3: five bids, made of the city's data — form, priced bill, technical proposal, a real model — sealed before the deadline. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { utf8 } from "../../formats/bytes.ts";
import { fenText, parseYuan, type Random } from "../../server/kernel/index.ts";
import boq from "../city/data/tenders/t01-xiatanwei-road/boq.json" with { type: "json" };
import { type BidFile, sealAndSubmit } from "../driver/seal-bid.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";
import { cast } from "./prepare.ts";

const folder = join(import.meta.dirname, "../city/data");

export interface CityBid {
  bidder: string;
  bidForm: { totalPriceYuan: string; durationDays: number; quality: string; validityDays: number; securityForm: string };
  projectManager: { name: string; certificate: string };
  pricing: { factors: string[]; totals: Record<string, string> };
  technicalProposal: string;
}

export const cityBids: readonly CityBid[] = [1, 2, 3, 4, 5].map(
  (no) => JSON.parse(readFileSync(join(folder, `bids/t01-honest/firm-0${no}.json`), "utf8")) as CityBid,
);

/** Facts of the firms for the tables of the scoring form: credit class and similar projects of the last five years. */
const facts: readonly Record<string, string>[] = [
  { "cre-1": "A", "cre-2": "none", "cre-3": "one" },
  { "cre-1": "A", "cre-2": "one", "cre-3": "one" },
  { "cre-1": "B", "cre-2": "one", "cre-3": "one" },
  { "cre-1": "B", "cre-2": "one", "cre-3": "none" },
  { "cre-1": "A", "cre-2": "two", "cre-3": "one" },
];

/** When each of the five hands in; the second replaces its bid later. */
const sealedAt = [
  at("2026-12-07", "16:20"),
  at("2026-12-07", "21:14"),
  at("2026-12-06", "17:40"),
  at("2026-12-07", "07:58"),
  at("2026-12-05", "15:09"),
];

export function bidFiles(no: number, priceFen?: string): BidFile[] {
  const bid = cityBids[no] as CityBid;
  const { durationDays, quality, validityDays, securityForm, totalPriceYuan } = bid.bidForm;
  const { name, certificate } = bid.projectManager;
  const form = {
    v: 1,
    priceFen: priceFen ?? fenText(parseYuan(totalPriceYuan)),
    currency: "CNY",
    durationDays,
    quality,
    projectManager: { name, certificate },
    validityDays,
    depositForm: securityForm,
    facts: facts[no],
  };
  const files = [
    { name: "bid-form.json", bytes: utf8(JSON.stringify(form)) },
    { name: "priced-boq.json", bytes: utf8(JSON.stringify(pricedRows(bid))) },
    { name: "施工组织设计.md", bytes: new Uint8Array(readFileSync(join(folder, "bids/t01-honest", bid.technicalProposal))) },
  ];
  // One of them brings a real building model, as the document asks for BIM.
  return no === 0 ? [...files, { name: "duplex.ifc", bytes: new Uint8Array(readFileSync(join(folder, "ifc/duplex.ifc"))) }] : files;
}

/** 综合单价 = round(控制价综合单价 × 系数, 2)，合价 = round(工程量 × 综合单价, 2). */
function pricedRows({ pricing }: CityBid) {
  const cents = (value: number) => (Math.round(value) / 100).toFixed(2);
  return {
    v: 1,
    totals: pricing.totals,
    rows: boq.rows.map((row, i) => {
      const unit = Math.round(Number(row.ceilingUnitPrice) * 100 * Number(pricing.factors[i]));
      return { row: row.row, code: row.code, unitPrice: cents(unit), amount: cents(Number(row.quantity) * unit) };
    }),
  };
}

/** The fourth bidder first hands in a dearer bid and replaces it later. */
export async function sealFirstBid(world: StoryWorld, lotId: string, random: Random): Promise<void> {
  await world.jumpTo(at("2026-12-04", "11:00"));
  await sealAndSubmit(world.as(cast.bidders[3]), lotId, bidFiles(3, "17990000000"), random);
}

/** Hands in what is due in a stretch of time, in the order of time. */
export async function sealBids(
  world: StoryWorld,
  lotId: string,
  { after, until, random }: { after: string; until: string; random: Random },
): Promise<void> {
  const order = sealedAt.map((time, no) => ({ time, no })).sort((a, b) => (a.time < b.time ? -1 : 1));
  for (const { time, no } of order) {
    if (time <= after || time > until) continue;
    await world.jumpTo(time);
    await sealAndSubmit(world.as(cast.bidders[no] as string), lotId, bidFiles(no), random);
  }
}
