/** Notice, document and questions as their stage lets people read them, made into what the pages show. */
import { queryOptions } from "@tanstack/react-query";
import { momentText } from "../ui/time.ts";
import { addressOf } from "./client.ts";
import { type Asking, findOfLot } from "./lot-reads.ts";
import type { Change, DocumentRow, Notice, Question } from "./types.ts";

/** `GET /lots/:lotId/notice`. */
export type WireNotice = {
  readonly title: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
  readonly state: string;
  readonly media: readonly { readonly name: string; readonly textSha256: string }[];
  readonly publishedAt: string | null;
};

type WireFile = { readonly name: string; readonly title: string; readonly sha256: string; readonly size: number };
type WireVersion = {
  readonly version: number;
  readonly sha256: string;
  readonly contentSha256: string;
  readonly at: string;
  readonly title: string;
  readonly reason: string | null;
  readonly changes: readonly { readonly where: string; readonly before: string; readonly after: string }[];
  readonly deadlineMovedTo: string | null;
};

/** `GET /lots/:lotId/document`. */
export type WireDocument = {
  readonly title: string;
  readonly version: number;
  readonly sha256: string;
  readonly contentSha256: string;
  readonly issuedAt: string;
  readonly ceilingFen: string | null;
  readonly depositFen: string;
  readonly depositForms: readonly string[];
  readonly durationDays: number;
  readonly quality: string;
  readonly bidValidityDays: number;
  readonly decryptionMinutes: number;
  readonly publicityDays: number;
  readonly offerEndAt: string;
  readonly bidDeadlineAt: string;
  readonly consortium: { readonly allowed: boolean; readonly membersMax: number };
  readonly method: { readonly name: string; readonly title: string; readonly tree?: unknown };
  readonly qualification: readonly string[];
  readonly committee: {
    readonly size: number;
    readonly buyerRepresentatives: number;
    readonly specialities: Readonly<Record<string, number>>;
    readonly regions: readonly string[];
  };
  readonly coefficientDraw: { readonly id: string; readonly title: string; readonly values: readonly string[] } | null;
  readonly files: readonly WireFile[];
  readonly versions: readonly WireVersion[];
  readonly content: {
    readonly forms: readonly {
      readonly id: string;
      readonly fields: readonly { readonly key: string; readonly label: string; readonly type: string; readonly required?: boolean }[];
    }[];
  };
};

type WireQuestion = {
  readonly id: string;
  readonly text: string;
  readonly askedAt: string;
  readonly answer: string | null;
  readonly answeredAt: string | null;
};

/** The document in force, in full; null before it may be read. */
export const documentQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["document", lotId],
    queryFn: async (context) => (await findOfLot<WireDocument>(context, lotId, "document")) ?? null,
  });

/** The same document for whoever shows a part of it: read once. */
const documentFor = async ({ client }: Asking, lotId: string): Promise<WireDocument | undefined> =>
  (await client.fetchQuery(documentQuery(lotId))) ?? undefined;

function deliveryRows(document: WireDocument): readonly (readonly [string, string])[] {
  return [
    ["递交方式", "在线加密递交，取得回执；截止前可替换、可撤回"],
    ["截止与开标", `${momentText(document.bidDeadlineAt)}，同一时间`],
    ["解密时限", `开标后 ${document.decryptionMinutes} 分钟`],
    ["投标有效期", `${document.bidValidityDays} 日`],
    ["候选人公示", `不少于 ${document.publicityDays} 日`],
  ];
}

/** The notice with the four facts of the document. */
export function noticeOf(notice: WireNotice | undefined, document: WireDocument | undefined): Notice | null {
  if (!notice && !document) return null;
  return {
    ceilingFen: document?.ceilingFen ?? undefined,
    periodDays: document?.durationDays,
    depositFen: document?.depositFen,
    methodName: document?.method.title,
    sections: [
      ...(notice?.sections ?? []).map(({ title, paragraphs }) => ({ heading: title, paragraphs })),
      ...(document ? [{ heading: "时限要点", rows: deliveryRows(document) }] : []),
    ],
  };
}

/** The notice of a lot. */
export const noticeQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["notice", lotId],
    queryFn: async (context) =>
      noticeOf(...(await Promise.all([findOfLot<WireNotice>(context, lotId, "notice"), documentFor(context, lotId)]))),
  });

/** All versions of the text, newest first, and the drawings and annexes of the version in force. */
export function documentRows(document: WireDocument | undefined): readonly DocumentRow[] {
  if (!document) return [];
  const versions = [...document.versions].reverse().map((row) => ({
    documentId: "text",
    name: document.title,
    note: row.reason ?? row.title,
    version: row.version,
    sha256: row.sha256,
    at: row.at,
    href: addressOf(`/files/${row.contentSha256}`),
  }));
  const files = document.files.map((file) => ({
    documentId: file.sha256,
    name: file.name,
    note: file.title,
    version: document.version,
    size: file.size,
    sha256: file.sha256,
    at: document.versions.at(-1)?.at ?? document.issuedAt,
    href: addressOf(`/files/${file.sha256}`),
  }));
  return [...versions, ...files];
}

/** Documents by version. */
export const documentsQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["documents", lotId],
    queryFn: async (context) => documentRows(await documentFor(context, lotId)),
  });

/** Amendments, newest first, with what they changed word by word. */
export function changesOf(document: WireDocument | undefined): readonly Change[] {
  return [...(document?.versions ?? [])].reverse().map((row) => ({
    name: row.version === 1 ? "招标文件定稿" : `${row.title}（第 ${row.version} 版）`,
    at: row.at,
    text: [
      row.reason ?? "",
      ...row.changes.map(({ where, before, after }) => `${where}：“${before}”改为“${after}”`),
      row.deadlineMovedTo ? `截止时间改为 ${momentText(row.deadlineMovedTo)}` : "",
    ]
      .filter(Boolean)
      .join("；"),
  }));
}

/** Changes that everybody was told. */
export const changesQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["changes", lotId],
    queryFn: async (context) => changesOf(await documentFor(context, lotId)),
  });

/** Questions and answers. */
export const questionsQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["questions", lotId],
    queryFn: async (context): Promise<readonly Question[]> => {
      const wire = await findOfLot<{ items: readonly WireQuestion[] }>(context, lotId, "questions");
      return (wire?.items ?? []).map(({ id, text, askedAt, answer, answeredAt }) => ({
        questionId: id,
        text,
        askedAt,
        answer: answer ?? undefined,
        answeredAt: answeredAt ?? undefined,
      }));
    },
  });
