/**
 * `dep.open`: a firm asks for an account to pay its deposit into. The account is the bank's, taken at
 * random from those opened ahead; which lot it serves stands only in the firm's own sealed act.
 */
import { Type } from "@sinclair/typebox";
import { keeps, type Refusal, refuse } from "../../kernel/index.ts";
import { getDocument } from "../tendering/index.ts";
import { type ActContext, act, appendSealed, isInTime, ownSealedActs } from "../transaction/index.ts";
import type { DepositBank } from "./ports.ts";

export function openAccount(bank: DepositBank) {
  return act({
    name: "dep.open",
    title: { zh: "申请保证金缴纳账号", en: "Ask for a deposit account" },
    who: ["bidder"],
    about: "lot",
    lock: "shared",
    step: "deposit.collect",
    sealed: true,
    data: Type.Object({}, { additionalProperties: false }),
    async decide(context) {
      const document = await getDocument(context.tx, context.lot.id, context.lot.run);
      const refusal = depositRefusal(context, document.depositFen) ?? formRefusal(document.depositForms, "1");
      if (refusal) return refusal;
      // Two tabs of one firm: the second gets the account of the first.
      await context.tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 5))", [
        `${context.lot.id}/${context.actor.organisationId}`,
      ]);
      const [own] = await ownSealedActs(context, "dep.open");
      if (own) return { account: own.payload.fields.account, requiredFen: document.depositFen };
      const account = await bank.openVirtualAccount(context.tx);
      if (account === undefined) {
        return refuse("deposit.no-account", {
          law: "平台规则",
          message: "暂无可用的缴纳账号，请稍后再试，或者以保函缴纳。",
          messageEn: "No account is free at the moment.",
          whatToDo: "请稍后再试，或者申请保函。",
        });
      }
      await appendSealed(context, "dep.open", { account, requiredFen: document.depositFen });
      return { account, requiredFen: document.depositFen };
    },
  });
}

/** Shared by money and guarantees: is a deposit asked, and is it still time? */
export function depositRefusal({ lot, now }: Pick<ActContext, "lot" | "now">, depositFen: string): Refusal | undefined {
  if (depositFen === "0")
    return refuse("deposit.not-asked", {
      law: "招标文件",
      message: "本标段不要求投标保证金。",
      messageEn: "This lot asks for no deposit.",
      data: {},
    });
  if (isInTime(lot, "bidDeadline", now)) return undefined;
  return refuse("deposit.late", {
    law: "招标投标法实施条例",
    article: "第二十六条",
    message: "投标已经截止。",
    messageEn: "The deadline has passed.",
    data: {},
  });
}

export function formRefusal(offered: readonly string[], form: string): Refusal | undefined {
  if (offered.includes(form)) return undefined;
  return refuse("deposit.form-not-offered", {
    law: "招标文件",
    message: "招标文件没有列出这种保证金形式。",
    messageEn: "The document does not offer this form.",
    data: { form, offered: [...offered] },
    whatToDo: "请选择招标文件列出的形式。",
  });
}

keeps({
  ruleId: "CON-032",
  at: "server/trade/deposit/open-account.ts",
  how: "Account and guarantee are two acts of the bidder, either of which satisfies; no act or role can choose the form for it.",
  test: "server/trade/deposit/deposit.test.ts",
});
