/** What the rules of admission measure for one lot: figures of the project, sums over it, and what the buyer declared. */

import type { RuleSet } from "../../../../law/index.ts";
import { type Calendar, parseFen, valuesOf } from "../../../kernel/index.ts";
import type { AdmissionData, LotForm } from "../admission.ts";
import type { ProjectData } from "../project.ts";

export interface AdmissionFacts {
  objectClass: LotForm["objectClass"];
  estimateFen: bigint;
  /** Estimates of all lots of this class in the project, those of earlier admissions included. */
  aggregateFen: bigint;
  /** From which sum such a contract must be tendered. */
  thresholdFen: bigint;
  declaredMandatory: boolean;
  declaredSource: LotForm["fundSource"];
  investmentFen: bigint;
  budgetFundsFen: bigint;
  stateFundsFen: bigint;
  isInvited: boolean;
  determination: string | null;
  hasAgent: boolean;
  selfTenderFiling: string | null;
}

/** The row with the threshold of a class (必须招标的工程项目规定 第五条). */
const thresholdRule = { works: "CON-001", goods: "CON-002", services: "CON-003", surveyDesign: "CON-003" } as const;

/**
 * 使用预算资金达到限额且占比达到标准，或者国有企业事业单位资金占控股或者主导地位
 * (必须招标的工程项目规定 第二条): the second half is read as at least half of the investment.
 */
export function isStateFunded({ budgetFundsFen, stateFundsFen, investmentFen }: AdmissionFacts): boolean {
  return budgetFundsFen > 0n ? true : 2n * stateFundsFen >= investmentFen && stateFundsFen > 0n;
}

export interface Admitting {
  project: ProjectData;
  admission: AdmissionData;
  /** Sums per class of earlier admissions of the project. */
  earlierFen: ReadonlyMap<string, bigint>;
  isInvited(procedureId: string): boolean;
  law: RuleSet;
  calendar: Calendar;
}

export function admissionFacts(form: LotForm, { project, admission, earlierFen, isInvited, law, calendar }: Admitting): AdmissionFacts {
  const own = admission.lots
    .filter((lot) => lot.objectClass === form.objectClass)
    .reduce((sum, lot) => sum + parseFen(lot.estimateFen), 0n);
  return {
    objectClass: form.objectClass,
    estimateFen: parseFen(form.estimateFen),
    aggregateFen: own + (earlierFen.get(form.objectClass) ?? 0n),
    thresholdFen: valuesOf(law.rule(thresholdRule[form.objectClass]), calendar).fen("minEstimate"),
    declaredMandatory: form.mandatory,
    declaredSource: form.fundSource,
    investmentFen: parseFen(project.investmentFen),
    budgetFundsFen: parseFen(project.budgetFundsFen),
    stateFundsFen: parseFen(project.stateFundsFen),
    isInvited: isInvited(form.procedureId),
    determination: admission.invitedDetermination,
    hasAgent: admission.agent !== null,
    selfTenderFiling: admission.selfTenderFiling,
  };
}
