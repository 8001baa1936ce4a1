/** Runs the first whole trade on a platform of its own and writes it as a package (decisions §5). */
import { join } from "node:path";
import { paperPorts } from "../../server/app/stages.ts";
import { exportPackage, type Level, type TradeSummary } from "../../server/evidence/index.ts";
import { seededRandom } from "../../server/kernel/index.ts";
import { writeArchive, writePapers } from "../../server/trade/archive/index.ts";
import { founderWish } from "../city/city.ts";
import { openOwnPlatform } from "../driver/own-platform.ts";
import { at } from "../driver/times.ts";
import { constructionOpen } from "./story.ts";

export interface RunWish {
  seed: number;
  level: Level;
  /** Where the package goes; nothing is written without it. */
  out: string | undefined;
  /** Folder of the embedded database. */
  home: string;
  say: (words: string) => void;
}

export async function runConstructionOpen({ seed, level, out, home, say }: RunWish): Promise<TradeSummary | undefined> {
  const own = await openOwnPlatform({
    name: "construction-open",
    seed,
    start: at("2026-11-02"),
    home,
    founder: founderWish,
    evidence: {},
  });
  try {
    const lotId = await constructionOpen({ world: own.world, seed, random: seededRandom(seed, "story"), say });
    if (out === undefined) return undefined;
    const { pool, platform } = own.platform.house;
    const wish = { pool, platform, lotId, level };
    const { evidence } = own.platform;
    return await exportPackage({
      ...wish,
      evidence,
      folder: out,
      async writePapers(folder) {
        await writePapers({ ...wish, folder: join(folder, "documents"), ports: paperPorts });
        await writeArchive({ ...wish, folder: join(folder, "archive"), ports: paperPorts });
      },
    });
  } finally {
    await own.close();
  }
}
