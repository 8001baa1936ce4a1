import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { clarificationWasAsked, questionDoesNotLead, substanceStays } from "./clarification-is-lawful.ts";

ruleTable(questionDoesNotLead, { text: "施工组织设计第 12 页与第 40 页的基坑支护深度不一致，请说明。" }, [
  ["what is unclear is named (实施条例 第五十二条)", {}, passes],
  ["a question that asks for a discount", { text: "贵公司能否降价 2%？" }, refused({ phrases: ["能否降"] })],
  ["a question that gives the answer", { text: "此处应理解为 530 天，请确认。" }, refused()],
]);

ruleTable(clarificationWasAsked, { asked: true, inTime: true }, [
  ["the answer to a question, in time", {}, passes],
  ["nobody asked (不得接受主动提出的澄清)", { asked: false }, refused({ asked: false })],
  ["after its time", { inTime: false }, refused({ inTime: false })],
]);

ruleTable(substanceStays, { changesSubstance: false }, [
  ["an explanation", {}, passes],
  ["a new price (不得改变实质性内容)", { changesSubstance: true }, refused()],
]);
