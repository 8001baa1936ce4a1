/**
 * The notice of a lot: who may sign and publish it, and where its text lies. The text stands under its
 * digest in the file store, because it names contact persons; the record holds the digest and which
 * fields it has.
 */
import { type Static, Type } from "@sinclair/typebox";
import { end, type StateOf, states } from "../../kernel/index.ts";
import { foldStream, type Queryable, type RecordedEvent } from "../../record/index.ts";
import { closed, digest, fen, streamOf, text } from "../transaction/index.ts";

export const noticeStates = states({
  draft: { sign: "signed" },
  signed: { sign: "signed", publish: "published" },
  published: { correct: "published", withdraw: "withdrawn" },
  withdrawn: end,
});

/** What everybody reads, word by word the same on every medium. */
export const noticeText = closed({
  title: text("公告标题"),
  /** The statutory fields of 10 号令 第五条 by name: project, scope, size, funding … */
  fields: Type.Record(Type.String({ pattern: "^[a-zA-Z]{2,30}$" }), Type.String({ maxLength: 2000 }), { title: "法定内容" }),
  sections: Type.Array(closed({ title: text("标题"), paragraphs: Type.Array(text("段落", 4000), { maxItems: 60 }) }), {
    title: "公告正文",
    minItems: 1,
    maxItems: 40,
  }),
});
export type NoticeText = Static<typeof noticeText>;

export const noticeData = closed({
  text: noticeText,
  media: Type.Array(closed({ name: text("媒介"), textSha256: digest("文本摘要") }), { title: "发布媒介", maxItems: 20 }),
  publicationFeeFen: fen("发布费用（分）"),
});

export interface Notice {
  state: StateOf<typeof noticeStates>;
  title: string;
  textSha256: string;
  fields: readonly string[];
  media: readonly { name: string; textSha256: string }[];
  publicationFeeFen: string;
  signedAt: string;
  signedBy: string;
  /** Digest of the signed act. */
  actDigest: string | null;
  publishedAt: string | null;
  /** Every published text stays readable. */
  versions: readonly NoticeVersion[];
}

export interface NoticeVersion {
  version: number;
  textSha256: string;
  at: string;
  reason: string | null;
}

export function evolveNotice(notice: Notice | undefined, event: RecordedEvent): Notice {
  const { data, at } = event;
  if (event.type === "ntc.signed") {
    const { title, textSha256, fields, media, publicationFeeFen } = data;
    return {
      state: "signed",
      title,
      textSha256,
      fields,
      media,
      publicationFeeFen,
      signedAt: at,
      signedBy: event.actor,
      actDigest: event.act?.digest ?? null,
      publishedAt: null,
      versions: [],
    };
  }
  if (!notice) throw new Error(`${event.type} comes before ntc.signed`);
  if (event.type === "ntc.published") {
    return { ...notice, state: "published", publishedAt: at, versions: [{ version: 1, textSha256: notice.textSha256, at, reason: null }] };
  }
  if (event.type !== "ntc.corrected") return notice;
  const { version, title, textSha256, fields, media, reason } = data;
  return { ...notice, title, textSha256, fields, media, versions: [...notice.versions, { version, textSha256, at, reason }] };
}

export function noticeOf(db: Queryable, lotId: string, run = 1): Promise<Notice | undefined> {
  return foldStream(db, streamOf("ntc", lotId, run), evolveNotice);
}
