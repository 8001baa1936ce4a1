/** Chapter 1: the city's people, the project, the admission, the document, the opening key, the notice. */

import { enrolmentWish } from "../city/city.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";
import { content, lotForm, milestone, noticeData, project, terms } from "./tender-package.ts";

/** Who takes part in the first tender, as keys of the city's data. */
export const cast = {
  buyer: "person-001",
  representative: "person-002",
  agent: "person-024",
  centre: "person-106",
  centreMember: "person-104",
  drawOperator: "person-109",
  cashier: "person-107",
  accountant: "person-108",
  archivist: "person-110",
  supervisor: "person-097",
  bidders: ["person-030", "person-032", "person-034", "person-036", "person-038"],
  guarantors: { "3": "person-091", "4": "person-093", "5": "person-094" },
} as const;

const organisationIds = [
  "centre-01",
  "authority-01",
  "buyer-01",
  "agent-01",
  "bank-01",
  "bank-02",
  "guarantor-01",
  "guarantor-02",
  ...["01", "02", "03", "04", "05", "06", "07", "08"].map((no) => `firm-${no}`),
];

/** Enrols everybody. @returns the platform's id of each organisation of the city. */
export async function enrolCity(world: StoryWorld, ids: readonly string[] = organisationIds): Promise<Map<string, string>> {
  const organisations = new Map<string, string>();
  for (const id of ids) {
    const { organisationId } = await world.enrol(enrolmentWish(id, (noun) => world.newId(noun)));
    organisations.set(id, organisationId);
  }
  return organisations;
}

/** From the project to a published notice. @param drafted looks at the lot before anybody outside may. @returns the lot. */
export async function publishTender(
  world: StoryWorld,
  organisations: ReadonlyMap<string, string>,
  drafted: (lotId: string) => Promise<void> = async () => {},
): Promise<string> {
  const lotId = await admitLot(world, organisations);
  await world.jumpTo(at("2026-11-09", "10:00"));
  await world.as(cast.agent).done("doc.issue", lotId, {
    terms,
    content,
    files: [],
    fairCompetitionReview: { recordNumber: "沙箱公竞审〔2026〕017号", reviewedOn: "2026-11-06" },
    acknowledged: [],
  });
  await runCeremony(world, lotId);
  await drafted(lotId);
  await world.jumpTo(milestone("noticePublished"));
  await world.as(cast.agent).done("ntc.sign", lotId, noticeData);
  await world.as(cast.agent).done("ntc.publish", lotId, { acknowledged: [] });
  return lotId;
}

async function admitLot(world: StoryWorld, organisations: ReadonlyMap<string, string>): Promise<string> {
  const buyer = world.as(cast.buyer);
  const { projectId } = await buyer.done("prj.register", null, project);
  const { admissionId } = await world.as(cast.agent).done("adm.submit", null, {
    admissionId: null,
    admission: {
      projectId,
      title: lotForm.title,
      tradeClass: "A02",
      agent: organisations.get("agent-01"),
      mandateUntilOn: "2027-12-31",
      selfTenderFiling: null,
      invitedDetermination: null,
      centre: organisations.get("centre-01"),
      supervisor: organisations.get("authority-01"),
      supervisionSector: "housing",
      lots: [lotForm],
      files: [],
    },
  });
  const { lotIds } = await world.as(cast.centre).done("adm.check", null, { admissionId });
  return lotIds[0];
}

/** Buyer, centre and supervisor make the opening key, 2 of 3: each person accepts, its wallet's desk posts the rounds. */
export async function runCeremony(world: StoryWorld, lotId: string): Promise<void> {
  await world.as(cast.centre).done("cer.start", lotId, { suite: 1, t: 2 });
  const members = [cast.buyer, cast.centreMember, cast.supervisor];
  for (const key of members) {
    const person = world.as(key);
    const fresh = await world.simulators.walletDoor(`persons/${person.personId}/ceremonies/${lotId}`, {});
    await person.done("cer.accept", lotId, { signKey: fresh.signKey, encKey: fresh.encKey });
  }
  for (const key of members) await world.startDesk(key, lotId, lotId);
  await world.until(
    async () => (await world.as(cast.centre).get(`/lots/${lotId}/ceremony`)).state === "sealed",
    "the ceremony is not sealed",
  );
}
