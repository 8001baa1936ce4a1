/** The words of `npm run story`. Anything that is not understood is told in one sentence, never ignored. */
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Level } from "../server/evidence/index.ts";

export interface StoryArguments {
  name: string;
  /** Ids, secrets and so the outcome come from it. */
  seed: number;
  level: Level;
  /** A folder that is empty or does not exist. */
  out: string | undefined;
  file: string | undefined;
  limit: number | undefined;
}

export class UsageFault extends Error {}

const options = ["--seed", "--level", "--out", "--file", "--limit"];

/** @throws UsageFault */
export function readStoryArguments(words: readonly string[]): StoryArguments {
  const given = new Map<string, string>();
  const names: string[] = [];
  for (let k = 0; k < words.length; k++) {
    const word = words[k] as string;
    if (!word.startsWith("-")) names.push(word);
    else if (!options.includes(word)) throw new UsageFault(`There is no option ${word}.`);
    else {
      const value = words[++k];
      if (value === undefined || given.has(word)) throw new UsageFault(`${word} needs one value.`);
      given.set(word, value);
    }
  }
  const [name, ...more] = names;
  if (name === undefined || more.length > 0) throw new UsageFault("Name one story.");
  const level = given.get("--level") ?? "audit";
  if (level !== "audit" && level !== "public") throw new UsageFault("--level is audit or public.");
  const limit = given.has("--limit") ? wholeNumber("--limit", given, 1) : undefined;
  return { name, seed: wholeNumber("--seed", given, 1), level, out: emptyFolder(given.get("--out")), file: given.get("--file"), limit };
}

/** At least 1: seed and limit both count from there. */
function wholeNumber(option: string, given: ReadonlyMap<string, string>, otherwise: number): number {
  const text = given.get(option) ?? String(otherwise);
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageFault(`${option} is a whole number from 1 on, not "${text}".`);
  return Number(text);
}

function emptyFolder(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const folder = resolve(path);
  let isFree: boolean;
  try {
    isFree = !existsSync(folder) || readdirSync(folder).length === 0;
  } catch {
    throw new UsageFault(`${path} is not a folder.`);
  }
  if (!isFree) throw new UsageFault(`The folder ${path} is not empty.`);
  return folder;
}
