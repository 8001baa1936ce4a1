/**
 * `npm run story -- public-works`: real tenders go through the whole platform under `CO+replay-foreign`, all on one
 * platform and one clock. Chapters of different tenders run between one another, in the order of their times. The
 * folder appears whole or not at all.
 */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { paperPorts } from "../../server/app/stages.ts";
import { exportPackage, type Level, writeManifest } from "../../server/evidence/index.ts";
import { seededRandom } from "../../server/kernel/index.ts";
import { writeArchive } from "../../server/trade/archive/index.ts";
import { founderWish } from "../city/city.ts";
import { type OwnPlatform, openOwnPlatform } from "../driver/own-platform.ts";
import { announce } from "./announce.ts";
import { award, publishCandidates } from "./award.ts";
import { enrolBidders, enrolHosts } from "./cast.ts";
import { requestExperts, revealShares, seatCommittee } from "./committee.ts";
import { evaluate } from "./evaluate.ts";
import { FileFault } from "./file-fault.ts";
import { type Opening, openingsOf, storyStart, timesOf } from "./map-days.ts";
import { deliverKeys, openBids } from "./open-bids.ts";
import { type ForeignTender, readTenders } from "./read-tenders.ts";
import type { Chapter, Replay } from "./replay.ts";
import { sealBids } from "./seal-bids.ts";
import { type ReplayedTrade, type ReplaySummary, summaryOf, tradeOf } from "./summary.ts";

export interface PublicWorksWish {
  /** The file of tenders. */
  file: string;
  /** Only the first tenders of the file. */
  limit: number | undefined;
  seed: number;
  level: Level;
  /** A folder that does not exist yet. */
  out: string;
  /** Folder of the embedded database. */
  home: string;
  say: (words: string) => void;
}

const chapters: readonly Chapter[] = [
  { name: "notice", at: "notice", play: announce },
  { name: "sealed", at: "seal", play: sealBids },
  { name: "experts requested", at: "requestExperts", play: requestExperts },
  { name: "shares revealed", at: "commitBy", play: revealShares },
  { name: "committee seated", at: "revealBy", play: seatCommittee },
  { name: "keys delivered", at: "deadline", play: deliverKeys },
  { name: "opened", at: "windowEnd", play: openBids },
  { name: "evaluated", at: "evaluation", play: evaluate },
  { name: "candidates published", at: "candidates", play: publishCandidates },
  { name: "awarded", at: "decision", play: award },
];

/** @throws FileFault for a file that cannot be used; nothing is written then. */
export async function runPublicWorks(wish: PublicWorksWish): Promise<ReplaySummary> {
  const all = readTenders(await textOf(wish.file));
  const tenders = all.slice(0, wish.limit ?? all.length);
  const openings = openingsOf(all);
  const part = `${wish.out}.part-${process.pid}`;
  const own = await openOwnPlatform({
    name: "public-works",
    seed: wish.seed,
    start: storyStart,
    home: wish.home,
    founder: founderWish,
    certificateDays: 400,
  });
  try {
    const summary = await replayAll(own, { wish, tenders, openings, part });
    await mkdir(dirname(wish.out), { recursive: true });
    await rename(part, wish.out);
    return summary;
  } finally {
    await own.close();
    await rm(part, { recursive: true, force: true });
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new FileFault(`The file ${file} cannot be read.`);
  }
}

interface ReplayJob {
  wish: PublicWorksWish;
  tenders: readonly ForeignTender[];
  openings: ReadonlyMap<string, Opening>;
  part: string;
}

async function replayAll(own: OwnPlatform, { wish, tenders, openings, part }: ReplayJob): Promise<ReplaySummary> {
  const { world } = own;
  const parties = await enrolHosts(world);
  wish.say(`${await enrolBidders(world, tenders)} bidders enrolled`);
  const random = seededRandom(wish.seed, "public-works");
  const replays = tenders.map((tender): Replay => {
    const times = timesOf(openings.get(tender.tender) as Opening);
    return {
      world,
      tender,
      times,
      parties,
      random: random.fork(tender.tender),
      lotId: "",
      shares: [],
      draw: undefined,
      committee: [],
      failed: false,
    };
  });
  const trades = new Map<string, ReplayedTrade>();
  for (const { replay, chapter } of inOrderOfTime(replays)) {
    const at = replay.times[chapter.at];
    if (Date.parse(at) > world.now) await world.jumpTo(at);
    if (!replay.failed) await world.inOneGo(() => chapter.play(replay));
    if (chapter !== chapters.at(-1)) continue;
    const trade = await exportTrade(own, { replay, wish, part });
    trades.set(trade.tender, trade);
    wish.say(
      `${trades.size}/${tenders.length} ${trade.tender}: ${trade.winner ?? "nobody"}${trade.agree ? "" : `, in the world ${trade.realWinner ?? "nobody"}`}`,
    );
  }
  const summary = summaryOf(
    tenders,
    tenders.map(({ tender }) => trades.get(tender) as ReplayedTrade),
  );
  await writeFile(join(part, "summary.json"), `${JSON.stringify(summary, null, 1)}\n`);
  await writeManifest(part, own.platform.house.platform);
  return summary;
}

/** What happens at one instant happens in the order of the file. */
function inOrderOfTime(replays: readonly Replay[]): { replay: Replay; chapter: Chapter }[] {
  const due = replays.flatMap((replay) => chapters.map((chapter) => ({ replay, chapter, at: replay.times[chapter.at] })));
  return due.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

async function exportTrade(
  own: OwnPlatform,
  { replay, wish, part }: { replay: Replay; wish: PublicWorksWish; part: string },
): Promise<ReplayedTrade> {
  const { pool, platform } = own.platform.house;
  const { lotId, tender, failed } = replay;
  const about = { pool, platform, lotId, level: wish.level };
  const trade = tradeOf(tender, null);
  const { winner } = await exportPackage({
    ...about,
    folder: join(part, trade.dir),
    fromFirstEvent: true,
    // A failed lot has no archive, and the pack makes no papers.
    async writePapers(folder) {
      if (!failed) await writeArchive({ ...about, folder: join(folder, "archive"), ports: paperPorts });
    },
  });
  return tradeOf(tender, winner?.name ?? null);
}
