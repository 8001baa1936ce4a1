/**
 * A project: an approved investment that causes transactions. Its number is given by the platform; what
 * it says of money decides whether its tenders are mandatory (必须招标的工程项目规定).
 */
import { type Static, Type } from "@sinclair/typebox";
import { type CommandOf, end, type StateOf, states } from "../../kernel/index.ts";
import type { RecordedEvent } from "../../record/index.ts";
import { closed, fen, file, text } from "../transaction/index.ts";

export const projectData = closed({
  name: text("项目名称"),
  investmentProjectCode: Type.String({ title: "投资项目统一代码", pattern: "^[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}$" }),
  approvalNumber: text("批准文号"),
  approvedBy: text("批准机关"),
  /** What is built, and where. */
  location: text("建设地点"),
  scale: text("建设规模", 1000),
  regionCode: Type.String({ title: "行政区划代码", pattern: "^[0-9]{6}$" }),
  investmentFen: fen("总投资额（分）"),
  budgetFundsFen: fen("其中预算资金（分）"),
  /** State-owned enterprises' money, beside budget money. */
  stateFundsFen: fen("其中国有企业事业单位资金（分）"),
  fundingText: text("资金来源说明"),
  files: Type.Array(file, { title: "批准文件", maxItems: 20 }),
});

export type ProjectData = Static<typeof projectData>;

export interface Project extends ProjectData {
  id: string;
  buyer: string;
  /** 项目编号, 17 characters. */
  projectCode: string;
}

export function evolveProject(project: Project | undefined, event: RecordedEvent): Project {
  if (event.type === "prj.registered") return { ...(event.data as ProjectData & Omit<Project, "id">), id: event.stream };
  if (!project) throw new Error(`${event.type} comes before prj.registered`);
  return project;
}

/** The form that starts a transaction (model.md §3). */
export const admissionStates = states({
  submitted: { check: "checked", sendBack: "returned" },
  returned: { submit: "submitted" },
  checked: { open: "used" },
  used: end,
});

export type AdmissionState = StateOf<typeof admissionStates>;
export type AdmissionCommand = CommandOf<typeof admissionStates>;
