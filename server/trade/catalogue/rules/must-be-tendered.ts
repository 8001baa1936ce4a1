/**
 * 施工、货物、服务单项合同估算价达到限额的，必须招标.
 *
 * Law      必须招标的工程项目规定 第五条 (CON-001 works, CON-002 goods, CON-003 services); only for funds of 第二条.
 * Unit     yuan, the estimate of one contract.
 * Refuses  "adm.must-be-open" when the buyer declares a tender voluntary that is not.
 */
import { fenText, finding, type RefusalData, rule, yuanText } from "../../../kernel/index.ts";
import { type AdmissionFacts, isStateFunded } from "./admission-facts.ts";

const classes = [
  { ruleId: "CON-001", objectClasses: ["works"] },
  { ruleId: "CON-002", objectClasses: ["goods"] },
  { ruleId: "CON-003", objectClasses: ["services", "surveyDesign"] },
] as const;

const told = {
  message: (data: RefusalData) => `单项合同估算价 ${data.estimateYuan} 元，达到必须招标的限额 ${data.minimumYuan} 元，不能按自愿招标登记。`,
  messageEn: (data: RefusalData) =>
    `An estimate of CNY ${data.estimateYuan} reaches the threshold of CNY ${data.minimumYuan}: the tender is mandatory.`,
  whatToDo: "请将该标段登记为依法必须招标。",
};

export const mustBeTendered = classes.map(({ ruleId, objectClasses }) =>
  rule<AdmissionFacts>("adm.must-be-open", {
    ruleId,
    ...told,
    applies: (facts) => (objectClasses as readonly string[]).includes(facts.objectClass) && isStateFunded(facts),
    check: (facts, values) => {
      const minimum = values.fen("minEstimate");
      const data = {
        estimateFen: fenText(facts.estimateFen),
        minimumFen: fenText(minimum),
        estimateYuan: yuanText(facts.estimateFen),
        minimumYuan: yuanText(minimum),
      };
      return finding(facts.declaredMandatory || facts.estimateFen < minimum, data);
    },
  }),
);

/** 同一项目中可以合并进行的同类采购，合同估算价合计达到限额的，必须招标 (第五条第二款；招标投标法 第四条：不得化整为零). */
export const notSplit = rule<AdmissionFacts>("adm.must-be-open", {
  ruleId: "CON-005",
  message: (data) => `同一项目同类采购合计 ${data.aggregateYuan} 元，达到必须招标的限额 ${data.minimumYuan} 元，不得化整为零。`,
  messageEn: (data) =>
    `Purchases of one class in this project add up to CNY ${data.aggregateYuan}, at or above CNY ${data.minimumYuan}: splitting does not make them voluntary.`,
  whatToDo: "请将该标段登记为依法必须招标。",
  applies: isStateFunded,
  check: (facts, values) => {
    const data = {
      aggregateFen: fenText(facts.aggregateFen),
      minimumFen: fenText(facts.thresholdFen),
      aggregateYuan: yuanText(facts.aggregateFen),
      minimumYuan: yuanText(facts.thresholdFen),
    };
    return finding(!values.flag("aggregate") || facts.declaredMandatory || facts.aggregateFen < facts.thresholdFen, data);
  },
});
