/** What can be read of notice, document and questions: public from the notice on, drafts by the buyer's side only. */
import { Type } from "@sinclair/typebox";
import { ownSealedActs, type Read, read } from "../transaction/index.ts";
import { documentContent, documentFiles, documentOf, documentTerms } from "./document.ts";
import { contentOf, readText } from "./document-content.ts";
import { type NoticeText, noticeOf, noticeText } from "./notice.ts";
import { questionsOf } from "./question.ts";

const text = Type.String();
const maybeText = Type.Union([text, Type.Null()]);

export const noticeRead = read({
  path: "/lots/:lotId/notice",
  title: "招标公告",
  group: "notice",
  response: Type.Object({
    ...noticeText.properties,
    state: text,
    textSha256: text,
    media: Type.Array(Type.Object({ name: text, textSha256: text })),
    signedAt: text,
    publishedAt: maybeText,
    versions: Type.Array(Type.Object({ version: Type.Integer(), textSha256: text, at: text, reason: maybeText })),
  }),
  async load({ tx, lot, platform }) {
    const notice = await noticeOf(tx, lot.id, Math.max(1, lot.run));
    if (!notice) return undefined;
    const { title, fields, sections } = await readText<NoticeText>(platform.files, notice.textSha256);
    const { state, textSha256, signedAt, publishedAt, versions } = notice;
    return { title, fields, sections, state, textSha256, media: [...notice.media], signedAt, publishedAt, versions: [...versions] };
  },
});

const versionShape = Type.Object({
  version: Type.Integer(),
  sha256: text,
  contentSha256: text,
  at: text,
  title: text,
  reason: maybeText,
  affectsBids: Type.Boolean(),
  changes: Type.Array(Type.Object({ where: text, before: text, after: text })),
  deadlineMovedTo: maybeText,
});

export const documentRead = read({
  path: "/lots/:lotId/document",
  title: "招标文件",
  group: "document",
  response: Type.Object({
    ...documentTerms.properties,
    currency: Type.Literal("CNY"),
    state: text,
    version: Type.Integer(),
    sha256: text,
    contentSha256: text,
    issuedAt: text,
    files: documentFiles,
    versions: Type.Array(versionShape),
    content: documentContent,
  }),
  async load({ tx, lot, platform }) {
    const document = await documentOf(tx, lot.id, Math.max(1, lot.run));
    if (!document) return undefined;
    const versions = document.versions.map((row) => ({ ...row, changes: [...row.changes] }));
    return { ...document, currency: "CNY" as const, versions, content: await contentOf(platform, document) };
  },
});

export const questionsRead = read({
  path: "/lots/:lotId/questions",
  title: "澄清与答疑",
  group: "question.text",
  response: Type.Object({
    items: Type.Array(
      Type.Object({
        id: text,
        no: Type.Integer(),
        state: text,
        text: text,
        askedAt: text,
        answer: maybeText,
        answeredAt: maybeText,
        inDocVersion: Type.Union([Type.Integer(), Type.Null()]),
      }),
    ),
  }),
  async load({ tx, lot }) {
    return { items: await questionsOf(tx, lot.id, Math.max(1, lot.run)) };
  },
});

/** Only the firm itself learns that it took the document. */
export const takenRead = read({
  path: "/lots/:lotId/taken-document",
  title: "本单位已获取的招标文件",
  group: "own",
  response: Type.Object({ items: Type.Array(Type.Object({ version: Type.Integer(), sha256: text, takenAt: text })) }),
  async load(context) {
    const acts = await ownSealedActs(context, "doc.take");
    return {
      items: acts.map(({ arrivedAt, payload }) => ({ version: payload.fields.version, sha256: payload.fields.sha256, takenAt: arrivedAt })),
    };
  },
});

export const tenderingReads: readonly Read[] = [noticeRead, documentRead, questionsRead, takenRead];
