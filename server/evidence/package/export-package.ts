/**
 * A trade as a folder that proves itself: record, draws, ceremony, opening, papers, archive, a few
 * figures, and a manifest over all of it signed by the platform key (decisions §5, `egret-package/v1`).
 * Whoever holds the folder needs neither the platform nor the network to check it.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fromHex } from "../../../formats/bytes.ts";
import { makeManifest, type PackageFile, packageFile } from "../../../formats/package.ts";
import { getOrganisation } from "../../identity/index.ts";
import { placesOf, readStream } from "../../record/index.ts";
import type { Pool } from "../../runtime/database/index.ts";
import { awardOf, standingDecision } from "../../trade/award/index.ts";
import { loadSubmission } from "../../trade/bidding/index.ts";
import { ceremonyOf } from "../../trade/ceremony/index.ts";
import { drawRecord, drawsOf } from "../../trade/draw/index.ts";
import { openingOf, openingRecord } from "../../trade/opening/index.ts";
import type { Platform } from "../../trade/transaction/index.ts";
import type { Evidence } from "../evidence.ts";
import { evidenceFiles } from "./evidence-files.ts";
import { type Level, recordLines } from "./record-lines.ts";

export interface ExportWish {
  pool: Pool;
  platform: Platform;
  lotId: string;
  /** An empty or missing folder. */
  folder: string;
  level: Level;
  /** The record of a house with many trades from the lot's first event on, instead of from position 0. */
  fromFirstEvent?: boolean;
  /** The log of the house, where it has one. */
  evidence?: Evidence | undefined;
  /** Writes `documents/*.pdf` and `archive/`; the stages' own papers and bag. */
  writePapers(folder: string): Promise<void>;
}

/** What the trade came to, in figures that the verifier recomputes. */
export interface TradeSummary {
  lot: string;
  level: Level;
  winner: { bidderId: string; name: string; creditCode: string; priceFen: string } | null;
  bidsReceived: number;
  bidsOpened: number;
  steps: { step: string; outcome: string; at: string; position: number }[];
}

export async function exportPackage(wish: ExportWish): Promise<TradeSummary> {
  const { pool, lotId, folder, level } = wish;
  await mkdir(folder, { recursive: true });
  const lines: string[] = [];
  const shown: number[] = [];
  const from = wish.fromFirstEvent ? await beginningOf(pool, lotId) : 0;
  for await (const line of recordLines(pool, { lotId, level, from })) {
    lines.push(JSON.stringify(line));
    if ("stream" in line) shown.push(line.position);
  }
  await write(folder, "record.jsonl", `${lines.join("\n")}\n`);
  await writeDraws(wish);
  await writeSeal(wish);
  await wish.writePapers(folder);
  const summary = await summaryOf(wish);
  await write(folder, "summary.json", pretty(summary));
  const { evidence } = wish;
  if (evidence)
    for (const [path, value] of await evidenceFiles({ ...wish, evidence, shown })) await write(folder, path, `${JSON.stringify(value)}\n`);
  await writeManifest(folder, wish.platform);
  return summary;
}

async function writeDraws({ pool, lotId, folder }: ExportWish): Promise<void> {
  for (const draw of await drawsOf(pool, lotId)) {
    if (draw.publishedAt) await write(folder, `draw/${draw.id}.json`, pretty(await drawRecord(pool, draw.id)));
  }
}

async function writeSeal(wish: ExportWish): Promise<void> {
  const { pool, lotId, folder, level } = wish;
  const ceremony = await ceremonyOf(pool, lotId);
  if (ceremony) await write(folder, "seal/ceremony.json", pretty(ceremony));
  const opening = await openingOf(pool, lotId);
  if (!opening?.closed) return;
  await write(folder, "seal/opening.json", pretty(await openingRecord(pool, lotId)));
  if (level !== "audit") return;
  for (const bid of opening.bids.values()) {
    await writeBody(wish, bid);
    await writeAct(wish, bid);
  }
}

type BidOfOpening = { bidDigest: string; submission: Parameters<typeof loadSubmission>[1] };

/** The act with which the bid was handed in, signed by the bidder's certificate or passkey (decisions §7). */
async function writeAct({ platform, folder }: ExportWish, { bidDigest, submission }: BidOfOpening): Promise<void> {
  const { act, ...data } = await loadSubmission(platform.files, submission);
  const { key, sig, ...about } = act;
  const command = { v: 1, act: "bid.seal", ...about, data };
  await write(folder, `seal/acts/${bidDigest}.json`, pretty({ format: "act/v1", command, key, sig }));
}

/** The ciphertext as it was handed in, piece after piece. */
async function writeBody({ platform, folder }: ExportWish, bid: BidOfOpening): Promise<void> {
  const { chunks } = await loadSubmission(platform.files, bid.submission);
  const pieces: Uint8Array[] = [];
  for (const { name } of chunks) {
    const piece = await platform.files.get(name);
    if (!piece) throw new Error(`a piece of bid ${bid.bidDigest} is lost`);
    pieces.push(piece);
  }
  await write(folder, `seal/bodies/${bid.bidDigest}.bin`, Buffer.concat(pieces));
}

async function summaryOf({ pool, lotId, level }: ExportWish): Promise<TradeSummary> {
  const opening = await openingOf(pool, lotId);
  const bids = [...(opening?.bids.values() ?? [])];
  return {
    lot: lotId,
    level,
    winner: await winnerOf(pool, lotId),
    bidsReceived: bids.length,
    bidsOpened: bids.filter(({ status }) => status === "opened").length,
    steps: await stepsOf(pool, lotId),
  };
}

async function winnerOf(pool: Pool, lotId: string): Promise<TradeSummary["winner"]> {
  const award = await awardOf(pool, lotId);
  const decision = award && standingDecision(award);
  const candidate = decision && award.candidates.find(({ bidDigest }) => bidDigest === decision.bidDigest);
  if (!candidate) return null;
  const { name, creditCode } = await getOrganisation(pool, candidate.organisation);
  return { bidderId: candidate.partyId, name, creditCode, priceFen: candidate.priceFen };
}

async function stepsOf(pool: Pool, lotId: string): Promise<TradeSummary["steps"]> {
  const places = await placesOf(pool, lotId);
  const done = (await readStream(pool, lotId)).filter(({ type, version }) => type === "lot.stepDone" && places.has(version));
  return done.map(({ data, at, version }) => ({
    step: data.step,
    outcome: data.outcome,
    at,
    position: places.get(version)?.seq as number,
  }));
}

/** Where the lot's own stream begins in the record. */
async function beginningOf(pool: Pool, lotId: string): Promise<number> {
  return Math.min(...[...(await placesOf(pool, lotId)).values()].map(({ seq }) => seq));
}

/** Made last: every other file of the folder with size and hash, signed. */
export async function writeManifest(folder: string, platform: Pick<Platform, "keys">): Promise<void> {
  const files: Record<string, PackageFile> = {};
  for (const path of await filesIn(folder)) {
    if (path !== "manifest.json") files[path] = packageFile(await readFile(join(folder, path)));
  }
  const { keys } = platform;
  await write(
    folder,
    "manifest.json",
    pretty(await makeManifest(files, { key: keys.receiptKey, sign: (message) => fromHex(keys.sign(message)) })),
  );
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split("\\").join("/"))
    .sort();
}

async function write(folder: string, path: string, content: string | Uint8Array): Promise<void> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content);
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
