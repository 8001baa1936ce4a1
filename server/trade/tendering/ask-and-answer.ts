/** `que.ask`: anybody who may bid asks without a name. `que.answer`: the buyer's side answers to everybody. `doc.visit`: a visit of the site is for all. */

import { Type } from "@sinclair/typebox";
import { base64, fromHex } from "../../../formats/bytes.ts";
import { instantText, next, refuse } from "../../kernel/index.ts";
import {
  act,
  closed,
  count,
  effectiveAt,
  headerKeyOf,
  instant,
  isInTime,
  judge,
  nullable,
  oneOf,
  sealPayload,
  streamOf,
  text,
  unknownObject,
} from "../transaction/index.ts";
import { getDocument } from "./document.ts";
import { questionStates, questionsOf } from "./question.ts";
import { visitIsForAll } from "./rules/site-visit.ts";

export const askQuestion = act({
  name: "que.ask",
  title: { zh: "匿名提问", en: "Ask without a name" },
  who: ["bidder"],
  about: "lot",
  // All questions of a lot stand in one stream, so that their order is public.
  lock: "exclusive",
  step: "tendering.clarify",
  sealed: true,
  data: closed({ text: text("问题", 1000) }),
  async decide(context, { text: asked }) {
    const { lot, now, actor, platform, random, cause } = context;
    if (!isInTime(lot, "questionEnd", now)) {
      const end = effectiveAt(lot, "questionEnd");
      return refuse("question.late", {
        law: "招标文件",
        article: "投标人须知",
        message: "提问时间已经结束。",
        messageEn: "The time for questions is over.",
        data: { questionEndAt: end === undefined ? null : instantText(end) },
      });
    }
    const questionId = context.newSealedId("que");
    const { partyId } = await platform.keeper.tagOf(lot.id, actor.organisationId);
    const asker = {
      act: "que.ask",
      lotId: lot.id,
      organisation: actor.organisationId,
      person: actor.personId,
      partyId,
      commandId: cause.commandId,
      signed: cause.act,
      fields: { questionId },
    };
    const headerKey = fromHex(await headerKeyOf(context.tx, lot.id));
    await context.appendOpaque(streamOf("que", lot.id, lot.run), "que.asked", {
      questionId,
      text: asked,
      asker: base64(sealPayload(asker, headerKey, random)),
    });
    return { questionId };
  },
});

export const answerQuestion = act({
  name: "que.answer",
  title: { zh: "答复提问", en: "Answer a question" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "tendering.clarify",
  data: closed({
    questionId: Type.String({ title: "问题", pattern: "^que_[0-9A-HJKMNP-TV-Z]{26}$" }),
    text: text("答复", 4000),
    inDocVersion: nullable(count("所在文件版本", 1, 10_000)),
  }),
  async decide(context, { questionId, text: answer, inDocVersion }) {
    const { lot } = context;
    const question = (await questionsOf(context.tx, lot.id, lot.run)).find(({ id }) => id === questionId);
    if (!question) return unknownObject(questionId);
    if (next(questionStates, question.state, "answer") === undefined) {
      return refuse("act.not-possible-now", {
        message: "该问题已经答复。",
        messageEn: "The question is answered already.",
        data: { state: question.state },
      });
    }
    const { version } = await getDocument(context.tx, lot.id, lot.run);
    if (inDocVersion !== null && inDocVersion > version) {
      return refuse("document.not-in-force", {
        message: `招标文件没有第 ${inDocVersion} 版。`,
        messageEn: `There is no version ${inDocVersion}.`,
        data: { version },
        whatToDo: "请先发出澄清或者修改。",
      });
    }
    await context.append(streamOf("que", lot.id, lot.run), "que.answered", { questionId, text: answer, inDocVersion });
    return {};
  },
});

export const holdVisit = act({
  name: "doc.visit",
  title: { zh: "公告踏勘现场", en: "Announce a site visit" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "tendering.clarify",
  rules: ["CON-033"],
  data: closed({ heldAt: instant("踏勘时间"), place: text("地点"), invited: oneOf("邀请范围", "all", "some") }),
  async decide(context, { heldAt, place, invited }) {
    const { refusal, decisions } = judge(context, [visitIsForAll], { isForAll: invited === "all" });
    if (refusal) return refusal;
    await context.append(streamOf("doc", context.lot.id, context.lot.run), "doc.siteVisitHeld", {
      heldAt,
      place,
      allInvited: true,
      decisions,
    });
    return {};
  },
});
