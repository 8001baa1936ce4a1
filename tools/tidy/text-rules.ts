/** The habits that can be seen in a path or in plain text: names, lengths, words that we do not use, paths of one machine. */
import type { Rule } from "./rule.ts";
import type { Source } from "./source.ts";

const FILE_LINES_MAX = 400;
/** Tables of data may be long: words, law, generated schema, vectors and golden results. */
const DATA = /^(portal\/words\/|law\/|database\/schema\.sql$|formats\/vectors\/)|\.data\.ts$/;
const COUNTED = /\.(tsx?|mjs|sql|css)$/;
const DRAWERS = /(^|\/)(utils?|helpers?|common|services?|misc|shared|lib|stuff)(\/|\.[a-z]+$)/i;
const KEBAB = /^[a-z0-9]+([.-][a-z0-9]+)*$/;
const CODE = /\.tsx?$/;
/** Words of one language stand in a file named after its tag. */
const LANGUAGE = /^[a-z]{2}-[A-Z]{2}\.ts$/;

/** This folder names what it forbids, and so does the glossary. */
const NAMES_THE_FORBIDDEN = /^(tools\/tidy\/|GLOSSARY\.md$|CONTRIBUTING\.md$)/;
/** The law as it was handed over, in its translators' words. */
const QUOTED_LAW = /^law\/.*\.(json|ya?ml)$/;
const OCDS = /^(server\/exchange\/|formats\/exchange\/|formats\/vectors\/|docs\/.*ocds)/;
const MACHINE_PATH = /(^|[\s"'`(=:])\/(work|root|home\/[a-z][\w-]*|Users\/\w+)\/[\w.]/;

function matches(source: Source, pattern: RegExp, words: string) {
  return source.lines.flatMap((text, index) => (pattern.test(text) ? [{ line: index + 1, words }] : []));
}

function longFiles({ path, lines }: Source) {
  if (!COUNTED.test(path) || DATA.test(path) || lines.length <= FILE_LINES_MAX + 1) return [];
  return [{ line: FILE_LINES_MAX + 1, words: `${lines.length - 1} lines` }];
}

function drawers({ path }: Source) {
  return DRAWERS.test(path) ? [{ line: 1, words: "a drawer instead of a name" }] : [];
}

function fileNames({ path }: Source) {
  const file = path.split("/").at(-1) ?? "";
  return CODE.test(path) && !KEBAB.test(file) && !LANGUAGE.test(file) ? [{ line: 1, words: `${file} is not kebab-case` }] : [];
}

function headComments({ path, text, isTest }: Source) {
  if (!CODE.test(path) || isTest || /\.d\.ts$/.test(path)) return [];
  return /^(#!.*\n)?\s*(\/\*\*|\/\/)/.test(text) ? [] : [{ line: 1, words: "no comment at the head" }];
}

function machinePaths(source: Source) {
  return source.path === "package-lock.json" ? [] : matches(source, MACHINE_PATH, "a path of one machine");
}

function forbiddenWord(source: Source) {
  if (NAMES_THE_FORBIDDEN.test(source.path) || OCDS.test(source.path) || QUOTED_LAW.test(source.path)) return [];
  return matches(source, /tenderer/i, "say bidder (投标人) or buyer (招标人)");
}

function looseNotes(source: Source) {
  if (!/\.(tsx?|mjs|sql|css)$/.test(source.path) || NAMES_THE_FORBIDDEN.test(source.path)) return [];
  return matches(source, /(\/\/|\*|--)\s*(TODO(?!\([\w-]+, #\d+\))|FIXME|XXX|HACK)\b/, "a note without an owner and an issue");
}

export const textRules: readonly Rule[] = [
  { name: "file-too-long", why: `A file has at most ${FILE_LINES_MAX} lines, tables of data excepted.`, check: longFiles },
  { name: "drawer", why: "Words of the trade, never utils, helpers, common, services, misc.", check: drawers },
  { name: "file-name", why: "Files are named in kebab-case after their main export.", check: fileNames },
  { name: "head-comment", why: "Every module says at its head what it is for.", check: headComments },
  { name: "machine-path", why: "The project runs anywhere: no absolute path of somebody's machine.", check: machinePaths },
  {
    name: "forbidden-word",
    why: "One English word per Chinese term; OCDS uses that one for the bidder, others for 招标人.",
    check: forbiddenWord,
  },
  { name: "loose-note", why: "TODO(owner, #issue), or do it now.", check: looseNotes },
];
