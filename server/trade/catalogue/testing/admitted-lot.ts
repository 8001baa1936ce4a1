/** Builders for tests: a house with the people of a construction tender, and a lot that has been admitted. For tests only. */
import type { TestHouse, TestPerson } from "../../../app/testing/test-house.ts";
import type { AdmissionData, LotForm } from "../admission.ts";
import type { ProjectData } from "../project.ts";

export interface TradePeople {
  buyer: TestPerson;
  agent: TestPerson;
  centre: TestPerson;
  supervisor: TestPerson;
}

export async function tradePeople(house: TestHouse): Promise<TradePeople> {
  return {
    buyer: await house.person("buyer", "鹭江新城建设发展有限公司"),
    agent: await house.person("agent", "闽南天衡招标咨询有限公司"),
    centre: await house.person("centre", "鹭江公共资源交易中心"),
    supervisor: await house.person("supervisor", "市建设局"),
  };
}

export const roadProject: ProjectData = {
  name: "下潭尾湾南岸道路及综合管廊工程",
  investmentProjectCode: "2604-350213-48-01-900001",
  approvalNumber: "沙箱发改〔2026〕101号",
  approvedBy: "市发展和改革沙箱审批窗口",
  location: "厦门市翔安区",
  scale: "道路长 2.86 公里，综合管廊 2.61 公里",
  regionCode: "350200",
  investmentFen: "26000000000",
  budgetFundsFen: "26000000000",
  stateFundsFen: "0",
  fundingText: "市级财政资金，出资比例 100%",
  files: [],
};

export const roadLot: LotForm = {
  title: "下潭尾湾南岸道路及综合管廊工程施工",
  objectClass: "works",
  tradeSector: "municipal",
  estimateFen: "19000000000",
  procedureId: "CO",
  mandatory: true,
  fundSource: "budget",
  options: [],
  plannedNoticeOn: "2026-11-12",
};

export function roadAdmission(people: TradePeople, projectId: string, lots: LotForm[] = [roadLot]): AdmissionData {
  return {
    projectId,
    title: "下潭尾湾南岸道路及综合管廊工程施工",
    tradeClass: "A02",
    agent: people.agent.organisationId,
    mandateUntilOn: "2027-12-31",
    selfTenderFiling: null,
    invitedDetermination: null,
    centre: people.centre.organisationId,
    supervisor: people.supervisor.organisationId,
    supervisionSector: "housing",
    lots,
    files: [],
  };
}

/** From the project to open lots, by the acts of the people. @returns the ids of the lots. */
export async function admittedLots(house: TestHouse, people: TradePeople, lots: LotForm[] = [roadLot]): Promise<string[]> {
  const { projectId } = await house.done(people.buyer, "prj.register", null, roadProject);
  const { admissionId } = await house.done(people.agent, "adm.submit", null, {
    admissionId: null,
    admission: roadAdmission(people, projectId, lots),
  });
  const { lotIds } = await house.done(people.centre, "adm.check", null, { admissionId });
  return lotIds;
}
