/**
 * 依法必须进行招标的项目，招标人应当自收到评标报告之日起3日内公示中标候选人，公示期不得少于3日。
 * 依法必须招标项目的中标候选人公示应当载明以下内容……
 *
 * Law     招标投标法实施条例 第五十四条 (CON-066, CON-067); 招标公告和公示信息发布管理办法 第六条 (CON-092)
 * Unit    calendar days, Asia/Shanghai; the day of publication is not counted
 * Refuses "award.publicity-too-short" { measured, required, earliestOn }, "award.fields-missing" { fields };
 *         "award.publicity-late" is recorded as overdue, the publication itself stays lawful
 */
import { finding, type Moment, rule } from "../../../kernel/index.ts";

export interface PublicityFacts {
  mandatory: boolean;
  reportedAt: Moment;
  publishedAt: Moment;
  endsOn: Moment;
  /** Names of required fields that are empty, as `rank.field`. */
  emptyFields: readonly string[];
}

export const publicityStartsSoon = rule<PublicityFacts>("award.publicity-late", {
  ruleId: "CON-066",
  applies: ({ mandatory }) => mandatory,
  check: ({ reportedAt, publishedAt }, values) => values.limit({ from: reportedAt, to: publishedAt }),
  message: ({ latestOn }) => `应当自收到评标报告之日起 3 日内（${String(latestOn)} 前）公示中标候选人。`,
  messageEn: "Candidates are published within three days of the report.",
  whatToDo: "逾期公示将记录在案，请说明原因。",
});

export const publicityIsLongEnough = rule<PublicityFacts>("award.publicity-too-short", {
  ruleId: "CON-067",
  applies: ({ mandatory }) => mandatory,
  check: ({ publishedAt, endsOn }, values) => values.limit({ from: publishedAt, to: endsOn }),
  message: ({ measured, required, earliestOn }) =>
    `公示期 ${String(measured)} 日，不得少于 ${String(required)} 日；最早于 ${String(earliestOn)} 结束。`,
  messageEn: "The publicity of candidates lasts at least three days.",
  whatToDo: "请延长公示期。",
});

export const candidateFieldsAreWhole = rule<PublicityFacts>("award.fields-missing", {
  ruleId: "CON-092",
  applies: ({ mandatory }) => mandatory,
  check({ emptyFields }, values) {
    const required = values.fields("requiredFields");
    const missing = emptyFields.filter((field) => required.includes(field.split(".").at(-1) ?? ""));
    return finding(missing.length === 0, { fields: missing });
  },
  message: ({ fields }) => `中标候选人公示缺少必备内容：${String(fields)}。`,
  messageEn: "The publicity of candidates lacks required content.",
  whatToDo: "请补齐公示内容后发布。",
});
