/** What buyer, agent and centre read of projects and admissions; each sees only its own. */
import { Type } from "@sinclair/typebox";
import { foldStream } from "../../record/index.ts";
import { type Read, read } from "../transaction/index.ts";
import { admissionData, evolveAdmission } from "./admission.ts";
import { evolveProject, projectData } from "./project.ts";
import { admissionsFor, projectsOf } from "./views.ts";

const text = Type.String();

export const projectsRead = read({
  path: "/projects",
  title: "我的项目",
  group: "catalogue.desk",
  response: Type.Object({ items: Type.Array(Type.Object({ projectId: text, name: text, projectCode: text, registeredAt: text })) }),
  async load({ tx, actor }) {
    return actor && { items: await projectsOf(tx, actor.organisationId) };
  },
});

export const projectRead = read({
  path: "/projects/:projectId",
  title: "项目",
  group: "catalogue.desk",
  response: Type.Object({ ...projectData.properties, id: text, buyer: text, projectCode: text }),
  async load({ tx, params, actor }) {
    const project = await foldStream(tx, params.projectId ?? "", evolveProject);
    return project?.buyer === actor?.organisationId ? project : undefined;
  },
});

export const admissionsRead = read({
  path: "/admissions",
  title: "进场登记",
  group: "catalogue.desk",
  response: Type.Object({
    items: Type.Array(Type.Object({ admissionId: text, projectId: text, title: text, state: text, submittedAt: text })),
  }),
  async load({ tx, actor }) {
    return actor && { items: await admissionsFor(tx, actor.organisationId) };
  },
});

export const admissionRead = read({
  path: "/admissions/:admissionId",
  title: "进场登记表",
  group: "catalogue.desk",
  response: Type.Object({
    ...admissionData.properties,
    id: text,
    buyer: text,
    state: text,
    submittedAt: text,
    missing: Type.Array(Type.Object({ item: text, text: text })),
    transactionId: Type.Union([text, Type.Null()]),
    lotIds: Type.Array(text),
  }),
  async load({ tx, params, actor }) {
    const admission = await foldStream(tx, params.admissionId ?? "", evolveAdmission);
    const isParty = admission && actor && [admission.buyer, admission.agent, admission.centre].includes(actor.organisationId);
    return isParty ? { ...admission, missing: [...admission.missing], lotIds: [...admission.lotIds] } : undefined;
  },
});

export const catalogueReads: readonly Read[] = [projectsRead, projectRead, admissionsRead, admissionRead];
