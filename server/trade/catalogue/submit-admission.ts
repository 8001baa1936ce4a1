/** `adm.submit`: buyer or agent asks that a transaction with its lots enter the platform; sent again after it was returned. */
import { Type } from "@sinclair/typebox";
import { findOrganisation } from "../../identity/index.ts";
import { next, parseFen, type Refusal, refuse } from "../../kernel/index.ts";
import { foldStream } from "../../record/index.ts";
import { type ActContext, act, closed, judge, nullable, unknownObject } from "../transaction/index.ts";
import { type Admission, type AdmissionData, admissionData, evolveAdmission } from "./admission.ts";
import { admissionStates, evolveProject, type Project } from "./project.ts";
import { admissionFacts } from "./rules/admission-facts.ts";
import { mustBeTendered, notSplit } from "./rules/must-be-tendered.ts";
import { fundsAreDeclared } from "./rules/state-funds.ts";
import { invitationIsDetermined, selfTenderIsFiled } from "./rules/way-of-tendering.ts";
import { admissionsOfProject } from "./views.ts";

const rules = [fundsAreDeclared, ...mustBeTendered, notSplit, invitationIsDetermined, selfTenderIsFiled];

export const submitAdmission = act({
  name: "adm.submit",
  title: { zh: "提交进场登记", en: "Submit an admission" },
  who: ["buyer", "agent"],
  about: "free",
  lock: "exclusive",
  rules: ["CON-001", "CON-002", "CON-003", "CON-004", "CON-005", "CON-007", "CON-096"],
  data: closed({
    /** The one that was sent back; null for a new one. */
    admissionId: nullable(Type.String({ title: "原登记编号", pattern: "^adm_[0-9A-HJKMNP-TV-Z]{26}$" })),
    admission: admissionData,
  }),
  async decide(context, { admissionId, admission }) {
    const project = await foldStream(context.tx, admission.projectId, evolveProject);
    if (!project || !mayPropose(context, project, admission)) return unknownObject(admission.projectId);
    const before = admissionId ? await foldStream(context.tx, admissionId, evolveAdmission) : undefined;
    const refusal = refusalToRepeat(admissionId, before, project) ?? (await partiesRefusal(context, admission));
    if (refusal) return refusal;
    const judged = await judgeLots(context, { project, admission, admissionId });
    if (judged.refusal) return judged.refusal;
    const stream = admissionId ?? context.newId("adm");
    await context.append(stream, "adm.submitted", { ...admission, buyer: project.buyer, decisions: judged.decisions });
    return { admissionId: stream };
  },
});

/** The buyer of the project itself, or the agent that the admission names. */
function mayPropose({ actor }: ActContext, project: Project, admission: AdmissionData): boolean {
  return actor.role === "buyer" ? project.buyer === actor.organisationId : admission.agent === actor.organisationId;
}

function refusalToRepeat(admissionId: string | null, before: Admission | undefined, project: Project): Refusal | undefined {
  if (admissionId === null) return undefined;
  if (!before || before.projectId !== project.id) return unknownObject(admissionId);
  if (next(admissionStates, before.state, "submit") !== undefined) return undefined;
  return refuse("act.not-possible-now", {
    message: "该登记没有被退回，不能重新提交。",
    messageEn: "This admission was not sent back.",
    data: { state: before.state },
  });
}

async function partiesRefusal(context: ActContext, admission: AdmissionData): Promise<Refusal | undefined> {
  const wanted = [
    [admission.agent, "procurementAgent"],
    [admission.centre, "tradingCentre"],
    [admission.supervisor, "supervisionAuthority"],
  ] as const;
  for (const [id, role] of wanted) {
    if (id === null) continue;
    const organisation = await findOrganisation(context.tx, id);
    if (!organisation?.roles.includes(role)) {
      return refuse("adm.party-unknown", {
        message: "登记的单位不存在，或者不具有该身份。",
        messageEn: "A party is unknown or does not have that role.",
        data: { organisation: id, role },
        whatToDo: "请从名录中选择。",
      });
    }
  }
  return undefined;
}

async function judgeLots(
  context: ActContext,
  { project, admission, admissionId }: { project: Project; admission: AdmissionData; admissionId: string | null },
) {
  const earlierFen = await sumsOfProject(context, project.id, admissionId);
  const isInvited = (procedureId: string) =>
    context.platform
      .procedure(procedureId)
      .steps(1)
      .some((step) => step.name === "entry.invite");
  const decisions = [];
  for (const form of admission.lots) {
    const facts = admissionFacts(form, { project, admission, earlierFen, isInvited, law: context.law, calendar: context.calendar });
    const judged = judge(context, rules, facts);
    if (judged.refusal) return judged;
    decisions.push(...judged.decisions);
  }
  return { refusal: undefined, decisions };
}

async function sumsOfProject(context: ActContext, projectId: string, except: string | null): Promise<Map<string, bigint>> {
  const sums = new Map<string, bigint>();
  for (const id of await admissionsOfProject(context.tx, projectId)) {
    const admission = id === except ? undefined : await foldStream(context.tx, id, evolveAdmission);
    for (const lot of admission?.lots ?? []) sums.set(lot.objectClass, (sums.get(lot.objectClass) ?? 0n) + parseFen(lot.estimateFen));
  }
  return sums;
}
