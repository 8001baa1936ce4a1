/**
 * Which events of a lot a replay may show, by the noun of their stream: the same field groups that guard the pages, so
 * that a replay never tells earlier what a page keeps back. A noun that is not named here is never shown.
 */
export const groupOfNoun: Readonly<Record<string, string>> = {
  lot: "lot.public",
  cer: "ceremony.public",
  ntc: "notice",
  doc: "document",
  que: "question.text",
  drw: "draw.public",
  opn: "opening.board",
  bid: "opening.board",
  dep: "deposit.paid",
  gua: "deposit.paid",
  auc: "opening.board",
  // 评标委员会成员的名单在中标结果确定前应当保密（招标投标法 第三十七条）。
  cmt: "committee.seats",
  evl: "evaluation.sheets",
  sht: "evaluation.sheets",
  awd: "award.desk",
  con: "contract.text",
  rem: "remedy.case",
  arc: "archive.package",
};

export function nounOf(stream: string): string {
  return stream.slice(0, stream.indexOf("_"));
}

/** Whether an event of this stream may be shown to who may see the groups that `may` names. */
export function mayReplay(stream: string, may: (group: string) => boolean): boolean {
  const group = groupOfNoun[nounOf(stream)];
  return group !== undefined && may(group);
}
