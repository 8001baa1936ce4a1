/** Chinese names of fields whose schema has no title of its own, mostly groups and lists inside a document. */
const words: Readonly<Record<string, string>> = {
  admission: "进场登记",
  terms: "主要条款",
  method: "评标办法",
  coefficientDraw: "系数抽取",
  values: "取值",
  committee: "评标委员会",
  consortium: "联合体",
  content: "招标文件内容",
  clauses: "条款",
  sections: "分节",
  paragraphs: "段落",
  fields: "字段",
  required: "必填",
  boq: "工程量清单",
  rows: "清单项目",
  lumpSums: "总价项目",
  competitive: "可竞争",
  fairCompetitionReview: "公平竞争审查",
  text: "正文",
  before: "修改前",
  after: "修改后",
};

/** Name of a field. */
export const fieldWord = (name: string): string => words[name] ?? name;
