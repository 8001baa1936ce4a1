/** Enrolment as an act: identity itself stands below the acts of the trade, so the two are joined here. */
import { type Enrolment, enrol, enrolmentSchema } from "../identity/index.ts";
import { type Act, act } from "../trade/transaction/index.ts";

export const identityActs: readonly Act[] = [
  act({
    name: "org.enrol",
    title: { zh: "登记单位与人员", en: "Enrol an organisation and its people" },
    who: ["registrar"],
    about: "free",
    lock: "exclusive",
    data: enrolmentSchema,
    async decide(context, data) {
      return enrol(context, data as Enrolment);
    },
  }),
];
