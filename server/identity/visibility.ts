/**
 * Who may see what, when: roles.md §2 as data, and the one place that reads it. Deny by default; a
 * pack may only narrow. What is secret before its gate is also encrypted in the record, so that a
 * mistake here reveals nothing that matters.
 */
export const phases = ["draft", "tendering", "opening", "evaluation", "publicity", "result"] as const;
export type Phase = (typeof phases)[number];

/** A reader's standing towards one lot. */
export type Side = "public" | "bidder" | "buyer" | "agent" | "centre" | "finance" | "supervisor" | "expert" | "guarantor";

interface Row {
  /** First phase in which the sides may read; later phases inherit it unless another row says otherwise. */
  from: Phase;
  to?: Phase;
  sides: readonly Side[] | "all";
}

const buyerSide: readonly Side[] = ["buyer", "agent"];

/** field group → rows. Groups that are not listed are seen by nobody. */
export const visibility: Readonly<Record<string, readonly Row[]>> = {
  "lot.public": [
    { from: "tendering", sides: "all" },
    // 监督部门参加开标密钥生成，先于公告。
    { from: "draft", sides: [...buyerSide, "centre", "supervisor"] },
  ],
  "catalogue.desk": [{ from: "draft", sides: [...buyerSide, "centre"] }],
  "lot.draft": [{ from: "draft", sides: [...buyerSide, "centre"] }],
  notice: [
    { from: "tendering", sides: "all" },
    { from: "draft", sides: buyerSide },
  ],
  document: [
    { from: "tendering", sides: "all" },
    { from: "draft", sides: buyerSide },
  ],
  // 提问内容不署名，对所有人同时公开；谁提问由系统封存。
  "question.text": [{ from: "tendering", sides: "all" }],
  "ceremony.public": [{ from: "draft", sides: "all" }],
  own: [{ from: "tendering", sides: ["bidder"] }],
  // 开标前投标人的名称、数量一概不可见（招标投标法 第二十二条）。
  "opening.board": [{ from: "opening", sides: "all" }],
  "opening.record": [{ from: "opening", sides: "all" }],
  "draw.public": [{ from: "draft", sides: "all" }],
  "committee.seats": [
    { from: "opening", sides: ["expert"] },
    // 签到处在评标当日核对到场人员；此后名单不再向其显示，公示期间一律保密（招标投标法 第三十七条）。
    { from: "evaluation", to: "evaluation", sides: ["centre"] },
    { from: "result", sides: ["supervisor"] },
  ],
  "committee.progress": [{ from: "draft", sides: [...buyerSide, "centre", "supervisor"] }],
  "bid.content": [
    { from: "evaluation", sides: ["expert"] },
    { from: "result", sides: ["expert", "supervisor"] },
  ],
  "evaluation.room": [
    { from: "evaluation", sides: ["expert"] },
    { from: "result", sides: ["expert", "supervisor"] },
  ],
  // 只有在席成员（专家与招标人代表）能进入；席位由读取处核对。
  "evaluation.seat": [{ from: "evaluation", sides: ["expert", "buyer"] }],
  "evaluation.sheets": [
    { from: "evaluation", sides: ["expert"] },
    { from: "result", sides: ["expert", "supervisor"] },
  ],
  "evaluation.report": [{ from: "publicity", sides: [...buyerSide, "expert", "supervisor"] }],
  "evaluation.progress": [{ from: "evaluation", sides: [...buyerSide, "centre", "supervisor", "expert"] }],
  "award.desk": [
    { from: "evaluation", sides: buyerSide },
    { from: "publicity", sides: [...buyerSide, "supervisor"] },
  ],
  "award.public": [{ from: "publicity", sides: "all" }],
  "remedy.public": [{ from: "tendering", sides: "all" }],
  "remedy.case": [{ from: "tendering", sides: [...buyerSide, "supervisor", "bidder"] }],
  // 出纳看见账户与金额，看不见标段（roles.md §2：账户编号不透明）。
  "deposit.accounts": [{ from: "draft", sides: ["finance"] }],
  "deposit.paid": [{ from: "opening", sides: ["expert", "centre", "supervisor", ...buyerSide] }],
  "guarantee.orders": [{ from: "draft", sides: ["guarantor"] }],
  "contract.text": [{ from: "result", sides: [...buyerSide, "bidder", "supervisor"] }],
  "contract.public": [{ from: "result", sides: "all" }],
  "archive.package": [{ from: "result", sides: [...buyerSide, "centre", "supervisor"] }],
  "record.public": [
    { from: "tendering", sides: "all" },
    // 密钥生成在公告之前进行，当事各方与监督部门在其页面上看见进展。
    { from: "draft", sides: [...buyerSide, "centre", "supervisor"] },
  ],
  // 过程回放由行政监督部门查看；其中每一条另按其所属内容的时限放行。
  "record.replay": [{ from: "tendering", sides: ["supervisor"] }],
  "next-steps": [{ from: "draft", sides: "all" }],
};

/** The one decision. `phase` is undefined for what is not about a lot: then the group must begin at `draft`. */
export function maySee(group: string, side: Side, phase: Phase | undefined): boolean {
  const at = phases.indexOf(phase ?? "draft");
  return (visibility[group] ?? []).some(
    (row) =>
      phases.indexOf(row.from) <= at && at <= phases.indexOf(row.to ?? "result") && (row.sides === "all" || row.sides.includes(side)),
  );
}
