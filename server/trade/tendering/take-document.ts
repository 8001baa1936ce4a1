/**
 * `doc.take`: a firm takes the document. That it did is sealed: nobody, the buyer and the centre
 * included, may learn who or how many took it (招标投标法 第二十二条; CON-034).
 */

import { hex } from "../../../formats/bytes.ts";
import { sha256 as sha256Of } from "../../../formats/jcs.ts";
import { instantText, keeps, refuse } from "../../kernel/index.ts";
import { act, appendSealed, closed, count, effectiveAt, isInTime } from "../transaction/index.ts";
import { getDocument } from "./document.ts";

keeps({
  ruleId: "CON-034",
  at: "server/trade/tendering/take-document.ts",
  how: "That a firm took the document is a sealed act: no view, read or event names holders or counts them, and only the firm itself can open its own.",
  test: "server/trade/tendering/tendering.test.ts",
});

export const takeDocument = act({
  name: "doc.take",
  title: { zh: "获取招标文件", en: "Take the tender document" },
  who: ["bidder"],
  about: "lot",
  lock: "shared",
  step: "tendering.offer",
  sealed: true,
  rules: ["CON-034"],
  data: closed({ version: count("版本", 1, 10_000) }),
  async decide(context, { version }) {
    const { lot, now } = context;
    if (!isInTime(lot, "documentOfferEnd", now)) {
      const end = effectiveAt(lot, "documentOfferEnd");
      return refuse("document.offer-closed", {
        law: "招标投标法实施条例",
        article: "第十六条",
        message: "招标文件的发售期已经结束。",
        messageEn: "The document is no longer offered.",
        data: { offerEndAt: end === undefined ? null : instantText(end) },
        whatToDo: "请关注其他招标公告。",
      });
    }
    const document = await getDocument(context.tx, lot.id, lot.run);
    if (version !== document.version) {
      return refuse("document.not-in-force", {
        message: `现行版本是第 ${document.version} 版。`,
        messageEn: `Version ${document.version} is in force.`,
        data: { version: document.version },
        whatToDo: "请获取现行版本。",
      });
    }
    const { event } = await appendSealed(context, "doc.take", { version, sha256: document.sha256 });
    return { version, sha256: document.sha256, receipt: hex(sha256Of(event.data.ciphertext)) };
  },
});
