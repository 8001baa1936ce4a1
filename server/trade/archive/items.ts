/**
 * What the archive of a construction tender holds (招标投标档案): each item is a stream of the record. What is
 * required follows from the steps of the procedure; what need not have happened is kept when it has.
 */
export interface ItemKind {
  item: string;
  title: string;
  /** Prefix of the stream. */
  prefix: string;
  /** Events after which it is collected (anew). */
  on: readonly string[];
  /** The step that makes it a required item; null for what need not happen. */
  step: string | null;
  /** The event that must be there for the item to be whole. */
  whole: string | null;
  /** Left out of a public package: seats, sheets, names of those who object. */
  confidential: boolean;
}

const kind = (item: string, title: string, prefix: string, more: Partial<ItemKind>): ItemKind => ({
  item,
  title,
  prefix,
  on: [],
  step: null,
  whole: null,
  confidential: false,
  ...more,
});

export const itemKinds: readonly ItemKind[] = [
  kind("document", "招标文件及其澄清、修改", "doc", { on: ["doc.issued", "doc.amended"], step: "tendering.prepare", whole: "doc.issued" }),
  kind("ceremony", "开标密钥生成记录", "cer", { on: ["cer.sealed"], step: "ceremony.run", whole: "cer.sealed" }),
  kind("notice", "招标公告", "ntc", { on: ["ntc.published", "ntc.corrected"], step: "tendering.publish", whole: "ntc.published" }),
  kind("questions", "提问与答复", "que", { on: ["que.answered"] }),
  kind("opening", "开标记录", "opn", { on: ["opn.closed"], step: "opening.open", whole: "opn.closed" }),
  kind("committee", "评标委员会组建记录", "cmt", {
    on: ["cmt.formed", "cmt.finished"],
    step: "committee.form",
    whole: "cmt.formed",
    confidential: true,
  }),
  kind("evaluation", "评标报告及评审记录", "evl", {
    on: ["evl.reported", "evl.annulled"],
    step: "evaluation.report",
    whole: "evl.reported",
    confidential: true,
  }),
  kind("sheets", "评标委员会成员的评分表", "sht", { confidential: true }),
  kind("draws", "随机抽取记录", "drw", { on: ["drw.published"] }),
  kind("award", "中标候选人公示、中标结果与中标通知书", "awd", {
    on: ["awd.letterSent", "awd.reported", "awd.concluded"],
    step: "award.sendLetter",
    whole: "awd.letterSent",
  }),
  kind("report", "招标投标情况书面报告", "awd", { on: ["awd.reported"], step: "award.report", whole: "awd.reported" }),
  kind("contract", "合同", "con", {
    on: ["con.effective", "con.filed"],
    step: "contract.sign",
    whole: "con.effective",
    confidential: true,
  }),
  kind("filing", "合同备案", "con", { on: ["con.filed"], step: "contract.file", whole: "con.filed" }),
  kind("remedies", "异议与投诉及其处理", "rem", {
    on: ["rem.answered", "rem.decided", "rem.refused", "rem.withdrawn"],
    confidential: true,
  }),
];

/** Every event that makes an item arise. */
export const collectingEvents: readonly string[] = [...new Set(itemKinds.flatMap(({ on }) => on))];
