/** The notice as a paper that people keep. */
import type { Paper, PaperBlock } from "../../../formats/paper.ts";
import { getOrganisation } from "../../identity/index.ts";
import { dayOf, formatYuan, parseFen, parseInstant, shanghaiChinese } from "../../kernel/index.ts";
import type { Queryable } from "../../record/index.ts";
import type { LotThread, Platform } from "../transaction/index.ts";
import { getDocument } from "./document.ts";
import { readText } from "./document-content.ts";
import { type NoticeText, noticeOf } from "./notice.ts";

/** @throws when the lot has no published notice. */
export async function noticePaper(db: Queryable, platform: Platform, lot: LotThread): Promise<Paper> {
  const notice = await noticeOf(db, lot.id, lot.run);
  if (!notice?.publishedAt) throw new Error(`lot ${lot.id} has no published notice`);
  const text = await readText<NoticeText>(platform.files, notice.textSha256);
  const document = await getDocument(db, lot.id, lot.run);
  const buyer = await getOrganisation(db as Parameters<typeof getOrganisation>[0], lot.parties.buyer);
  const sections = text.sections.flatMap(({ title, paragraphs }): PaperBlock[] => [
    { heading: title },
    ...paragraphs.map((paragraph) => ({ text: paragraph })),
  ]);
  return {
    kind: "notice",
    title: text.title,
    dealCode: lot.codes.unifiedDealCode ?? "",
    issuedBy: buyer.name,
    issuedOn: dayOf(parseInstant(notice.publishedAt)),
    sandbox: platform.sandbox,
    blocks: [
      ...sections,
      {
        fields: [
          ["投标截止及开标时间", shanghaiChinese(parseInstant(document.bidDeadlineAt))],
          ["最高投标限价（元）", document.ceilingFen === null ? "不设" : formatYuan(parseFen(document.ceilingFen))],
          ["公告文本摘要（SHA-256）", notice.textSha256],
          ["招标文件摘要（SHA-256）", document.sha256],
        ],
      },
      { signatures: [{ name: buyer.name, at: notice.signedAt, digest: notice.actDigest ?? "" }] },
    ],
  };
}
