/**
 * `ntc.correct`: a published notice is corrected only by a new version with its reason; the old text
 * stays readable. A correction that may affect bids obeys the same fifteen days as an amendment.
 */
import { Type } from "@sinclair/typebox";
import { digestOf, type Json } from "../../../formats/jcs.ts";
import { keeps, next, parseFen, refuse } from "../../kernel/index.ts";
import { scopeFactsOf } from "../catalogue/index.ts";
import { act, closed, effectiveAt, judge, streamOf, text } from "../transaction/index.ts";
import { keepText } from "./document-content.ts";
import { noticeData, noticeOf, noticeStates } from "./notice.ts";
import { bidsHaveTimeToFollow } from "./rules/amendment.ts";
import { noticeRules } from "./rules/notice-content.ts";

keeps({
  ruleId: "X-011",
  at: "server/trade/tendering/correct-notice.ts",
  how: "Notice and document change only by a new version with its reason; every version stays under its digest, and the record is append-only.",
  test: "server/trade/tendering/tendering.test.ts",
});

export const correctNotice = act({
  name: "ntc.correct",
  title: { zh: "更正招标公告", en: "Correct the notice" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "tendering.clarify",
  rules: ["CON-008", "CON-009", "CON-017", "CON-091", "X-011"],
  data: closed({ ...noticeData.properties, reason: text("更正理由", 1000), affectsBids: Type.Boolean({ title: "可能影响投标文件编制" }) }),
  async decide(context, { text: said, media, publicationFeeFen, reason, affectsBids }) {
    const { lot, tx, now } = context;
    const notice = await noticeOf(tx, lot.id, lot.run);
    if (!notice || next(noticeStates, notice.state, "correct") === undefined) {
      return refuse("act.not-possible-now", {
        message: "公告尚未发布。",
        messageEn: "The notice is not published.",
        data: { state: notice?.state ?? "draft" },
      });
    }
    const { mandatory } = await scopeFactsOf(tx, lot);
    const textSha256 = digestOf(said as unknown as Json);
    const fields = Object.keys(said.fields).filter((name) => (said.fields[name] ?? "").trim() !== "");
    const content = judge(context, noticeRules, { isMandatory: mandatory, fields, textSha256, media, feeFen: parseFen(publicationFeeFen) });
    const time = judge(context, [bidsHaveTimeToFollow], {
      affectsBids,
      sentAt: now,
      bidDeadlineAt: effectiveAt(lot, "bidDeadline") ?? now,
    });
    const refusal = content.refusal ?? time.refusal;
    if (refusal) return refusal;
    await keepText(context.platform.files, said);
    const version = notice.versions.length + 1;
    const decisions = [...content.decisions, ...time.decisions];
    await context.append(streamOf("ntc", lot.id, lot.run), "ntc.corrected", {
      version,
      title: said.title,
      textSha256,
      fields,
      media,
      reason,
      affectsBids,
      decisions,
    });
    return { version, textSha256 };
  },
});
