/** What a tidy rule is: a habit of the house that a machine can see. */
import type { Source } from "./source.ts";

export type Finding = { readonly line: number; readonly words: string };

export type Rule = {
  readonly name: string;
  readonly why: string;
  check(source: Source): readonly Finding[];
};
