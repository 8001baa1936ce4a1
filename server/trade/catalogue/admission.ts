/**
 * Admission: the form by which a buyer asks for a transaction with its lots. It keeps the facts by
 * which the scope of rules is decided later (mandatory, funds, object class, sector, estimate).
 */
import { type Static, Type } from "@sinclair/typebox";
import type { ScopeFacts } from "../../../law/index.ts";
import { parseFen } from "../../kernel/index.ts";
import { foldStream, type Queryable, type RecordedEvent } from "../../record/index.ts";
import type { LotThread } from "../transaction/index.ts";
import { closed, day, fen, file, nullable, organisation, text } from "../transaction/index.ts";
import type { AdmissionState } from "./project.ts";

const words = <Word extends string>(title: string, ...list: Word[]) =>
  Type.Union(
    list.map((word) => Type.Literal(word)),
    { title },
  );

export const lotForm = closed({
  title: text("标段名称"),
  /** 工程、货物、服务、勘察设计 */
  objectClass: words("标的类别", "works", "goods", "services", "surveyDesign"),
  /** Whose rules of the trade apply beside the general ones. */
  tradeSector: words("行业", "building", "municipal", "highway", "waterway", "water", "industry", "landscaping", "fishingPort"),
  estimateFen: fen("合同估算价（分）"),
  procedureId: Type.String({ title: "交易方式", pattern: "^[A-Z0-9]{2}(?:\\+[a-z-]+)?$" }),
  /** The buyer's own statement; the platform's figures are held against it. */
  mandatory: Type.Boolean({ title: "依法必须招标" }),
  fundSource: words("资金性质", "budget", "state", "other"),
  /** Switches of the lot that rules read: `remoteSites`, `referencePrice` … */
  options: Type.Array(Type.String({ maxLength: 40 }), { title: "选项", maxItems: 12 }),
  plannedNoticeOn: day("计划发布公告日期"),
});

export const admissionData = closed({
  projectId: Type.String({ title: "项目", pattern: "^prj_[0-9A-HJKMNP-TV-Z]{26}$" }),
  title: text("招标项目名称"),
  /** Three characters of code list `tender_project_type`. */
  tradeClass: Type.String({ title: "交易分类代码", pattern: "^[A-Z][0-9]{2}$" }),
  agent: nullable(organisation("招标代理机构")),
  /** 代理合同的期限；自行招标时为空。 */
  mandateUntilOn: nullable(day("代理期限")),
  selfTenderFiling: nullable(text("自行招标备案号")),
  /** CON-007: the record by which an invited tender of state funds was found admissible. */
  invitedDetermination: nullable(text("邀请招标认定文件")),
  centre: organisation("交易中心"),
  supervisor: organisation("行政监督部门"),
  supervisionSector: text("监督行业", 32),
  lots: Type.Array(lotForm, { title: "标段", minItems: 1, maxItems: 20 }),
  files: Type.Array(file, { title: "附件", maxItems: 20 }),
});

export type LotForm = Static<typeof lotForm>;
export type AdmissionData = Static<typeof admissionData>;

export interface Admission extends AdmissionData {
  id: string;
  state: AdmissionState;
  buyer: string;
  submittedAt: string;
  /** What the centre found missing in the form, while it is sent back. */
  missing: readonly { item: string; text: string }[];
  transactionId: string | null;
  lotIds: readonly string[];
}

export function evolveAdmission(admission: Admission | undefined, event: RecordedEvent): Admission {
  const { data } = event;
  if (event.type === "adm.submitted") {
    return {
      ...(data as AdmissionData & { buyer: string }),
      id: event.stream,
      state: "submitted",
      submittedAt: event.at,
      missing: [],
      transactionId: null,
      lotIds: [],
    };
  }
  if (!admission) throw new Error(`${event.type} comes before adm.submitted`);
  switch (event.type) {
    case "adm.sentBack":
      return { ...admission, state: "returned", missing: data.missing };
    case "adm.checked":
      return { ...admission, state: "checked" };
    case "adm.opened":
      return { ...admission, state: "used", transactionId: data.transactionId, lotIds: data.lotIds };
    default:
      return admission;
  }
}

/** The facts by which the scope of a rule is decided, as the admission of the lot stated them. @throws for a lot without an admission. */
export async function scopeFactsOf(db: Queryable, lot: LotThread): Promise<ScopeFacts> {
  const form = await lotFormOf(db, lot);
  return scopeOf(form);
}

export function scopeOf(form: LotForm): ScopeFacts {
  return {
    mandatory: form.mandatory,
    fundSource: form.fundSource,
    objectClass: form.objectClass,
    sector: form.tradeSector,
    estimateFen: parseFen(form.estimateFen),
    options: new Set(form.options),
  };
}

async function lotFormOf(db: Queryable, lot: LotThread): Promise<LotForm> {
  const admission = await admissionOf(db, lot);
  const form = admission.lots[admission.lotIds.indexOf(lot.id)];
  if (!form) throw new Error(`lot ${lot.id} is not of admission ${admission.id}`);
  return form;
}

/** @throws for a lot that was opened without an admission. */
export async function admissionOf(db: Queryable, lot: LotThread): Promise<Admission> {
  const opened = await foldStream<RecordedEvent>(db, lot.transactionId, (first, event) => first ?? event);
  const admission = opened && (await foldStream(db, opened.data.admissionId, evolveAdmission));
  if (!admission) throw new Error(`lot ${lot.id} has no admission`);
  return admission;
}
