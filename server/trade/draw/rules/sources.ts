/**
 * 随机抽取应可验证：多源随机。
 *
 * Law      厦审管〔2022〕63号 任务18 (CON-099): randomness from more than one independent source.
 * Unit     organisations, not persons: two persons of one house are one source.
 * Refuses  "draw.too-few-sources" { sources, minEntropySources }
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface SourceFacts {
  /** Different organisations among the contributors; the platform's own share is not counted. */
  sources: number;
}

export const hasManySources = rule<SourceFacts>("draw.too-few-sources", {
  ruleId: "CON-099",
  check: ({ sources }, values) => {
    const minEntropySources = values.number("minEntropySources");
    return finding(sources >= minEntropySources, { sources, minEntropySources });
  },
  message: ({ sources, minEntropySources }) => `随机数来源只有 ${sources} 个单位，至少需要 ${minEntropySources} 个互不隶属的单位。`,
  messageEn: ({ sources, minEntropySources }) => `Only ${sources} organisations give a share; at least ${minEntropySources} are needed.`,
  whatToDo: "请增加贡献随机数的单位。",
});
