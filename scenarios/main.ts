/**
 * `npm run story -- NAME`: tells one story on a platform, database and clock of its own, beside whatever else runs.
 * Prints progress and one closing line; where a story stops, the refusal in plain words, and the exit code is 1.
 */
import { resolve } from "node:path";
import { HouseError } from "../server/runtime/database/index.ts";
import { StoryStopped } from "./driver/story-person.ts";
import { FileFault } from "./public-works/file-fault.ts";
import { stories } from "./stories.ts";
import { readStoryArguments, UsageFault } from "./story-arguments.ts";

const home = resolve(process.env.EGRET_HOME ?? resolve(import.meta.dirname, "../.egret"));

function usage(): string {
  const lines = Object.entries(stories).map(([name, { words }]) => `  ${name.padEnd(27)} ${words}`);
  return ["usage: npm run story -- NAME [--seed N] [--level audit|public] [--out DIR]", ...lines].join("\n");
}

async function tell(words: readonly string[]): Promise<void> {
  const wish = readStoryArguments(words);
  const story = Object.hasOwn(stories, wish.name) ? stories[wish.name] : undefined;
  if (!story) throw new UsageFault(`There is no story ${wish.name}.`);
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`;
  const line = await story.tell({ wish, home, say: (said) => console.log(`${seconds()}  ${said}`) });
  console.log(`${line} (${seconds().trim()})`);
}

/** @returns what went wrong, in words for the person who started the story. */
function wordsOf(error: unknown): string {
  if (error instanceof UsageFault) return `${error.message}\n${usage()}`;
  if (error instanceof FileFault || error instanceof HouseError) return error.message;
  if (error instanceof StoryStopped) {
    const { messageEn, detail, law, article, code } = error.problem ?? {};
    return `The story stopped: ${messageEn ?? detail ?? error.message} (${[code, law, article].filter(Boolean).join(", ")}; ${error.message})`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await tell(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  console.error(wordsOf(error));
  process.exit(1);
}
