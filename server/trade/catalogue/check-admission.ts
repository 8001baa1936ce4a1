/**
 * `adm.sendBack`, `adm.check`: the centre looks whether the form is complete, and nothing else. When it
 * is, the transaction and its lots are opened in the same decision, each with its own sealed row.
 */
import { Type } from "@sinclair/typebox";
import { getOrganisation } from "../../identity/index.ts";
import { isCreditCode, lotCode, next, type Refusal, refuse, tenderProjectCode, unifiedDealCode } from "../../kernel/index.ts";
import { foldStream } from "../../record/index.ts";
import {
  type ActContext,
  act,
  closed,
  completeStep,
  decidingOn,
  judge,
  openLot,
  openSealedRow,
  startRun,
  text,
  unknownObject,
} from "../transaction/index.ts";
import { type Admission, evolveAdmission } from "./admission.ts";
import { type AdmissionCommand, admissionStates, evolveProject } from "./project.ts";
import { centreDoesNotApprove, marketIsNotRestricted } from "./rules/form-only.ts";
import { countForNumbering } from "./views.ts";

const admissionId = Type.String({ title: "登记编号", pattern: "^adm_[0-9A-HJKMNP-TV-Z]{26}$" });

export const sendBackAdmission = act({
  name: "adm.sendBack",
  title: { zh: "退回进场登记", en: "Send an admission back" },
  who: ["centre"],
  about: "free",
  lock: "exclusive",
  rules: ["X-004", "X-005"],
  data: closed({
    admissionId,
    missing: Type.Array(closed({ item: text("缺失事项", 40), text: text("说明") }), { title: "缺失事项", minItems: 1, maxItems: 20 }),
  }),
  async decide(context, data) {
    const admission = await ownAdmission(context, data.admissionId, "sendBack");
    if ("refused" in admission) return admission;
    const { refusal, decisions } = judge(context, [marketIsNotRestricted, centreDoesNotApprove], {
      items: data.missing.map(({ item }) => item),
    });
    if (refusal) return refusal;
    await context.append(admission.id, "adm.sentBack", { missing: data.missing, decisions });
    return {};
  },
});

export const checkAdmission = act({
  name: "adm.check",
  title: { zh: "核对进场登记", en: "Check an admission" },
  who: ["centre"],
  about: "free",
  lock: "exclusive",
  data: closed({ admissionId }),
  async decide(context, data) {
    const admission = await ownAdmission(context, data.admissionId, "check");
    if ("refused" in admission) return admission;
    const centre = await getOrganisation(context.tx, admission.centre);
    if (!isCreditCode(centre.creditCode)) {
      return refuse("adm.operator-code-invalid", {
        message: "交易中心的统一社会信用代码不正确，无法编制统一交易标识码。",
        messageEn: "The centre's credit code is invalid, so no deal code can be made.",
        data: { creditCode: centre.creditCode },
      });
    }
    await context.append(admission.id, "adm.checked", { formOnly: true });
    return openTransaction(context, admission, centre.creditCode);
  },
});

async function ownAdmission(context: ActContext, id: string, command: AdmissionCommand): Promise<Admission | Refusal> {
  const admission = await foldStream(context.tx, id, evolveAdmission);
  if (!admission || admission.centre !== context.actor.organisationId) return unknownObject(id);
  if (next(admissionStates, admission.state, command) !== undefined) return admission;
  return refuse("act.not-possible-now", {
    message: "该登记现在不能这样办理。",
    messageEn: "This cannot be done with the admission now.",
    data: { state: admission.state },
  });
}

async function openTransaction(context: ActContext, admission: Admission, operatorCreditCode: string) {
  const { projectId, buyer, agent, mandateUntilOn } = admission;
  const project = await foldStream(context.tx, projectId, evolveProject);
  if (!project) throw new Error(`admission ${admission.id} has no project`);
  const numbers = await countForNumbering(context.tx, projectId);
  const tenderProject = tenderProjectCode(project.projectCode, numbers.admissions + 1);
  const transactionId = context.newId("trx");
  await context.append(transactionId, "trx.opened", {
    admissionId: admission.id,
    projectId,
    title: admission.title,
    buyer,
    agent,
    mandateUntilOn,
    tenderProjectCode: tenderProject,
  });
  const lotIds: string[] = [];
  for (const [index, form] of admission.lots.entries()) {
    const dealCode = unifiedDealCode({
      tradeClass: admission.tradeClass,
      operatorCreditCode,
      on: form.plannedNoticeOn,
      serial: numbers.lots + index + 1,
    });
    const lotId = await openLot(context, transactionId, {
      title: form.title,
      estimateFen: form.estimateFen,
      procedureId: form.procedureId,
      projectId,
      parties: { buyer, agent, centre: admission.centre, supervisor: admission.supervisor },
      sector: admission.supervisionSector,
      regionCode: project.regionCode,
      codes: {
        projectCode: project.projectCode,
        tenderProjectCode: tenderProject,
        lotCode: lotCode(tenderProject, index + 1),
        unifiedDealCode: dealCode,
      },
      round: 1,
      predecessor: null,
    });
    lotIds.push(lotId);
  }
  await context.append(admission.id, "adm.opened", { transactionId, lotIds });
  for (const lotId of lotIds) await beginLot(context, lotId, admission.id);
  return { transactionId, lotIds };
}

async function beginLot(context: ActContext, lotId: string, ref: string): Promise<void> {
  const onLot = await decidingOn(context, lotId);
  await startRun(onLot, 1, "admission");
  await openSealedRow(onLot);
  await completeStep(onLot, "catalogue.admit", "admitted", ref);
}
