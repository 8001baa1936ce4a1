/** `prj.register`: a buyer registers an approved project; the platform gives it its number. */
import { projectCode, refuse } from "../../kernel/index.ts";
import { act } from "../transaction/index.ts";
import { projectData } from "./project.ts";
import { countForNumbering } from "./views.ts";

/** 项目编号 begins with the letter of the trade and the serial of the platform in its region. */
const letter = "E";
const platform = "0001";

export const registerProject = act({
  name: "prj.register",
  title: { zh: "登记项目", en: "Register a project" },
  who: ["buyer"],
  about: "free",
  lock: "exclusive",
  data: projectData,
  async decide(context, data) {
    if (BigInt(data.budgetFundsFen) + BigInt(data.stateFundsFen) > BigInt(data.investmentFen)) {
      return refuse("prj.funds-exceed-investment", {
        law: "平台登记规则",
        message: "预算资金与国有资金之和大于总投资额。",
        messageEn: "Budget and state funds together are more than the investment.",
        data: { investmentFen: data.investmentFen },
        whatToDo: "请核对资金数额。",
      });
    }
    const { projects } = await countForNumbering(context.tx, null);
    const projectId = context.newId("prj");
    const code = projectCode({ letter, region: data.regionCode, platform, serial: projects + 1 });
    await context.append(projectId, "prj.registered", { ...data, buyer: context.actor.organisationId, projectCode: code });
    return { projectId, projectCode: code };
  },
});
