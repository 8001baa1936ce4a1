/** `ent.register`, `ent.withdraw`: a party signs the terms and registers, or takes it back; sealed, because even the number of those who came is secret. */
import { Type } from "@sinclair/typebox";
import { type Refusal, refuse } from "../../kernel/index.ts";
import { type ActContext, act, appendSealed, closed, isInTime, judge, ownSealedActs } from "../transaction/index.ts";
import type { EntryPorts } from "./ports.ts";
import { outsidersOnly } from "./rules/outsiders-only.ts";

export function register({ termsSha256 }: EntryPorts) {
  return act({
    name: "ent.register",
    title: { zh: "报名", en: "Register" },
    who: ["bidder"],
    about: "lot",
    lock: "shared",
    step: "entry.register",
    sealed: true,
    rules: ["AST-005"],
    data: closed({ termsSha256: Type.String({ title: "竞价须知摘要", pattern: "^[0-9a-f]{64}$" }) }),
    async decide(context, data) {
      const { lot, actor, tx } = context;
      const inForce = await termsSha256(tx, lot);
      const { buyer, agent, centre, supervisor } = lot.parties;
      const parties = [buyer, agent, centre, supervisor].filter((party): party is string => party !== null);
      const refusal =
        late(context) ??
        otherTerms(inForce, data.termsSha256) ??
        judge(context, [outsidersOnly], { organisation: actor.organisationId, parties }).refusal;
      if (refusal) return refusal;
      // Two tabs of one party register once.
      if (!(await isRegistered(context))) await appendSealed(context, "ent.register", data);
      return { registered: true };
    },
  });
}

export const withdrawRegistration = act({
  name: "ent.withdraw",
  title: { zh: "撤回报名", en: "Withdraw the registration" },
  who: ["bidder"],
  about: "lot",
  lock: "shared",
  step: "entry.register",
  sealed: true,
  data: closed({}),
  async decide(context) {
    const refusal = late(context);
    if (refusal) return refusal;
    if (await isRegistered(context)) await appendSealed(context, "ent.withdraw", {});
    return { registered: false };
  },
});

/** The last word of a party counts. */
export function standsRegistered(acts: readonly { payload: { act: string } }[]): boolean {
  return acts.filter(({ payload }) => payload.act.startsWith("ent.")).at(-1)?.payload.act === "ent.register";
}

async function isRegistered(context: ActContext): Promise<boolean> {
  return standsRegistered(await ownSealedActs(context));
}

function late({ lot, now }: ActContext): Refusal | undefined {
  if (isInTime(lot, "bidDeadline", now)) return undefined;
  return refuse("entry.closed", { message: "报名已经截止。", messageEn: "Registration is over." });
}

function otherTerms(inForce: string, signed: string): Refusal | undefined {
  if (inForce === signed) return undefined;
  return refuse("entry.other-terms", {
    message: "竞价须知已经变更，请阅读并签署现行版本。",
    messageEn: "The terms have changed; read and sign those in force.",
    data: { inForce },
    whatToDo: "请重新打开竞价须知。",
  });
}
