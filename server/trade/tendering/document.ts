/**
 * The tender document: the terms that decide (price ceiling, deposit, times, method, committee) stand in
 * the record; the long text (chapters, bill of quantities, forms) lies under its digest in the file
 * store. Every amendment is a new version, and old versions stay readable.
 *
 * Law: 招标投标法 第十九条, 第二十三条, 第二十四条; 实施条例 第十六条, 第二十一条, 第二十五条 to 第二十七条.
 */
import { type Static, Type } from "@sinclair/typebox";
import { end, type StateOf, states } from "../../kernel/index.ts";
import { foldStream, type Queryable, type RecordedEvent } from "../../record/index.ts";
import { closed, count, fen, file, instant, nullable, oneOf, streamOf, text } from "../transaction/index.ts";

/** Codes of list `margin_form`: 1 transfer, 2 draft or cheque, 3 bank guarantee, 4 insurance bond, 5 surety bond, 6 annual deposit. */
export const depositForm = oneOf("投标保证金形式", "1", "2", "3", "4", "5", "6");

/** What decides. Everything a later stage asks of the document is here. */
export const documentTerms = closed({
  title: text("招标文件名称"),
  offerStartAt: instant("招标文件发售开始"),
  offerEndAt: instant("招标文件发售截止"),
  questionEndAt: instant("提问截止"),
  bidDeadlineAt: instant("投标截止（开标）时间"),
  /** 招标文件售价; electronic documents are free. */
  priceFen: fen("招标文件售价（分）"),
  ceilingFen: nullable(fen("最高投标限价（分）")),
  floorFen: nullable(fen("最低投标限价（分）")),
  bidValidityDays: count("投标有效期（日）", 1, 730),
  bidValidityFrom: oneOf("投标有效期起算", "bidDeadline", "documentIssued", "letterOfAward"),
  depositFen: fen("投标保证金（分）"),
  depositForms: Type.Array(depositForm, { title: "投标保证金形式", maxItems: 6, uniqueItems: true }),
  depositValidityDays: count("投标保证金有效期（日）", 0, 730),
  method: closed({
    name: text("评标办法（机制）", 60),
    title: text("评标办法"),
    /** The declared tree of the method; its own mechanism says whether it can be evaluated. */
    tree: Type.Unknown({ title: "评分标准" }),
    tieBreak: Type.Array(text("并列时的处理", 200), { title: "并列时的处理", maxItems: 8 }),
    rejectionGrounds: Type.Array(closed({ no: count("序号", 1, 200), text: text("否决情形", 600) }), {
      title: "否决投标的情形",
      minItems: 1,
      maxItems: 100,
    }),
  }),
  coefficientDraw: nullable(
    closed({ id: text("节点", 40), title: text("系数名称"), values: Type.Array(text("取值", 20), { minItems: 2, maxItems: 101 }) }),
  ),
  decryptionMinutes: count("解密时限（分钟）", 1, 600),
  countUndecrypted: Type.Boolean({ title: "未解密的计入投标人数量" }),
  publicityDays: count("中标候选人公示期（日）", 1, 60),
  committee: closed({
    size: count("评标委员会人数", 1, 99),
    buyerRepresentatives: count("其中招标人代表", 0, 99),
    specialities: Type.Record(Type.String({ maxLength: 20 }), Type.Integer({ minimum: 1 }), { title: "专家专业与人数" }),
    regions: Type.Array(Type.String({ pattern: "^[0-9]{6}$" }), { title: "专家地区", maxItems: 20 }),
  }),
  consortium: closed({ allowed: Type.Boolean({ title: "接受联合体" }), membersMax: count("成员上限", 1, 20) }),
  qualification: Type.Array(text("资格条件", 1000), { title: "投标人资格要求", minItems: 1, maxItems: 50 }),
  /** 履约担保占中标价的百分比, e.g. `8`. */
  performanceSecurityPercent: Type.String({ title: "履约担保（%）", pattern: "^[0-9]{1,2}(?:\\.[0-9]{1,2})?$" }),
  durationDays: count("计划工期（日）", 0, 36_500),
  quality: text("质量要求"),
});
export type DocumentTerms = Static<typeof documentTerms>;

const formField = closed({
  key: text("键", 60),
  label: text("名称"),
  type: text("类型", 20),
  required: Type.Optional(Type.Boolean()),
  list: Type.Optional(text("代码表", 60)),
});
const boqRow = closed({
  row: count("序号", 1),
  section: text("分部"),
  code: text("编码", 20),
  name: text("名称"),
  features: Type.String({ title: "项目特征", maxLength: 2000 }),
  unit: text("单位", 20),
  quantity: text("工程量", 24),
  ceilingUnitPrice: Type.Optional(text("控制价单价", 24)),
  ceilingAmount: Type.Optional(text("控制价合价", 24)),
});

