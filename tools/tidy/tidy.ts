/** Reads every file that people wrote and tells what breaks the habits of the house (docs: CONTRIBUTING.md). */
import { ROOT, sourceFiles } from "../source-files.ts";
import type { Rule } from "./rule.ts";
import { isText, readSource } from "./source.ts";
import { syntaxRules } from "./syntax-rules.ts";
import { textRules } from "./text-rules.ts";

export const tidyRules: readonly Rule[] = [...textRules, ...syntaxRules];

/** One sentence for each breach below `root`. */
export function tidyFindings(root: string = ROOT): string[] {
  return sourceFiles(root)
    .filter(isText)
    .flatMap((path) => {
      const source = readSource(root, path);
      return tidyRules.flatMap(({ name, why, check }) =>
        check(source).map(({ line, words }) => `${path}:${line} ${words} [${name}] ${why}`),
      );
    });
}
