/** Names of limits as people say them, where a text of the server still carries the name that programs use. */
const words: Readonly<Record<string, string>> = {
  documentOfferEnd: "招标文件获取截止",
  questionEnd: "提问截止",
  bidDeadline: "投标截止",
  decryptionEnd: "解密时限",
  confirmEnd: "开标确认时限",
  drawCommit: "抽取承诺截止",
  drawReveal: "抽取公开截止",
  reportSigningEnd: "评标报告签署截止",
  candidatePublicityEnd: "中标候选人公示期满",
  objectionAnswerDue: "异议答复期限",
  complaintAnswerDue: "投诉受理期限",
  complaintDecisionDue: "投诉处理期限",
  contractDue: "合同签订期限",
  tenderReportDue: "书面报告期限",
  clarificationDue: "澄清答复期限",
  validityEnd: "投标有效期届满",
};

/** The same text with the names of limits in words; what a name carries behind a colon is dropped. */
export function readableLimits(text: string): string {
  return text.replace(/\b([a-z]+[A-Z]\w+)(?::\w+)?/g, (whole, name: string) => words[name] ?? whole);
}