/** What is long. */
export const documentContent = closed({
  chapters: Type.Array(
    closed({
      no: count("章", 1, 99),
      title: text("标题"),
      clauses: Type.Optional(Type.Array(closed({ no: text("条款号", 20), text: text("条文", 4000) }))),
      sections: Type.Optional(Type.Array(closed({ title: text("标题"), paragraphs: Type.Array(text("段落", 4000)) }))),
      summary: Type.Optional(text("摘要", 4000)),
      file: Type.Optional(text("文件名", 120)),
    }),
    { title: "章节", minItems: 1, maxItems: 40 },
  ),
  forms: Type.Array(
    closed({
      id: text("表", 60),
      title: text("标题"),
      envelope: Type.Optional(text("信封", 20)),
      fields: Type.Array(formField, { maxItems: 60 }),
    }),
    { title: "投标文件格式", maxItems: 40 },
  ),
  boq: nullable(
    closed({
      standard: text("计量规范", 400),
      rows: Type.Array(boqRow, { maxItems: 20_000 }),
      lumpSums: Type.Array(
        closed({
          id: text("编号", 20),
          name: text("名称"),
          amount: text("金额（元）", 24),
          competitive: Type.Boolean(),
          note: Type.Optional(text("说明", 400)),
        }),
        { maxItems: 200 },
      ),
      taxRatePercent: text("税率（%）", 8),
    }),
  ),
});
export type DocumentContent = Static<typeof documentContent>;

export const documentFiles = Type.Array(file, { title: "图纸与附件", maxItems: 200 });

export const documentStates = states({
  draft: { issue: "issued" },
  issued: { amend: "issued", visit: "issued", close: "closed" },
  closed: { amend: "closed", freeze: "frozen" },
  frozen: end,
});

/** What anybody may ask of the document that is in force. */
export interface TenderDocument extends DocumentTerms {
  state: StateOf<typeof documentStates>;
  version: number;
  /** Digest of the whole version: terms, content, files. Bidders take and answer to this. */
  sha256: string;
  contentSha256: string;
  files: Static<typeof documentFiles>;
  /** Fields of the bid form, as the forms of the document name them. */
  bidForm: readonly Static<typeof formField>[];
  issuedAt: string;
  versions: readonly DocumentVersion[];
}

export interface DocumentVersion {
  version: number;
  sha256: string;
  contentSha256: string;
  at: string;
  title: string;
  reason: string | null;
  affectsBids: boolean;
  changes: readonly { where: string; before: string; after: string }[];
  deadlineMovedTo: string | null;
}

export function evolveDocument(document: TenderDocument | undefined, event: RecordedEvent): TenderDocument {
  const { data, at } = event;
  if (event.type === "doc.issued") {
    const { terms, version, sha256, contentSha256, files, bidForm } = data;
    const first = {
      version,
      sha256,
      contentSha256,
      at,
      title: terms.title,
      reason: null,
      affectsBids: false,
      changes: [],
      deadlineMovedTo: null,
    };
    return {
      ...(terms as DocumentTerms),
      state: "issued",
      version,
      sha256,
      contentSha256,
      files,
      bidForm,
      issuedAt: at,
      versions: [first],
    };
  }
  if (!document) throw new Error(`${event.type} comes before doc.issued`);
  if (event.type === "doc.amended") {
    const { terms, version, sha256, contentSha256, files, bidForm, title, reason, affectsBids, changes, deadlineMovedTo } = data;
    const row = { version, sha256, contentSha256, at, title, reason, affectsBids, changes, deadlineMovedTo };
    return {
      ...document,
      ...(terms as DocumentTerms),
      version,
      sha256,
      contentSha256,
      files,
      bidForm,
      versions: [...document.versions, row],
    };
  }
  return event.type === "doc.closed" ? { ...document, state: "closed" } : document;
}

/** The document of the lot in force now; undefined before it is issued. */
export function documentOf(db: Queryable, lotId: string, run = 1): Promise<TenderDocument | undefined> {
  return foldStream(db, streamOf("doc", lotId, run), evolveDocument);
}

/** @throws when the lot has no document: asking then is a fault of the caller. */
export async function getDocument(db: Queryable, lotId: string, run = 1): Promise<TenderDocument> {
  const document = await documentOf(db, lotId, run);
  if (!document) throw new Error(`lot ${lotId} has no tender document`);
  return document;
}
