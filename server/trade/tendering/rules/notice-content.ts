/**
 * 招标公告应当载明法定内容；在不同媒介发布的同一公告内容应当一致；发布不得收费.
 *
 * Law      10 号令 第五条 (CON-091), 实施条例 第十五条 and 10 号令 第八条 (CON-008), 实施条例 第十五条 (CON-009).
 * Refuses  "notice.fields-missing", "notice.media-differ", "notice.fee".
 */
import { fails, fenText, finding, pass, rule } from "../../../kernel/index.ts";

export interface NoticeFacts {
  isMandatory: boolean;
  /** Names of the fields that say something. */
  fields: readonly string[];
  textSha256: string;
  media: readonly { name: string; textSha256: string }[];
  feeFen: bigint;
}

export const noticeSaysEverything = rule<NoticeFacts>("notice.fields-missing", {
  ruleId: "CON-091",
  applies: ({ isMandatory }) => isMandatory,
  check: ({ fields }, values) => {
    const missing = values.fields("requiredFields").filter((field) => !fields.includes(field));
    return finding(missing.length === 0, { missing });
  },
  whatToDo: (data) => `请补充：${(data.missing as readonly string[]).join("、")}。`,
});

export const mediaAgree = rule<NoticeFacts>("notice.media-differ", {
  ruleId: "CON-008",
  applies: ({ isMandatory }) => isMandatory,
  check: ({ media, textSha256 }) => {
    if (media.length === 0) return fails({ media: [], textSha256 });
    const others = media.filter((medium) => medium.textSha256 !== textSha256).map(({ name }) => name);
    return finding(others.length === 0, { media: others, textSha256 });
  },
  whatToDo: "请使各媒介的公告文本与本公告逐字一致。",
});

export const noticeIsFree = rule<NoticeFacts>("notice.fee", {
  ruleId: "CON-009",
  check: ({ feeFen }, values) => (feeFen === values.fen("fee") ? pass : fails({ feeFen: fenText(feeFen) })),
  whatToDo: "指定媒介发布公告不收费，请将费用改为 0。",
});

export const noticeRules = [noticeSaysEverything, mediaAgree, noticeIsFree];
