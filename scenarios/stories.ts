/** The stories that `npm run story` can tell. A story is loaded when it is told. */
import { type StoryArguments, UsageFault } from "./story-arguments.ts";

export interface Telling {
  wish: StoryArguments;
  /** Folder of the embedded database. */
  home: string;
  /** Progress, for people. */
  say: (words: string) => void;
}

export interface Story {
  words: string;
  /** @returns the closing line. */
  tell: (telling: Telling) => Promise<string>;
}

export const stories: Readonly<Record<string, Story>> = {
  "construction-open": {
    words: "the first whole trade, from the project to the archive  [--out DIR]",
    async tell({ wish: { seed, level, out }, home, say }) {
      const { runConstructionOpen } = await import("./construction-open/run.ts");
      const summary = await runConstructionOpen({ seed, level, out, home, say });
      if (!summary) return "construction-open: told to the end";
      return `construction-open: ${summary.winner?.name ?? "nobody"} wins, ${summary.bidsOpened} of ${summary.bidsReceived} bids opened`;
    },
  },
  "construction-open-families": {
    words: "bidders with P-256, RSA, SM2 and a passkey, one lot of each suite  [--out DIR]",
    async tell({ wish: { seed, level, out }, home, say }) {
      const { runFamilies } = await import("./construction-open-families/run.ts");
      const opened = await runFamilies({ seed, level, out, home, say });
      return `construction-open-families: ${opened[1]} bids opened in the lot of suite 1, ${opened[2]} in that of suite 2`;
    },
  },
  "public-works": {
    words: "real tenders of a file through the whole platform  --file FILE --out DIR [--limit N]",
    async tell({ wish: { seed, level, limit, ...wish }, home, say }) {
      const { runPublicWorks } = await import("./public-works/run.ts");
      const place = { file: needed("--file FILE", wish.file), out: needed("--out DIR", wish.out) };
      const { replayed, winnersAgree, anomalies } = await runPublicWorks({ ...place, seed, level, limit, home, say });
      return `public-works: ${replayed} replayed, ${winnersAgree} winners agree, ${anomalies.length} anomalies`;
    },
  },
  "draw-beacon": {
    words: "a coefficient drawn with a round of the public beacon that somebody carries in  --out DIR",
    async tell(telling) {
      const { drawByBeacon } = await import("./draw-modes/draw-by-beacon.ts");
      return tellDraw(drawByBeacon, telling);
    },
  },
  "draw-recovery": {
    words: "a coefficient drawn from sealed shares that two of three members open  --out DIR",
    async tell(telling) {
      const { drawByRecovery } = await import("./draw-modes/draw-by-recovery.ts");
      return tellDraw(drawByRecovery, telling);
    },
  },
};

async function tellDraw(
  story: import("./draw-modes/draw-story.ts").DrawStory,
  { wish: { seed, level, out }, home, say }: Telling,
): Promise<string> {
  const { runDrawStory } = await import("./draw-modes/draw-story.ts");
  const drawn = await runDrawStory(story, { seed, level, out: needed("--out DIR", out), home, say });
  return `${story.name}: ${Object.entries(drawn)
    .map(([id, value]) => `${id} = ${value}`)
    .join(", ")}`;
}

function needed(option: string, value: string | undefined): string {
  if (value === undefined) throw new UsageFault(`This story needs ${option}.`);
  return value;
}
