/** Catalogue: projects, admissions, official numbers; the form by which a trade enters. The only door of this stage. */
import type { Stage } from "../transaction/index.ts";
import { checkAdmission, sendBackAdmission } from "./check-admission.ts";
import { catalogueReads } from "./reads.ts";
import { registerProject } from "./register-project.ts";
import { submitAdmission } from "./submit-admission.ts";
import { catalogueView } from "./views.ts";

export { type Admission, type AdmissionData, type LotForm, scopeFactsOf } from "./admission.ts";
export type { Project, ProjectData } from "./project.ts";

export const catalogueStage: Stage = {
  name: "catalogue",
  acts: [registerProject, submitAdmission, sendBackAdmission, checkAdmission],
  reads: catalogueReads,
  views: [catalogueView],
};
