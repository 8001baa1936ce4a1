import { doesNotApply, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { mediaAgree, type NoticeFacts, noticeIsFree, noticeSaysEverything } from "./notice-content.ts";

const fields = [
  "project",
  "scope",
  "size",
  "funding",
  "qualification",
  "consortium",
  "documentAccess",
  "deadline",
  "submission",
  "contacts",
  "platformUrl",
  "supervision",
];
const notice: NoticeFacts = {
  isMandatory: true,
  fields,
  textSha256: "aa",
  media: [{ name: "国家指定媒介", textSha256: "aa" }],
  feeFen: 0n,
};

ruleTable(noticeSaysEverything, notice, [
  ["all twelve fields (10 号令 第五条)", {}, passes],
  ["without the supervision authority", { fields: fields.slice(0, 11) }, refused({ missing: ["supervision"] })],
  ["a voluntary tender is free", { fields: [], isMandatory: false }, doesNotApply],
]);

ruleTable(mediaAgree, notice, [
  ["the same text everywhere (10 号令 第八条)", {}, passes],
  ["one medium with another text", { media: [...notice.media, { name: "省媒介", textSha256: "ab" }] }, refused({ media: ["省媒介"] })],
  ["no medium at all (实施条例 第十五条)", { media: [] }, refused()],
]);

ruleTable(noticeIsFree, notice, [
  ["free (实施条例 第十五条)", {}, passes],
  ["a fee of one fen", { feeFen: 1n }, refused({ feeFen: "1" })],
]);
